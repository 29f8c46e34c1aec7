"""What running text says of the figures of tables."""
