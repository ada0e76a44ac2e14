"""A model from SQL that somebody already has."""
