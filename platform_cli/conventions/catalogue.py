"""The conventions as a page: the rules' own words, put together."""

from __future__ import annotations

from collections.abc import Iterable

from platform_cli.conventions.exemptions import Exemptions
from platform_cli.conventions.rule import Rule

HEAD = """\
# Conventions

What `platform check` holds this project to. Generated from the rules: `platform rules
--output-format markdown > CONVENTIONS.md` writes it again; edit the rules, not this page.
Severities and settings are set in `platform.yml` under `check: rules:`.
"""


def catalogue(rules: Iterable[Rule]) -> str:
    """The text of CONVENTIONS.md: one section per rule, in the order given."""
    return "\n".join([HEAD, *(f"{page(rule)}\n" for rule in rules)])


def page(rule: Rule) -> str:
    """All there is to say about one rule, as Markdown."""
    sentence, _, body = rule.page.partition("\n")
    body = body.strip().replace("\n## ", "\n### ").removeprefix("## ")
    terms = f"Severity: {rule.severity}. Fix: {rule.fix}."
    parts = [f"## {rule.name}", f"{sentence} {terms}", f"### {body}"]
    if rule.settings:
        parts += ["### Settings", _settings(rule)]
    parts += ["### Waive", _waive(rule)]
    return "\n\n".join(parts)


def _settings(rule: Rule) -> str:
    lines = ["```yaml", "check:", "  rules:", f"    {rule.name}:"]
    for setting in rule.settings:
        default = setting.default
        value = f"[{', '.join(map(str, default))}]" if isinstance(default, tuple) else default
        lines.append(f"      {setting.name}: {value}")
    return "\n".join([*lines, "```"])


def _waive(rule: Rule) -> str:
    if rule.sees is Exemptions:
        return "Not at all: it is about the exemptions themselves."
    return f"""\
In the model's SQL, in the resource's YAML, or for many in `waivers.yml`:
```sql
-- waive: {rule.name} until=2027-01-31 owner=GROUP reason="..."
```
```yaml
config:
  meta:
    platform:
      waive:
        {rule.name}: {{reason: "...", until: 2027-01-31, owner: GROUP}}
```"""
