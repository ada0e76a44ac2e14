"""What looks like a person in a text that goes into git: addresses of every kind, names, ids."""

from __future__ import annotations

import re

_MAIL = r"[\w.+-]+@(?!example\.(?:com|org|net)\b)[\w-]+(?:\.[\w-]+)+"
_PHONE = r"\+\d[\d ()/.-]{7,}\d"
_IP = r"\b(?!127\.0\.0\.1\b)(?:\d{1,3}\.){3}\d{1,3}\b"
_IBAN = r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b"
_STREET = r"\b\d+[a-z]? [A-Z]\w+ (?:Street|St|Road|Rd|Avenue|Lane|Square)\b"
_STREET_DE = r"\b[A-ZÄÖÜ][\wäöüß-]*(?:straße|strasse|weg|platz) \d+"
_BORN = r"\b(?:dob|birth\w*)\W{1,3}(?!2000-01-)\d{4}-\d\d-\d\d"
# Keys: made-up ones count from 1. What a row is called, what it refers to, who it is about.
_ID = r"\b\w*(?:_id|_key|number|customer)\"?: [\"']?(?!00000000-)\d{5,}\b"
_UUID = r"\b(?!00000000-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
# No pattern tells a name from another word, or a number in a list from an id: these are the
# persons and the ids of the test tables (twenty_models.sql).
_OURS = r"\bAda [A-Z]\w+|\b(?:50000|100[0-3])\d\d\b"
_PERSONAL = re.compile(
    f"{_MAIL}|{_PHONE}|{_IP}|{_IBAN}|{_STREET}|{_STREET_DE}|{_BORN}|{_ID}|{_UUID}|{_OURS}"
)


def personal(text: str) -> list[str]:
    """Every place that looks like a person's data; made-up rows have none."""
    return [found[0] for found in _PERSONAL.finditer(text)]
