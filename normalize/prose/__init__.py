"""Prose: what running text states, and which line of a table it speaks of."""
