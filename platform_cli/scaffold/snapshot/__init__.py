"""A snapshot: its key and strategy, chosen from the data."""
