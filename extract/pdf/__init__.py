"""PDF as a source: one page's words, drawn lines and fills, tick boxes, glyphs that tell no letter."""
