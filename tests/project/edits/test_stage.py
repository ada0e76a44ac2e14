from platform_cli.project.edits.drafts import Change
from platform_cli.project.edits.stage import staged
from platform_cli.project.project import Project
from tests.small_project import FILES, write_project


def test_a_stage_reads_like_the_project_after_the_changes(tmp_path) -> None:
    root = write_project(tmp_path / "shop", {"packages.yml": "packages: [{local: ../macros}]\n"})
    (tmp_path / "macros").mkdir()
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    old = "models/marts/sales/dim_customers"
    changes = [
        Change("models/marts/sales/dim_buyers.sql", "", "select 1 as x", old_path=f"{old}.sql"),
        Change(f"{old}.yml", "", FILES[f"{old}.yml"].replace("name: dim_c", "name: dim_b", 1)),
        Change("models/new/n.sql", None, "select 1 as x"),
    ]
    Project.load(root)
    with staged(root, changes) as stage:
        project = Project.load(stage)
        assert (stage.parent / "macros").is_dir()
        assert "model.shop.n" in project.resources
        assert "model.shop.dim_buyers" in project.resources
        assert "model.shop.dim_customers" not in project.resources
        assert "model.shop.stg_customers" in project.resources
        assert project.raw_code("model.shop.n") == "select 1 as x"
    assert not stage.exists()
    after = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert {path: after[path] for path in before} == before
    assert Project.load(root).model("dim_customers")
