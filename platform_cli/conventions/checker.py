"""One check of one project: its rules, what they look at, and what they find."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from platform_cli.config import Check

# A verdict that is kept needs nothing of what finds one: that is imported where it is used.
from platform_cli.conventions.verdict import Basis, Verdict, beside, read_verdict, write_verdict
from platform_cli.project.reading.read_through import last_reading, read_through

if TYPE_CHECKING:
    from collections.abc import Collection

    from platform_cli.conventions.baseline import Baseline
    from platform_cli.conventions.check import Checked
    from platform_cli.conventions.earlier import Earlier
    from platform_cli.conventions.rule import Rule
    from platform_cli.conventions.rules_in_use import RuleInUse
    from platform_cli.project.project import Project
    from platform_cli.project.reading.cache import Last
    from platform_cli.project.request import Request
    from platform_cli.style.many import Progress


class Checker:
    """The check of the project in folder `root`, asked for in this way, with these settings.

    Everything may raise PlatformError, when what it needs cannot be read: the project, a rule, the
    settings of a rule, the baseline, the waivers.
    """

    def __init__(
        self, root: Path, request: Request, settings: Check, progress: Progress | None = None
    ) -> None:
        """`progress` is told of the files that take long."""
        self.root = root
        self.request = replace(request, adapter=settings.adapter)
        self.settings = settings
        self.progress = progress
        self.merges_baseline = False
        """Whether a merge conflict in the baseline is no fault, as it is written anew."""
        self._last: Last | None = None
        """The last reading, as `kept` saw it: the project need not look again what has changed."""
        self.today: date = datetime.now().astimezone().date()

    @cached_property
    def project(self) -> Project:
        """The project as it is when this is first asked for."""
        from platform_cli.project.project import Project

        return read_through(Project, self.root.absolute(), self.request, self._last)

    @cached_property
    def _known(self) -> tuple[Rule, ...]:
        from platform_cli.conventions.all_rules import all_rules

        return all_rules(self.root)

    @cached_property
    def rules(self) -> tuple[RuleInUse, ...]:
        """The rules that are on."""
        from platform_cli.conventions.rules_in_use import rules_in_use

        return rules_in_use(self._known, self.settings, self.root)

    @cached_property
    def baseline(self) -> Baseline | None:
        """What is held back; None for a project without one."""
        from platform_cli.conventions.baseline import read_baseline

        return read_baseline(self.root, both_sides=self.merges_baseline)

    def kept(self) -> Verdict | None:
        """What was found in the whole project the last time, if nothing has changed since."""
        self._last = last_reading(self.root.absolute(), self.request)
        return read_verdict(self.root, self.request, self.settings, self._last)

    def whole(self) -> Verdict:
        """What the rules find in the whole project, from the last time if nothing has changed."""
        return self.kept() or self.anew()

    def anew(self) -> Verdict:
        """What the rules find in the whole project now; it is kept."""
        before = beside(self.root, self.settings)
        checked = self.examine()
        verdict = self.verdict(checked)
        basis = Basis(
            self.project.evidence,
            before,
            checked.environment,
            checked.styled,
            checked.style_settings,
        )
        write_verdict(self.root, self.request, self.settings, verdict, basis)
        return verdict

    def examine(
        self,
        project: Project | None = None,
        *,
        selected: Collection[str] | None = None,
        earlier: Earlier | None = None,
        baseline: Baseline | None = None,
    ) -> Checked:
        """What the rules find in the project, or in another state of it.

        `selected` are the unique ids to look at, `earlier` is what it is compared with; `baseline`
        stands in for the one that is written.
        """
        from platform_cli.conventions.check import examine

        rules = self.rules  # a fault in platform.yml comes before what the project's files say
        return examine(
            project or self.project,
            rules,
            self.settings,
            today=self.today,
            selected=selected,
            earlier=earlier,
            known=[one.name for one in self._known],
            baseline=self.baseline if baseline is None else baseline,
            home=self.root,
            progress=self.progress,
        )

    def verdict(self, checked: Checked) -> Verdict:
        """What was found, with what a person has to know to go on."""
        from platform_cli.conventions.exemptions import Exemptions

        return Verdict(
            findings=checked.findings,
            rules=tuple(one.rule.name for one in self.rules),
            may_be_waived=tuple(
                one.rule.name
                for one in self.rules
                if one.rule.sees is not Exemptions and one.rule.name not in self.settings.locked
            ),
            dbt_stops=self.dbt_stops,
        )

    @property
    def dbt_stops(self) -> bool:
        """Whether the project's files have a fault that dbt itself stops at."""
        return any(
            one.severity == "error" and one.kind != "profile" for one in self.project.problems
        )
