"""A new model: from answers to files."""
