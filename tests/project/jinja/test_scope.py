import pytest

from platform_cli.project.jinja.dialect import BrokenJinja, Unknown, render_value
from platform_cli.project.jinja.macros import Macros
from platform_cli.project.jinja.scope import Scope, project_names
from platform_cli.project.resources import Undecided


def _scope(**changes):
    values = {
        "package": "shop",
        "root": "shop",
        "vars": {"a": 1, "jinja": "{{ 1 + 1 }}"},
        "target": {"name": "dev"},
        "env": {"SET": "value"},
        "macros": Macros("shop", {}, {}),
    }
    return Scope(**(values | changes))


def _yaml(text, **changes):
    return render_value(text, _scope(**changes).yaml_names())


def test_yaml_sees_vars_as_they_are_written():
    assert _yaml("{{ var('a') }}") == 1
    assert _yaml("{{ var('jinja') }}") == "{{ 1 + 1 }}"
    assert _yaml("{{ var('missing', 'x') }}") == "x"


def test_environment_variables_are_read_or_have_a_default():
    assert _yaml("{{ env_var('SET') }}") == "value"
    assert _yaml("{{ env_var('UNSET', 'x') }}") == "x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ var('missing') }}", "required var 'missing'"),
        ("{{ env_var('UNSET') }}", "'UNSET' is required"),
        ("{{ env_var('DBT_ENV_SECRET_X', 'y') }}", "secret"),
    ],
)
def test_what_is_missing_or_secret_is_broken(text, words):
    with pytest.raises(BrokenJinja, match=words) as broken:
        _yaml(text)
    assert broken.value.certain


def test_an_unknown_target_is_unknown_only_when_it_is_used():
    target = Undecided("no profile")
    assert _yaml("{{ var('a') }}", target=target) == 1
    with pytest.raises(Unknown, match="no profile"):
        _yaml("{{ target.name }}", target=target)
    with pytest.raises(Unknown, match="warehouse"):
        _yaml("{{ target.get('warehouse', 'x') }}")


def test_another_packages_scope_has_its_own_vars():
    scope = _scope(own_vars={"pkg": {"a": 2}})
    assert scope.of("pkg").vars == {"a": 2}
    assert scope.of("pkg") is scope.of("pkg")
    assert scope.of("shop") is scope


def test_dbt_project_yml_sees_command_line_vars_and_profiles_yml_secrets():
    names = project_names({"DBT_ENV_SECRET_X": "s"}, {"v": "{{ 2 * 2 }}"}, secrets=True)
    assert render_value("{{ var('v') }}", names) == "4"
    assert render_value("{{ env_var('DBT_ENV_SECRET_X') }}", names) == "s"


def test_flags_are_known_when_they_are_given():
    names = project_names({}, {}, flags={"PROFILES_DIR": "/p"})
    assert render_value("{{ flags.PROFILES_DIR ~ '/x' }}", names) == "/p/x"
    assert render_value("{{ flags.FULL_REFRESH }}", names) is False
    with pytest.raises(Unknown, match="WHICH"):
        render_value("{{ flags.WHICH }}", names)
