"""Forms: the labelled fields at the head of a case, and what they say."""
