"""Rule: exposure-has-owner-and-contact."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.contact import has_contact
from platform_cli.conventions.rule import Key, Violation, rule
from platform_cli.project.resources import Exposure


@rule(severity="warn")
def exposure_has_owner_and_contact(
    exposure: Exposure, *, contact: tuple[str, ...] = ("email", "slack")
) -> Iterator[Violation]:
    """An exposure names its owner and how to reach them.

    ## Why
    Before a table changes, the people behind the dashboards on it are asked. A name without an
    address is asked by nobody.

    One of the keys in the setting `contact` is enough, under `owner:` or in `config: meta:`.

    ## Instead of
    ```yaml
    exposures:
      - name: route_review
        owner:
          name: Network planning
    ```

    ## Write
    ```yaml
    exposures:
      - name: route_review
        owner:
          name: Network planning
          email: network-planning@example.com
    ```
    """
    if not contact or has_contact(exposure, contact):
        return
    what = "an owner without contact" if any(exposure.owner.values()) else "no owner"
    yield Violation(what, at=Key("owner"), help=f"add one of {', '.join(contact)} under `owner:`")
