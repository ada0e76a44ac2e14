"""Rule: unused-or-expired-waiver."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation, rule


@rule(severity="warn")
def unused_or_expired_waiver(exemptions: Exemptions) -> Iterator[Violation]:
    """A waiver that has ended, or that nothing needs any more, is deleted.

    ## Why
    An old waiver would hide the next finding of its rule, and a list of waivers is only worth
    reading when all of them still mean something.

    ## Instead of
    ```sql
    -- waive: model-has-primary-key until=2026-01-31 owner=growth reason="event log, no key yet"
    ```

    ## Write
    nothing, once the finding is mended. When it is not, renew the waiver: a new day, and a reason
    that says what is still missing.
    """
    yield from exemptions.not_needed
