"""`platform upgrade-models`, as one sees it: new-model, eject-template, edits, upgrades."""

import json
from pathlib import Path

import pytest

from platform_cli.cli import run
from tests.git_builders import commit
from tests.small_project import write_project

NEW = "--owner", "sales", "--yes", "--no-unit-test", "--description", "One row per order."
SQL, YML = Path("models/staging/raw/stg_orders.sql"), Path("models/staging/raw/stg_orders.yml")
MADE = Path("templates/made/stg_orders.yml")
OUR_SQL, OUR_YML = Path("templates/staging/model.sql"), Path("templates/staging/model.yml")


def sub(path: Path, *pairs: tuple[str, str]) -> str:
    text = path.read_text()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text)
    return text


@pytest.fixture
def platform(tmp_path, monkeypatch, capsys):
    """Run `platform` where a model was generated and its template is the project's own."""
    monkeypatch.chdir(write_project(tmp_path))
    assert run(["new-model", "stg_orders", "--from", "source:raw.Orders", *NEW]) == 0
    assert run(["eject-template", "staging"]) == 0
    commit(tmp_path)

    def call(*arguments):
        capsys.readouterr()
        return run([*arguments]), *capsys.readouterr()

    return call


def test_nothing_is_due_after_new_model(platform) -> None:
    for option in ((), ("--check",), ("--dry-run",)):
        code, out, err = platform("upgrade-models", *option)
        assert (code, out, err) == (0, "", "nothing to change\n")


def test_changes_of_the_template_come_in_and_edits_stay(platform, tmp_path) -> None:
    mine = (
        sub(YML, ("One row per order.", "'My *words*.'  # Ada")),
        sub(SQL, ("customer_id,", "customer_id,  -- who")),
    )
    commit(tmp_path)
    sub(OUR_YML, ("    config:\n", "    config:\n      tags: [generated]\n"))
    sub(OUR_SQL, ("select * from final", "select * from final\nwhere true"))
    code, out, err = platform("upgrade-models", "--check")
    assert (code, "+      tags: [generated]" in out) == (1, True)
    assert "3 files would change; nothing was written" in err
    assert (YML.read_text(), SQL.read_text()) == mine

    code, out, _ = platform("upgrade-models", "stg_orders")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["update", SQL.as_posix()], ["update", YML.as_posix()], ["update", MADE.as_posix()]
    ]  # fmt: skip
    assert YML.read_text() == mine[0].replace(
        "    config:\n", "    config:\n      tags: [generated]\n"
    )
    assert SQL.read_text() == mine[1] + "where true\n"
    assert platform("upgrade-models", "--check") == (0, "", "nothing to change\n")


def test_a_conflict_is_listed_and_the_model_left_alone(platform, tmp_path) -> None:
    sub(YML, ("One row per order.", "Mine."))
    sub(SQL, ("select * from final", "select * from final limit 7"))
    commit(tmp_path)
    before = YML.read_text(), SQL.read_text(), MADE.read_text()
    sub(OUR_YML, ("model.description |", "('Made: ' ~ model.description) |"))
    sub(OUR_SQL, ("select * from final", "from final"))
    code, out, err = platform("upgrade-models")
    assert (code, out) == (1, "")
    assert f"{YML}:3: stg_orders: you and the template changed description" in err
    assert f"{SQL}:20: stg_orders: you and the template changed these lines" in err
    assert "--conflicts marks" in err
    assert (YML.read_text(), SQL.read_text(), MADE.read_text()) == before

    code, out, _ = platform("upgrade-models", "--dry-run", "--json", "--conflicts", "marks")
    [model] = json.loads(out)["models"]
    assert (code, model["left_as_it_is"], len(model["conflicts"])) == (0, False, 2)

    assert platform("upgrade-models", "--conflicts", "marks", "--yes")[0] == 0
    assert SQL.read_text().endswith(
        "<<<<<<< yours\nselect * from final limit 7\n=======\nfrom final\n"
        f">>>>>>> template staging {MADE.read_text().partition('version: ')[2][:8]}\n"
    )
    assert "<<<<<<< yours\n    description: Mine.\n=======\n" in YML.read_text()
    YML.write_text(before[0])
    sub(OUR_SQL, ("from final", "from final where true"))
    code, _, err = platform("upgrade-models", "--yes")
    assert (code, f"{SQL}:20 has the marks of a conflict" in err) == (1, True)


