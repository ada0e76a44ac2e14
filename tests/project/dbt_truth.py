"""Run as a script: what dbt says of a project, as JSON (parse, then compile)."""

import json
import sys

from dbt.cli.main import dbtRunner


def main(project: str, output: str) -> None:
    quiet = ["--no-partial-parse", "--no-send-anonymous-usage-stats", "--quiet"]
    place = ["--project-dir", project, "--profiles-dir", project]
    runner = dbtRunner()
    parsed = runner.invoke([*quiet, "parse", *place])
    assert parsed.success, parsed.exception
    manifest = parsed.result
    nodes = {}
    for unique_id, node in manifest.nodes.items():
        if node.resource_type.value == "seed":
            continue
        nodes[unique_id] = {
            "raw_code": node.raw_code,
            "refs": [[ref.package, ref.name, ref.version] for ref in node.refs],
            "sources": [list(source) for source in node.sources],
            "config": node.config_call_dict,
        }
    compiled = runner.invoke([*quiet, "compile", *place])
    assert compiled.success, compiled.exception
    for result in compiled.result.results:
        if result.node.unique_id in nodes:
            nodes[result.node.unique_id]["compiled"] = result.node.compiled_code
    macros = {macro.unique_id: macro.macro_sql for macro in manifest.macros.values()}
    with open(output, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump({"nodes": nodes, "macros": macros}, file, default=str)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
