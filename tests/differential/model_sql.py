"""The SQL of a generated model: ten shapes per layer, three of ten too dynamic for a scanner."""

from tests.differential.layers import PlannedModel

COLUMNS = (
    "id",
    "customer_id",
    "status",
    "kind",
    "amount",
    "quantity",
    "created_at",
    "updated_at",
    "note",
)
_PLAIN = ",\n        ".join(COLUMNS)


def model_sql(model: PlannedModel) -> str:
    """The text of the model's file, ending in a newline."""
    write = {"staging": _staging, "intermediate": _intermediate, "marts": _mart}[model.layer]
    return write(model).strip("\n") + "\n"


def _staging(model: PlannedModel) -> str:
    table = f"{model.name.split('__')[1]}"
    relation = f"{{{{ source('raw_{model.system}', '{table}') }}}}"
    columns = _PLAIN
    head = ""
    match model.number % 10:
        case 1:
            head = "{{ config(materialized='view', tags=['by hand']) }}\n\n"
        case 2:
            columns = (
                "{% for column in ['id', 'customer_id', 'status', 'kind', 'amount', 'quantity'] %}"
                "{{ column }},\n        {% endfor %}created_at, updated_at, note"
            )
        case 3:
            columns = _PLAIN.replace("note", "{{ tidy('note') }} as note")
        case 4:
            head = "{{ config(tags=['hourly', 'sql'], meta={'owner': 'sql', 'level': 'sql'}) }}\n\n"
        case 5:
            relation = f"({{{{ staged_from('raw_{model.system}', '{table}') }}}})"
        case 6:
            head = f"{{{{ config(alias='{model.name}_renamed', schema='side') }}}}\n\n"
        case _:
            pass
    return f"""{head}with source as (

    select * from {relation}

),

renamed as (

    select
        {columns}
    from source

)

select * from renamed
"""


def _joined(names: tuple[str, ...], extra: str = "") -> str:
    """A chain of CTEs, one per upstream model, and their join."""
    parts = [f"p{n} as (\n\n    select * from {name}\n\n)" for n, name in enumerate(names)]
    joins = "".join(f"\nleft join p{n} on p{n}.id = p0.id" for n in range(1, len(names)))
    columns = ",\n    ".join(f"p0.{column}" for column in COLUMNS)
    return f"with {', '.join(parts)}\n\nselect\n    {columns}{extra}\nfrom p0{joins}\n"


def _refs(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{{{ ref('{name}') }}}}" for name in names)


def _intermediate(model: PlannedModel) -> str:
    refs, first, last = _refs(model.upstream), model.upstream[0], model.upstream[-1]
    head = ""
    match model.number % 10:
        case 1:
            refs = (f"{{{{ by_name('{first}') }}}}", *refs[1:])
        case 2:
            head = (
                f"{{% set others = ['{last}'] %}}\n{{% if var('use_alternative') %}}"
                "{% do others.append('alternative') %}{% endif %}\n"
            )
            refs = (refs[0], "{{ ref(others[0]) }}")
        case 3:
            head = f"-- depends_on: {{{{ ref('{last}') }}}}\n"
            other = f"{{{{ ref('{last if model.number % 20 == 3 else first}') }}}}"
            refs = (refs[0], f"{{% if target.name == 'dev' %}}{other}{{% else %}}p0{{% endif %}}")
        case 4:
            head = "{{ config(materialized='ephemeral') }}\n"
        case 6:
            refs = (f"{{{{ ref('gen', '{first}') }}}}", *refs[1:])
        case 8:
            meta = f"{{'number': {model.number}}}"
            head = f"{{{{ config(materialized='table', meta={meta}) }}}}\n"
        case _:
            pass
    return head + _joined(refs)


def _mart(model: PlannedModel) -> str:
    refs = _refs(model.upstream)
    match model.number % 10:
        case 1 | 6:
            head = (
                "{{ config(materialized='incremental', unique_key='id', "
                "incremental_strategy='delete+insert') }}\n"
            )
            tail = (
                "{% if is_incremental() %}\nwhere p0.updated_at > "
                "(select coalesce(max(updated_at), timestamp '1900-01-01') from {{ this }})\n"
                "{% endif %}\n"
            )
            return head + _joined(refs) + tail
        case 3:
            extra = (
                "{% for kind in var('payment_kinds') %},\n    case when p0.kind = '{{ kind }}' "
                "then p0.amount else 0 end as {{ kind }}_amount{% endfor %}"
            )
            return _joined(refs, extra)
        case 5:
            return (
                '{{ config(pre_hook="select 1", post_hook=["{{ note_run(\'mart\') }}"], '
                "tags='hooked') }}\n" + _joined(refs)
            )
        case _:
            return _joined(refs)