def test_conflicts_may_be_mine(platform, tmp_path) -> None:
    mine = sub(YML, ("One row per order.", "Mine."))
    commit(tmp_path)
    sub(OUR_YML, ("model.description |", "('Made: ' ~ model.description) |"))
    assert platform("upgrade-models", "--conflicts", "mine")[0] == 0
    assert YML.read_text() == mine
    assert platform("upgrade-models", "--check")[0] == 0


def test_a_broken_template_is_refused_at_its_line_and_nothing_written(platform) -> None:
    line = OUR_YML.read_text().partition("model.description")[0].count("\n") + 1
    sub(OUR_YML, ("model.description", "model.descripton"))
    code, out, err = platform("upgrade-models", "--yes")
    assert (code, out) == (2, "")
    assert f"--> templates/staging/model.yml:{line}" in err


def test_a_moved_and_a_renamed_model_is_still_known(platform, tmp_path) -> None:
    folder = Path("models/staging/moved")
    folder.mkdir()
    SQL.rename(folder / SQL.name)
    YML.rename(folder / "_all.yml")
    commit(tmp_path)
    code, _, err = platform("rename-model", "stg_orders", "stg_sales")
    assert code == 0, err
    assert "still says" not in err
    assert (MADE.exists(), Path("templates/made/stg_sales.yml").exists()) == (False, True)
    commit(tmp_path)
    sub(OUR_YML, ("    config:\n", "    config:\n      tags: [generated]\n"))
    sub(OUR_SQL, ("select * from final", "from final"))
    assert platform("upgrade-models", "stg_sales")[0] == 0
    assert "  - name: stg_sales\n" in (folder / "_all.yml").read_text()
    assert "      tags: [generated]\n" in (folder / "_all.yml").read_text()
    assert (folder / "stg_sales.sql").read_text().endswith("\nfrom final\n")
    assert platform("upgrade-models", "--check")[0] == 0
    commit(tmp_path)
    assert platform("rm-model", "stg_sales", "--yes")[0] == 0
    assert not list(Path("templates/made").glob("*"))


def test_what_is_remembered_of_a_model_that_is_gone_is_said(platform, tmp_path) -> None:
    SQL.unlink()
    YML.unlink()
    commit(tmp_path)
    code, _, err = platform("upgrade-models")
    assert (code, f"note: {MADE}: there is no stg_orders" in err) == (0, True)
    # A model made anew under that name takes the place.
    other = MADE.read_text()
    code, _, err = platform(
        "new-model", "stg_orders", "--from", "source:raw.Orders", *NEW[:-1], "Another."
    )
    assert (code, MADE.read_text() == other) == (0, False), err


def test_a_model_that_nobody_generated_is_said(platform) -> None:
    code, _, err = platform("upgrade-models", "dim_customers")
    assert (code, "nothing is remembered of how it was made" in err) == (2, True)


def test_several_models_in_one_file_and_one_that_is_left(platform, tmp_path) -> None:
    assert run(["new-model", "stg_more", "--from", "source:raw.Orders", *NEW]) == 0
    more = Path("models/staging/raw/stg_more.yml")
    YML.write_text(YML.read_text() + more.read_text().removeprefix("models:\n"))
    more.unlink()
    sub(YML, ("One row per order.", "Mine."))
    commit(tmp_path)
    sub(OUR_YML, ("model.description |", "('Made: ' ~ model.description) |"))
    code, _, err = platform("upgrade-models")
    assert (code, "stg_orders left as it is" in err) == (1, True)
    assert YML.read_text().count("description: Mine.") == 1
    assert YML.read_text().count('description: "Made: One row per order."') == 1
