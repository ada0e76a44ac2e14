import json

import pytest

from platform_cli.cli import run
from tests.small_project import write_project

TEXT = """\
# ours
waivers:
  - {rules: [model-has-owner], resources: ["*"], until: 2026-12-31, owner: x, reason: y}
"""


def check(capsys, root) -> list[dict[str, str]]:
    """What is found the first time, and again when all is kept."""
    found = []
    for _ in range(2):
        capsys.readouterr()
        run(["-C", str(root), "check", "--output-format", "json"])
        found.append(json.loads(capsys.readouterr().out)["findings"])
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    "path", ["waivers.yaml", "Waivers.yml", "waiver.yml", "models/marts/waivers.yml"]
)
def test_a_file_of_waivers_that_nobody_reads_is_a_finding(capsys, tmp_path, path) -> None:
    root = write_project(tmp_path, {})
    assert not check(capsys, root)
    (root / path).write_text(TEXT)
    [one] = check(capsys, root)
    assert (one["rule"], one["severity"]) == ("waiver-has-owner-reason-expiry", "error")
    assert one["path"] == path
    assert one["message"] == (
        f"{path} is not read: waivers stand in waivers.yml beside dbt_project.yml"
    )
    assert one["help"] == "rename it to waivers.yml, there"
    (root / path).write_text("other: 1\n")
    assert not [one for one in check(capsys, root) if "waiver" in one["rule"]]


def test_beside_the_right_file_its_entries_are_to_be_moved(capsys, tmp_path) -> None:
    root = write_project(tmp_path, {"waivers.yml": "waivers:\n", "waivers.yaml": TEXT})
    assert [one["help"] for one in check(capsys, root)] == ["move its entries to waivers.yml"]
