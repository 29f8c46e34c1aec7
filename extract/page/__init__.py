"""One page as it is printed: words, drawn lines, fills, visual lines, tokens; knows no source and no table."""
