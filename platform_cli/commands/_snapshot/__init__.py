"""The sub-commands of `platform snapshot`: one file each; what begins with `_` is no command."""
