"""Characters that print the same thing: blanks, minus signs, nils, footnote marks.  Insides of character classes."""

from __future__ import annotations

HARD_BLANKS = "\u00a0\u2007\u2009\u200a\u202f\u205f\u2060"
"""Blanks that do not part words: what stands between groups of digits in text that parts its columns by blanks."""

BLANKS = rf"\s{HARD_BLANKS}\u2000-\u200b\u3000\ufeff"
"""Every blank a producer puts between groups of digits."""

SOFT_HYPHEN = "\u00ad"

MINUS = "-\u00ad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u00f7\ufe58\ufe63\uff0d"
"""Hyphens, dashes and the Danish `÷`, all printed for minus in front of a digit."""

DASHES = "-_\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u00f7\ufe58\ufe63\uff0d"
"""What stands alone for nil."""

HYPHENS = "-\u2010\u2011"
"""What ends a line within a word (besides the soft hyphen)."""

SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u207e\u1d43\u1d47\u1d9c\u1d48\u1d49"
"""Raised digits, bracket and letters a to e: the marks of footnotes."""

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8", "⅛": "0.125"}
