from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from platform_cli.errors import PlatformError
from platform_cli.scaffold.model.made_model import made_model, made_names
from tests.made_builders import as_made, eject, fifty


def write(root, made) -> None:
    path = root / made.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.text.encode())


@pytest.mark.parametrize("answers", fifty()[:16], ids=lambda one: one.name)
def test_a_model_is_remembered_to_the_letter(answers, tmp_path) -> None:
    made = as_made(answers)
    write(tmp_path, made)
    assert made_names(tmp_path) == (answers.name,)
    assert made_model(tmp_path, answers.name) == made


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t")))
def test_any_text_is_remembered_to_the_letter(text, tmp_path_factory) -> None:
    root = tmp_path_factory.mktemp("any")
    made = replace(as_made(fifty()[1]), sql=text + "x", yml=text)
    made = replace(made, answers=replace(made.answers, description=text))
    write(root, made)
    assert made_model(root, made.model) == made


def test_the_same_template_makes_nothing_new_and_another_one_does(tmp_path) -> None:
    made = as_made(fifty()[1])
    assert made.renewed(tmp_path) is made
    path = eject(tmp_path, made.answers.kind) / "model.sql"
    assert made.renewed(tmp_path) is made
    path.write_text(path.read_text().replace("select * from final", "from final"))
    new = made.renewed(tmp_path)
    assert new.sql == made.sql.replace("select * from final", "from final")
    assert (new.yml, new.version == made.version) == (made.yml, False)


def test_sql_that_a_person_wrote_is_no_template_s(tmp_path) -> None:
    made = as_made(fifty()[1])
    made = replace(made, sql="", answers=replace(made.answers, own_sql=True))
    write(tmp_path, made)
    path = eject(tmp_path, made.answers.kind) / "model.sql"
    path.write_text("select 1")
    assert made_model(tmp_path, made.model).renewed(tmp_path) == made


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: bridge", "kind: brige", "did you mean 'bridge'"),
        ("answers:", "answers", "no valid YAML"),
        ("  owner: team_1", "  owner: [1]", "owner"),
        ("version: ", "versoin: ", "'version' is missing"),
    ],
)
def test_a_file_that_was_edited_is_refused_with_its_name(old, new, said, tmp_path) -> None:
    made = as_made(fifty()[1])
    write(tmp_path, made)
    path = tmp_path / made.path
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(PlatformError, match=said) as error:
        made_model(tmp_path, made.model)
    assert error.value.where.path == made.path
