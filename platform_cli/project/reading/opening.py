"""The beginning of a reading: the world around the nodes, and what was kept of the last reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platform_cli.project.files.inputs import Inputs
from platform_cli.project.problem import Problem
from platform_cli.project.reading.cache import today
from platform_cli.project.reading.facts import Facts
from platform_cli.project.reading.kept_facts import KeptFacts, fingerprint
from platform_cli.project.settings.env_vars import EnvVars
from platform_cli.project.settings.world import World, read_world

if TYPE_CHECKING:
    from platform_cli.project.request import Request


@dataclass(slots=True)
class Opening:
    """What both ways of reading, the whole project and an edited file, begin with."""

    world: World
    inputs: Inputs
    env: EnvVars
    kept: KeptFacts
    facts: Facts
    problems: list[Problem]


def open_reading(root: Path, request: Request, facts_path: str) -> Opening:
    """Read the world, and the kept facts when they are of the same world; "" for none.

    Raises:
        PlatformError: dbt_project.yml is missing, broken or refused.
    """
    inputs, env, kept = Inputs(), EnvVars(), KeptFacts(facts_path)
    problems: list[Problem] = []
    world = read_world(
        root, inputs, env, problems,
        target=request.target, profiles_dir=request.profiles_dir, variables=request.vars,
        adapter=request.adapter,
    )  # fmt: skip
    # all that the facts of a node may depend on, but for what it asks for later
    seal = fingerprint(str(root), list(inputs.digests.items()), sorted(env.asked.items()))
    kept.open(seal, today(), env)
    return Opening(world, inputs, env, kept, Facts(inputs, world.scopes, problems, kept), problems)
