"""Cases: where each begins and ends in a document, its code, its title and its headings."""
