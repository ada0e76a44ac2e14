"""The platform: scientists own their models end to end, safely."""

__version__ = "0.1.0"
