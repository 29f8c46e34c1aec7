"""Readings: which of the ways to read doubtful figures the sums speak for."""
