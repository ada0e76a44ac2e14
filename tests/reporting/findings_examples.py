"""Findings of every sort, for the tests of the formats."""

from datetime import date

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from platform_cli.reporting.findings import Findings, NotTold, Waived
from platform_cli.reporting.rule_page import RulePage

OWNER = Diagnostic(
    message="no owner",
    name="model-has-owner",
    where=Where("models/a b.yml", 3, 5),
    help="add `group:`",
    resource="model.shop.fct_a",
)
COLUMN = Diagnostic(
    message='column <id> & "more" has no description\x00',
    severity="warn",
    name="columns-documented",
    where=Where("models/a.yml", 9),
    resource="model.shop.fct_a",
    anchor="column:id",
)
BROKEN = Diagnostic(message="not valid YAML", severity="info", name="yaml", where=Where("/x/a.yml"))
NOWHERE = Diagnostic(message="nothing at all")
WAIVED = Waived(OWNER, date(2027, 1, 31), "growth", "old feed", Where("models/fct_b.sql", 1, 4))
FINDINGS = Findings(
    diagnostics=(OWNER, COLUMN, BROKEN, NOWHERE),
    resources=4,
    rules=3,
    waived=(WAIVED,),
    baseline=5,
    undecided=(NotTold("model-has-key", "model.shop.fct_b", "config: a var"),),
    failures=(NotTold("model-has-key", "model.shop.fct_c", "ValueError: x"),),
)
PAGES = (
    RulePage("model-has-owner", "error", "A model has an owner.", "## model-has-owner\n\n..."),
    RulePage("columns-documented", "warn", "Columns are described.", "## columns-documented"),
    RulePage("model-has-key", "error", "A model has a key.", "## model-has-key"),
    RulePage("all-is-well", "error", "All is well.", "## all-is-well"),
)
NOTHING = Findings((), resources=4, rules=3)
