"""The properties files of the generated project: ten models each, described and tested."""

from tests.differential.layers import PlannedModel
from tests.differential.model_sql import COLUMNS

_ABOUT = {
    "id": "Number of the row, given by the system it comes from and never used again.",
    "customer_id": "The customer behind the row; see the seed with the customers' names.",
    "status": '{{ doc("status_text") }}',
    "kind": "How it was paid or made, as one word in lower case, or a dash if nobody knows.",
    "amount": "'{{ doc(\"amount\") }}'",
    "quantity": "Pieces, whole numbers; zero is possible after a correction by the shop.",
    "created_at": "When the row was first seen in the system, in UTC without a time zone.",
    "updated_at": "When any of the columns changed last, in UTC without a time zone.",
    "note": "Free text of the person who entered the row, trimmed, mostly empty since 2021.",
}
_CONFIGS = (
    "",
    "    config: {tags: [yaml], meta: {owner: yaml}}\n",
    "    config:\n      tags: weekly\n      meta: {level: yaml, by: \"{{ var('team', 'x') }}\"}\n",
    "    meta: {old: place}\n",
    "",
    "    config:\n      docs: {show: true, node_color: '#{{ 1 }}23456'}\n",
    "    tags: ['old', 'place']\n",
    "    docs: {show: false}\n",
)
# One test per model beyond unique and not_null; `{up}` is an upstream model.
_THIRD = (
    ("status", "accepted_values: {arguments: {values: [open, closed, void]}}"),
    ("status", "accepted_values:\n              values: ['open', 'closed', 'void']"),
    ("id", "relationships:\n              to: ref('{up}')\n              field: id"),
    (
        "id",
        (
            "relationships:\n              arguments: {to: \"ref('{up}')\", field: id}\n"
            "              config: {severity: warn, where: \"note > '{{ var('start_date') }}'\"}"
        ),
    ),
    ("amount", "is_positive"),
    ("amount", "is_positive: {config: {where: 'amount <> 0', error_if: '>5', tags: [money]}}"),
    ("quantity", "below:\n              arguments: {high: 100000}"),
    ("note", "toolbox.at_least_one: {name: {name}_has_notes}"),
    ("amount", "not_null: {config: {enabled: \"{{ var('with_extras', true) }}\"}}"),
    ("customer_id", "relationships: {arguments: {to: ref('customers'), field: id}}"),
    ("", "toolbox.unique_together: {arguments: {columns: [id, status]}}"),
    (
        "",
        (
            "same_rows:\n          arguments: {other: ref('{up}')}\n"
            "          config: {alias: {name}_same}"
        ),
    ),
)


def properties_yaml(models: tuple[PlannedModel, ...]) -> str:
    """The text of one properties file: the sources of staging models, then the models."""
    text = "version: 2\n\n"
    staging = [model for model in models if model.layer == "staging"]
    if staging:
        text += "sources:\n" + "".join(map(_source, staging)) + "\n"
    return text + "models:\n" + "\n".join(map(_model, models))


def _source(model: PlannedModel) -> str:
    table = model.name.split("__")[1]
    freshness = (
        "        freshness: {warn_after: {count: 1, period: day}}\n"
        "        loaded_at_field: updated_at\n"
        if model.number % 4 == 0
        else ""
    )
    return (
        f"  - name: raw_{model.system}\n"
        f"    schema: \"{{{{ var('raw_schema', 'raw') }}}}_{model.system}\"\n"
        f"    description: What the {model.system} system hands over every night.\n"
        f"    tables:\n      - name: {table}\n"
        f"        identifier: {table}_raw\n"
        f"        description: Table {table} as loaded, one row per change.\n{freshness}"
        "        columns:\n          - name: id\n            data_tests: [not_null]\n"
    )


def _model(model: PlannedModel) -> str:
    column_of_third, third = _THIRD[model.number % len(_THIRD)]
    if "{up}" in third and not model.upstream:
        column_of_third, third = "kind", "not_null"
    third = third.replace("{up}", model.upstream[0] if model.upstream else "")
    third = third.replace("{name}", model.name)
    key = "tests" if model.number % 5 == 4 else "data_tests"
    text = (
        f"  - name: {model.name}\n    description: >\n"
        f"      {model.name} of the {model.layer} layer, one row per id. It takes what the\n"
        f"      upstream say, keeps the columns that people ask for, and hides the rest.\n"
        f"{_CONFIGS[model.number % len(_CONFIGS)]}"
    )
    if not column_of_third:
        text += f"    {key}:\n      - {third}\n"
    text += "    columns:\n"
    for column in COLUMNS:
        about = _ABOUT[column]
        quoted = (
            about if about.startswith("'") else f'"{about}"' if '"' not in about else f"'{about}'"
        )
        text += f"      - name: {column}\n        description: {quoted}\n"
        tests = ["unique", "not_null"] if column == "id" else []
        if column == column_of_third:
            tests.append(third)
        if tests:
            text += f"        {key}:\n" + "".join(f"          - {test}\n" for test in tests)
    return text
