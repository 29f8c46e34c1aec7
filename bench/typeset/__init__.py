"""Our own documents: made-up business cases with known truth, printed in many layouts.

A development package: the product does not import it and does not install it.  `spec` says what a document holds,
`generate` makes up consistent cases, `layout` says how they are printed, `render_*` print them, `truth` writes down
what a perfect reader would find, `samples` makes `data/raw`.
"""
