# Everything a person or CI runs. Paths are relative and quoted: the checkout's path may have a
# space. GNU make 3.81 (macOS) is enough.

platform := .venv/bin/platform
bin := .venv/bin
set_up := .venv/set-up

# A checkout that was moved has a .venv full of old paths.
ifneq ($(shell cat $(set_up) 2>/dev/null),$(shell pwd -P))
.PHONY: $(set_up)
endif

.PHONY: help demo test test-slow check format bench differential lock schema clean

help:  ## this page
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; \
	do printf '%-20s %s\n' "$$name" "$$text"; done

$(set_up): .ci/setup .ci/requirements.txt pyproject.toml
	@.ci/setup

test: $(set_up)  ## the tests
	$(bin)/python -P -m pytest

test-slow: $(set_up)  ## the long tests too
	$(bin)/python -P -m pytest -m 'slow or not slow'

check: $(set_up)  ## format, lint, types, imports
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports

format: $(set_up)  ## put the code in shape
	$(bin)/ruff format .
	$(bin)/ruff check --fix .

bench: $(set_up)  ## measure, and write tests/benchmarks/RESULTS.md
	$(bin)/python -P -m tests.benchmarks

differential: $(set_up)  ## compare our reading of a project with dbt's: DIR=path
	@test -n "$(DIR)" || { echo 'error: say which project: make differential DIR=path' >&2; exit 2; }
	$(bin)/python -P tests/differential/run.py "$(DIR)"

lock: $(set_up)  ## resolve the versions anew, from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --upgrade --python-version 3.11 --extra dev \
	  --generate-hashes --no-header --no-annotate --output-file .ci/requirements.txt pyproject.toml

schema: $(set_up)  ## write the JSON schema of platform.yml
	$(bin)/python -P -c 'from platform_cli.config import json_schema; print(json_schema(), end="")' \
	  > platform_cli/platform.schema.json

clean:  ## remove what the commands above made, but never a database
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
