"""What the user reads: results in, text out. Nothing here prints."""
