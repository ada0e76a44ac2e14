from types import SimpleNamespace

import pytest

from platform_cli.project.jinja.dialect import BrokenJinja
from platform_cli.project.jinja.generate_names import generate_name, overridden
from platform_cli.project.jinja.macros import Macros
from platform_cli.project.jinja.scope import Scope
from platform_cli.project.resources import Undecided

NODE = SimpleNamespace(name="m", version=None, database="db")


def _scope(*files, package="shop"):
    macros = Macros.index([(name, "m.sql", text) for name, text in files], "shop")
    target = {"name": "dev", "schema": "main", "database": "db"}
    return Scope(package, "shop", {}, target, {}, macros)


def _macro(body, name="generate_schema_name"):
    return f"{{% macro {name}(custom, node) %}}{body}{{% endmacro %}}"


def test_dbts_defaults_decide_when_nobody_overrides():
    scope = _scope(("shop", ""))
    assert not any(overridden(c, "shop", scope.macros) for c in ("schema", "alias", "database"))
    assert generate_name("schema", None, NODE, scope) == "main"
    assert generate_name("schema", " x ", NODE, scope) == "main_x"
    assert generate_name("alias", None, NODE, scope) == "m"
    # dbt's default asks the adapter for a catalog; the reader knows what that comes to.
    assert isinstance(generate_name("database", "other", NODE, scope), Undecided)


def test_the_roots_macro_decides_for_every_package():
    scope = _scope(("shop", _macro("{{ custom or 'none' }}_{{ node.name }}")), package="pkg")
    assert overridden("schema", "pkg", scope.macros)
    assert generate_name("schema", None, NODE, scope) == "none_m"


def test_a_packages_own_macro_decides_for_its_nodes_only():
    files = [("shop", ""), ("pkg", _macro("{{ 'own' }}"))]
    assert generate_name("schema", None, NODE, _scope(*files, package="pkg")) == "own"
    assert generate_name("schema", None, NODE, _scope(*files)) == "main"


def test_an_overridden_default_counts_as_overridden():
    scope = _scope(("shop", _macro("{{ 'mine' }}", "default__generate_schema_name")))
    assert overridden("schema", "shop", scope.macros)
    assert generate_name("schema", None, NODE, scope) == "mine"


@pytest.mark.parametrize("body", ["{{ node.fqn }}", "{{ model }}", "{{ ref('a') }}"])
def test_what_we_do_not_know_makes_the_name_undecided(body):
    assert isinstance(
        generate_name("schema", None, NODE, _scope(("shop", _macro(body)))), Undecided
    )


def test_a_compiler_error_is_broken():
    scope = _scope(("shop", _macro("{{ exceptions.raise_compiler_error('no custom') }}")))
    with pytest.raises(BrokenJinja, match="no custom"):
        generate_name("schema", None, NODE, scope)
