from pathlib import Path

from platform_cli.errors import Where
from platform_cli.reporting.diagnostic import Diagnostic
from tests.precision.sample import excerpt, samples


def found(name: str, many: int) -> list[Diagnostic]:
    return [Diagnostic(f"{name} {number}", name=name) for number in range(many)]


def test_a_sample_is_the_same_for_the_same_seed_whatever_else_is_found() -> None:
    [(name, many, alone)] = samples(found("a", 50), 5, 1)
    [(_, _, beside), (_, few, all_of_it)] = samples([*found("b", 2), *found("a", 50)], 5, 1)
    assert (name, many, len(alone), few, len(all_of_it)) == ("a", 50, 5, 2, 2)
    assert [one.message for one in alone] == [one.message for one in beside]
    [(_, _, other)] = samples(found("a", 50), 5, 2)
    assert [one.message for one in alone] != [one.message for one in other]


def test_an_excerpt_marks_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("one\ntwo\nthree\n")
    one = Diagnostic("x", where=Where("a.sql", 2, 1))
    assert excerpt(tmp_path, one, 1) == "        1 one\n  >     2 two\n        3 three"
    assert excerpt(tmp_path, Diagnostic("x", where=Where("a.sql")), 1) == ""
