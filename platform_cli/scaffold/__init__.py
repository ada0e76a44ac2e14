"""New files: planned, shown, then written."""
