"""The options that a run of snapshots and its plan share."""

from __future__ import annotations

import click

run_at_option = click.option(
    "--run-at",
    metavar="TIME",
    help="The time of this run, ISO 8601, UTC without an offset. Default: now.",
)

allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="GUARD",
    type=click.Choice(["empty-source", "mass-delete", "mass-change", "missing-history"]),
    help="Let through, this once, what this guard would refuse.",
)
