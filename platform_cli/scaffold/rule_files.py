"""The files of a new rule of one's own: rule and test, or an SQL check and what describes it."""

from __future__ import annotations

import re

from platform_cli.errors import PlatformError
from platform_cli.scaffold.plan import NewFile

_NAME = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*")
_RULE = '''\
"""Rule: [[name]]."""

from __future__ import annotations

from collections.abc import Iterator

from platform_cli.conventions.rule import Violation, known, rule
from platform_cli.project.resources import Model


@rule(severity="warn")
def [[function]](model: Model, *, key: str = "sla") -> Iterator[Violation]:
    """A model says TODO: what it has to be, in one sentence.

    ## Why
    TODO: what goes wrong without it.

    ## Instead of
    ```yaml
    - name: fct_flights
    ```

    ## Write
    ```yaml
    - name: fct_flights
      config:
        meta: {sla: daily}
    ```
    """
    # The annotation of the first parameter is what the rule sees (Model, Source, Snapshot, ...);
    # keyword-only parameters are its settings in platform.yml. known() reads what may be undecided.
    if not known(model, f"config.meta.{key}"):
        yield Violation(f"no {key} in meta", help=f"add `meta: {{{key}: ...}}` under `config:`")
'''
_TEST = '''\
"""Run with: python -m pytest rules"""

from platform_cli.conventions.rule_testing import findings

SQL = {"models/fct_flights.sql": "select 1 as flight_id"}
GOOD = """
models:
  - name: fct_flights
    config:
      meta: {sla: daily}
"""


def test_what_is_right_is_not_found() -> None:
    assert findings(__file__, SQL | {"models/fct_flights.yml": GOOD}) == []


def test_what_is_wrong_is_found() -> None:
    assert findings(__file__, SQL) == ["fct_flights: no sla in meta"]
'''
_CHECK = """\
-- Each row is a finding; no rows is well. The tables are those of dbt v2's information schema.
select unique_id, name
from {{ info_schema('models') }}
where access = 'public'
  and coalesce(trim(description), '') = ''
"""
_CHECK_YAML = """\
version: 2

checks:
  - name: [[function]]
    description: "TODO: what has to be, in one sentence."
    config:
      severity: warn
"""


def python_rule(name: str) -> tuple[NewFile, ...]:
    """A rule in Python with its documentation, and its test.

    Raises PlatformError when the name is none.
    """
    function = _function(name)
    return (
        NewFile(f"rules/{function}.py", _filled(_RULE, function)),
        NewFile(f"rules/tests/test_{function}.py", _filled(_TEST, function)),
    )


def sql_check(name: str) -> tuple[NewFile, ...]:
    """An SQL check, and the properties file that describes it.

    Raises PlatformError when the name is none.
    """
    function = _function(name)
    return (
        NewFile(f"checks/{function}.sql", _CHECK),
        NewFile(f"checks/_{function}.yml", _filled(_CHECK_YAML, function)),
    )


def _filled(template: str, function: str) -> str:
    return template.replace("[[function]]", function).replace(
        "[[name]]", function.replace("_", "-")
    )


def _function(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise PlatformError(
            f"{name!r} is no name for a rule",
            hint="say what has to be, in small letters: model-has-sla",
        )
    return name.replace("-", "_")
