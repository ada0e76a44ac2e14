"""Rule: waiver-has-owner-reason-expiry."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Violation, rule


@rule(severity="error")
def waiver_has_owner_reason_expiry(exemptions: Exemptions) -> Iterator[Violation]:
    """A waiver has an owner, a reason and a last day, and names a rule that can be waived.

    ## Why
    An exemption without an end is a rule that nobody has any more, and one without an owner is
    nobody's debt. The last day is at most 90 days ahead (`check: waivers: max_days:` in
    `platform.yml`), and then somebody looks again. Rules that `check: locked:` names cannot be
    waived at all.

    ## Instead of
    ```sql
    -- waive: model-has-primary-key
    ```

    ## Write
    ```sql
    -- waive: model-has-primary-key until=2027-01-31 owner=growth reason="event log, no key yet"
    ```
    in the model's SQL (several rules with commas between them), `waive:` under
    `config: meta: platform:` in its YAML, or for many models an entry of `waivers.yml`:
    ```yaml
    waivers:
      - rules: [model-has-primary-key]
        resources: ["stg_legacy_*", models/legacy/]
        until: 2027-01-31
        owner: growth
        reason: the old warehouse is switched off in January
    ```
    """
    yield from exemptions.not_holding
