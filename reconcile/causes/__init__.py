"""Which figures are wrong and why: corrections that mend the identities that do not hold."""
