"""Verbs. One file per command: its options, the order of steps, its exit code."""
