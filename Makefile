# Everything a person or CI runs. Paths are relative and quoted: the checkout's path may have a
# space. GNU make 3.81 (macOS) is enough.

platform := .venv/bin/platform
bin := .venv/bin
set_up := .venv/set-up

# A checkout that was moved has a .venv full of old paths.
ifneq ($(shell cat $(set_up) 2>/dev/null),$(shell pwd -P))
.PHONY: $(set_up)
endif

# make shows each command before it runs it: the demo is what anybody can type.
example := $(platform) -C dbt_project

.PHONY: help demo test test-slow check format properties bench differential lock schema clean

help:  ## this page
	@sed -n 's/^\([a-z-]*\):.*  ## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; \
	do printf '%-20s %s\n' "$$name" "$$text"; done

$(set_up): .ci/setup .ci/requirements.txt pyproject.toml
	@.ci/setup

demo: $(set_up)  ## the main job on real data, from an empty database to the end
	$(example) snapshot backfill snp_airports
	$(example) build
	$(example) new-model fct_departures --from ref:fct_flights --owner network_planning --dry-run
	$(example) check
	$(example) lineage fct_destination_records
	$(example) preview fct_destination_records --limit 5
	@echo
	@echo '== Done. What has been built, and how many rows it holds:'
	$(example) preview row_counts --limit 50
	@echo
	@echo '== How the airports of the world changed, release by release:'
	$(example) preview fct_airport_releases
	@echo
	@echo '== Try next (source .venv/bin/activate, cd dbt_project):'
	@echo '   platform doctor                          is everything in order here?'
	@echo '   platform new-model fct_departures --from ref:fct_flights --owner network_planning'
	@echo '   platform build --select fct_departures   your model, tested'
	@echo '   platform --help                          everything else'

test: $(set_up)  ## all tests but the longest
	$(bin)/python -P -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-slow: $(set_up)  ## the long tests too
	$(bin)/python -P -m pytest -n auto --dist loadfile --no-loadscope-reorder -m 'slow or not slow'

properties: $(set_up)  ## 10,000 random snapshot histories against an oracle: hours; SEED=number FROM=number
	$(bin)/python -P -m tests.scd.properties --seed "$(or $(SEED),1)" --from "$(or $(FROM),0)"

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
	$(bin)/python -P -m tests.differential "$(DIR)"

lock: $(set_up)  ## resolve the versions anew, from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --upgrade --python-version 3.11 --extra dev \
	  --generate-hashes --no-header --no-annotate --output-file .ci/requirements.txt pyproject.toml

schema: $(set_up)  ## write the JSON schema of platform.yml
	$(bin)/python -P -c 'from platform_cli.config import json_schema; print(json_schema(), end="")' \
	  > platform_cli/platform.schema.json

clean:  ## remove what the commands above made, but never a database
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
