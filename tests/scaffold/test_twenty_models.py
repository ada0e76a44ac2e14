import pytest

from tests.scaffold.twenty_models import CRITERIA, MODELS, prepared, scores, table

LEAST = 13


@pytest.mark.slow
def test_twenty_varied_models_pass_a_review(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(prepared(tmp_path))
    found = scores(tmp_path)
    assert len(found) == len(MODELS) >= 20
    assert len(CRITERIA) == 14
    assert [one.name for one in found if sum(one.met.values()) < LEAST] == [], table(found)
    assert [one.name for one in found if one.personal] == [], table(found)
    assert [one.name for one in found if one.findings] == [], table(found)
