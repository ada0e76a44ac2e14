"""What holds for every test."""

import signal

import pytest

from tests.scd.postgres import postgres

__all__ = ["postgres"]

LONG = (
    "tests/scd/properties/",
    "tests/scd/",
    "tests/test_example.py",
    "tests/macros/",
    "tests/commands/snapshot/",
    "tests/broken_projects/",
)
"""Files with few tests that take long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files come first: one at the end is what all other processors wait for."""
    items.sort(key=lambda item: [not item.nodeid.startswith(place) for place in LONG])


# In the background (`nohup make test &`) a shell has its children ignore Ctrl-C, and they theirs:
# the tests that send one would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
