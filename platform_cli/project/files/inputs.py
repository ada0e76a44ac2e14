"""Every input file of a load, read once, with the fingerprint of its content."""

from __future__ import annotations

from platform_cli.project.files.tree import InputFile, digest, read_bytes


class Inputs:
    """Reads files and keeps (absolute path -> fingerprint) for the cache."""

    def __init__(self) -> None:
        self.digests: dict[str, bytes] = {}
        self.timely = False
        """Whether some file mentions the clock, so that tomorrow's reading may differ."""
        self.waiving: set[str] = set()
        """The SQL and Python files that may hold a waiver, as paths from the project's root."""

    def read(self, file: InputFile) -> bytes:
        """The file's content.

        Raises:
            PlatformError: it cannot be read.
        """
        return self.read_path(file.absolute, file.path)

    def read_path(self, absolute: str, path: str) -> bytes:
        """The content of a file outside the listed ones, such as packages.yml."""
        content = read_bytes(absolute, path)
        self.digests[absolute] = digest(content)
        if b"run_started_at" in content or b"modules.datetime" in content:
            self.timely = True
        if b"waive:" in content and path.endswith((".sql", ".py")):
            self.waiving.add(path)
        return content
