"""The rules for programs: a versioned JSON document."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from platform_cli.conventions.catalogue import page
from platform_cli.conventions.rule import Rule

VERSION = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def rules_as_json(rules: Iterable[Rule]) -> str:
    """Every rule with its own severity and settings, before platform.yml has its say.

    It lies here and not in `reporting`, like the catalogue, because it knows what a rule is.
    """
    document = {
        "version": VERSION,
        "rules": [
            {
                "name": rule.name,
                "severity": rule.severity,
                "sentence": rule.sentence,
                "fix": rule.fix,
                "settings": {setting.name: setting.default for setting in rule.settings},
                "page": page(rule),
            }
            for rule in rules
        ],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
