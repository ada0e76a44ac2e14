from platform_cli.conventions.rules.owner_in_registry import owner_in_registry
from tests.rule_builders import found

GROUPS = """\
groups:
  - name: sales
    owner: {name: Sales, email: sales@example.com}
  - name: growth
    owner:
      name: Growth
"""
OWNED = """\
models:
  - name: a
    config:
      meta: {owner: slaes}
  - name: b
    config: {meta: {owner: {name: Ada, email: ada@example.com}}}
  - name: c
    config: {meta: {owner: sales}}
"""


def test_a_group_that_cannot_be_reached_is_found_at_its_owner(tmp_path) -> None:
    assert found(owner_in_registry, tmp_path, {"models/_groups.yml": GROUPS}) == [
        "models/_groups.yml:5:5 a group without contact"
    ]


def test_a_contact_in_meta_and_under_another_name_is_one(tmp_path) -> None:
    meta = GROUPS + "    config: {meta: {slack: '#growth'}}\n"
    assert not found(owner_in_registry, tmp_path, {"models/_groups.yml": meta})
    pager = GROUPS + "    config: {meta: {pager: growth}}\n"
    files = {"models/_groups.yml": pager}
    assert found(owner_in_registry, tmp_path, files)
    assert not found(owner_in_registry, tmp_path, files, contact=("email", "pager"))


def test_owners_in_meta_are_anybody_until_the_settings_say_who_there_is(tmp_path) -> None:
    models = dict.fromkeys([f"models/{name}.sql" for name in "abc"], "select 1 as id")
    groups = {"models/_groups.yml": GROUPS.replace("Growth\n", "Growth\n      email: g@x.org\n")}
    files = models | groups | {"models/abc.yml": OWNED}
    assert not found(owner_in_registry, tmp_path, files)
    [line] = found(owner_in_registry, tmp_path, files, owners=("ada@example.com",))
    assert line.startswith("models/abc.yml:4:7 the owner 'slaes' is in no group and not among")


def test_an_owner_of_a_whole_folder_is_an_owner_too(tmp_path) -> None:
    project = "name: shop\nprofile: shop\nmodels: {shop: {+meta: {owner: nobody}}}\n"
    files = {"dbt_project.yml": project, "models/a.sql": "select 1 as id"}
    [line] = found(owner_in_registry, tmp_path, files, owners=("sales",))
    assert line.startswith("models/a.sql the owner 'nobody'")
