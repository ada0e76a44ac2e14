"""The project's files and what is in them: paths, text, YAML and its places."""
