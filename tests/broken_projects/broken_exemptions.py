"""Waivers and baselines that do not say what they should."""

from tests.broken_projects.case import case, run

MODEL = "models/marts/sales/dim_customers.sql"
SQL = "select customer_id, customer_name from {{ ref('stg_customers') }}\n"

CASES = (
    case(
        "waivers.yml has a bracket that never ends",
        {"waivers.yml": "waivers:\n  - {rules: [a\n"},
        run("check", 2, "waivers.yml:3:1", "not valid YAML"),
    ),
    case(
        "waivers.yml is a list",
        {"waivers.yml": "- rules: [model-has-owner]\n"},
        run("check", 2, "waivers.yml:1", "under `waivers:`"),
    ),
    case(
        "waivers.yml is not text",
        {"waivers.yml": b"\xff\xfe\x00\x01"},
        run("check", 2, "waivers.yml"),
    ),
    case(
        "an entry of waivers.yml has a key that is spelt wrongly",
        {"waivers.yml": "waivers:\n  - {rule: model-has-owner, resources: '*'}\n"},
        run("check", 1, "waivers.yml:2:5", "did you mean 'rules'?"),
    ),
    case(
        "a comment waives without saying until when",
        {MODEL: f'-- waive: model-has-owner owner=sales reason="new"\n{SQL}'},
        run("check", 1, f"{MODEL}:1:11", "has no until"),
    ),
    case(
        "a comment waives a rule that does not exist",
        {MODEL: f'{SQL}-- waive: model-has-ownr until=2020-12-31 owner=a reason="new"\n'},
        run("check", 0, "ended on 2020-12-31"),
    ),
    case(
        "a baseline has the marks of a merge conflict",
        {"baseline.json": '{\n"version": 1,\n<<<<<<< HEAD\n"findings": []\n=======\n'},
        run("check", 2, "baseline.json:3", "`platform check --write-baseline` merges it"),
    ),
    case(
        "a baseline is of a newer platform",
        {"baseline.json": '{"version": 99}\n'},
        run("check", 2, "version 99", "newer"),
        run("check --write-baseline", 2, "version 99"),
    ),
    case(
        "a baseline is no JSON",
        {"baseline.json": "version: 1\n"},
        run("check", 2, "baseline.json", "is not a baseline"),
    ),
    case(
        "a baseline holds what is not in the project",
        {
            "baseline.json": '{"version": 1, "findings": [{"rule": "a", "resource": "model.x.y", '
            '"anchor": ""}], "resources": [{"resource": "model.x.y", "words": "no base64!"}]}'
        },
        run("check", 0, "1 entry for a in the baseline: nothing needs it any more"),
    ),
)
