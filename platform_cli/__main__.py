"""`python -P -m platform_cli` is the same as `platform`."""

from platform_cli.cli import main

if __name__ == "__main__":
    main()
