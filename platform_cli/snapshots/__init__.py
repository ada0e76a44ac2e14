"""Slowly changing dimensions: may this be snapshotted, and is the history sound."""
