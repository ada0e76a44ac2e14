import json

from platform_cli.reporting.observation import Observation
from platform_cli.reporting.observations_as_json import observations_as_json


def test_observations_keep_their_order_and_all_they_say():
    said = json.loads(
        observations_as_json([Observation("Python", "3.12"), Observation("git", "is not there")])
    )
    assert said["version"] == 1
    assert [one["subject"] for one in said["observations"]] == ["Python", "git"]
    assert said["observations"][0] == {
        "subject": "Python",
        "message": "3.12",
        "verdict": "ok",
        "why": "",
        "fix": "",
    }
