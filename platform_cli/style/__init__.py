"""How SQL is laid out, through sqlfluff: the only importer of it."""
