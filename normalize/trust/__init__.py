"""How far figures as read are borne out: evidence in bits that a row, a column and a place are what is printed."""
