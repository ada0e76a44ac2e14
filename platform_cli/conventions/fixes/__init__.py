"""One file per fix, named like the rule."""
