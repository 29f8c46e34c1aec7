"""Tables: printed grids as columns, lines and amounts with a kind, a unit and a sign."""
