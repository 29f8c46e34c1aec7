"""The grammar of print: what a figure, a unit, a price level, a year, a caption, a note, a hyphen and an open end is.

Data (`*.toml`) and its compiled patterns, said once; every reader and every stage uses it, and no other module has a
pattern or a word list for these.  A new word is one line of data and is then known to all readers.

| module | says |
|---|---|
| `characters` | which characters are a blank, a minus, a nil, a footnote mark |
| `figures` | what a printed figure is and says; figures in a line |
| `years` | what heads a column: a year, a span of years, a total, what lies outside the years |
| `units` | units of money, price levels, what is counted |
| `captions` | captions and notes of tables |
| `lines` | where a line's text goes on in the next; sentences, list items, page furniture, codes |
| `hyphens` | which hyphens at the end of a line belong to the word |
| `folding` | text made comparable |
"""
