from platform_cli.project.jinja.macros import scan_internal
from platform_cli.project.reading.internal_macros import internal_macros


def test_they_are_read_once_and_kept(tmp_path, monkeypatch) -> None:
    first = internal_macros(tmp_path, "duckdb")
    assert first == scan_internal("duckdb")
    assert "dbt_duckdb" in first
    monkeypatch.setattr("platform_cli.project.reading.internal_macros.scan_internal", lambda _: {})
    assert internal_macros(tmp_path, "duckdb") == first


def test_a_broken_file_is_as_if_it_were_not_there(tmp_path) -> None:
    internal_macros(tmp_path, "duckdb")
    [kept] = tmp_path.rglob("macros-duckdb.bin")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert internal_macros(tmp_path, "duckdb") == scan_internal("duckdb")


def test_an_adapter_with_a_strange_name_writes_no_file(tmp_path) -> None:
    assert "dbt" in internal_macros(tmp_path, "../duckdb")
    assert not [*tmp_path.rglob("*")]
