from platform_cli.scaffold.adoption.vendored import fingerprint, mine, package_files, renewed

FLOW = ".github/workflows/platform.yml"
TEXT = "a\n  # platform: begin. x\n  b\n  # platform: end\nc\n"


def test_only_the_marked_part_of_a_workflow_is_the_platforms() -> None:
    assert mine(FLOW, TEXT) == "  # platform: begin. x\n  b\n  # platform: end\n"
    assert mine("macros/x.sql", TEXT) == TEXT
    assert mine(FLOW, "a\n") == ""
    other = TEXT.replace("a\n", "z\n").replace("  b\n", "  new\n")
    assert renewed(FLOW, TEXT, other) == TEXT.replace("  b\n", "  new\n")
    assert fingerprint(FLOW, TEXT) == fingerprint(FLOW, TEXT.replace("a\n", "z\n"))


def test_line_ends_do_not_count_and_stay() -> None:
    windows = TEXT.replace("\n", "\r\n")
    assert fingerprint(FLOW, windows) == fingerprint(FLOW, TEXT)
    new = TEXT.replace("  b\n", "  new\n")
    assert renewed(FLOW, windows, new) == new.replace("\n", "\r\n")


def test_the_package_has_its_project_file_and_nothing_that_dbt_makes() -> None:
    paths = package_files()
    assert "local_packages/platform_macros/dbt_project.yml" in paths
    assert not [one for one in paths if "/target/" in one or "/dbt_packages/" in one]
