"""Rule: pii-looking-column-needs-classification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.layers import Layers
from platform_cli.project.resources import Column, Model, Seed, Snapshot

# Names of things and of persons alike, as `full_name` and `address`, are not here.
NAMES = (
    "birth_date",
    "birthdate",
    "contact_full_name",
    "credit_card_number",
    "customer_full_name",
    "date_of_birth",
    "dob",
    "email",
    "email_address",
    "first_name",
    "home_address",
    "iban",
    "ip_address",
    "last_name",
    "maiden_name",
    "mobile_number",
    "national_id",
    "passport_number",
    "phone",
    "phone_number",
    "social_security_number",
    "ssn",
    "street_address",
    "surname",
    "user_full_name",
)
NO_PERSON = ("is_", "has_", "was_", "can_", "num_", "count_", "n_", "total_")
"""A name that begins so says whether or how many, and not who."""
META = (
    "pii",
    "contains_pii",
    "gdpr",
    "classification",
    "data_classification",
    "sensitivity",
    "masking_policy",
    "policy_tags",
)


@rule(severity="warn")
def pii_looking_column_needs_classification(
    resource: Model | Snapshot | Seed,
    layers: Layers,
    *,
    names: tuple[str, ...] = NAMES,
    meta: tuple[str, ...] = META,
    tags: tuple[str, ...] = ("pii", "no_pii", "sensitive"),
    in_layers: tuple[str, ...] = ("marts", "snapshot", "seed"),
) -> Iterator[Violation]:
    """A column that looks like personal data says whether it is.

    ## Why
    Who may see a table, and what has to be deleted when a person asks for it, is decided by this
    mark; a column without it is treated as harmless.

    A column looks like personal data when its name is one of `names` or ends with one, after an
    underscore. It is classified by a key of `meta` (also by `pii: false`) or by one of `tags`, its
    own or those of the whole table. `in_layers` may name `snapshot` and `seed` as well.

    ## Instead of
    ```yaml
    columns:
      - name: passenger_email
    ```

    ## Write
    ```yaml
    columns:
      - name: passenger_email
        config:
          meta: {pii: true}
    ```
    """
    if layers.of(resource) not in in_layers:
        return
    looking = [one for one in resource.columns.values() if _looks_personal(one, names)]
    if not looking or _is_classified(known(resource, "tags"), known(resource, "meta"), tags, meta):
        return
    for column in looking:
        if not _is_classified(column.tags, column.meta, tags, meta):
            yield Violation(
                f"column {column.name} looks like personal data and is not classified",
                at=column,
                help="add `meta: {pii: true}` under `config:` of the column, or false",
            )


def _looks_personal(column: Column, names: tuple[str, ...]) -> bool:
    if not _is_personal(column.name, names):
        return False
    return not (column.data_type or "").lower().startswith(("bool", "int", "bigint"))


@cache
def _is_personal(name: str, names: tuple[str, ...]) -> bool:
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    found = plain in names or plain.endswith(tuple(f"_{one}" for one in names))
    return found and not plain.startswith(NO_PERSON)


def _is_classified(
    own_tags: tuple[str, ...], own_meta: object, tags: tuple[str, ...], meta: tuple[str, ...]
) -> bool:
    marked = {tag.lower() for tag in own_tags if isinstance(tag, str)}
    keys = {str(key).lower() for key in own_meta} if isinstance(own_meta, dict) else set()
    return not marked.isdisjoint(tags) or not keys.isdisjoint(meta)
