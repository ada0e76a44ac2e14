"""`python -m platform_cli` is the same as `platform`."""

import sys

# `-m` puts the current folder first, where a `platform.py` or `click.py` would be taken for the
# real one; our own modules are found without it. `python -P` does the same.
if not sys.flags.safe_path:
    sys.path.pop(0)

from platform_cli.cli import main

if __name__ == "__main__":
    main()
