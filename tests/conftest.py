"""What holds for every test."""

import signal

from tests.scd.postgres import postgres

__all__ = ["postgres"]

# In the background (`nohup make test &`) a shell has its children ignore Ctrl-C, and they theirs:
# the tests that send one would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
