"""Show what a user reads: `python -P -m tests.broken_projects [WORDS OF A STORY]`.

A test can hold that a message names the line; only a person can say whether it is clear.
"""

import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from tests.broken_projects.every_case import EVERY_CASE
from tests.broken_projects.sandbox import build_sound, copy_broken, type_in


def main(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sound = build_sound(Path(folder) / "sound")
        for number, one in enumerate(EVERY_CASE):
            if words not in one.story:
                continue
            print(f"\n=== {one.story}")
            project = copy_broken(sound, Path(folder) / str(number) / "shop", one.files)
            with one.trouble(project) if one.trouble else nullcontext():
                for typed in one.runs:
                    said = type_in(project, typed)
                    print(f"$ platform {typed.command}\n{said.text}[{said.code}]")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
