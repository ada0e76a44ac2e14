{#- Small pieces of SQL that the steps of a change log share. `log` is the dictionary that
    `change_log_settings` makes; `columns` are names as the history writes them. -#}

{#- The columns, quoted, each with `of.` before it: `h."id", h."name"`. -#}
{% macro change_log_list(columns, of=none) -%}
    {%- for column in columns -%}
        {%- if of %}{{ of }}.{% endif %}{{ adapter.quote(column) }}{% if not loop.last %}, {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- Two rows are of the same key. Keys hold no NULL, so an equality that engines can hash. -#}
{% macro change_log_same_key(log, left, right) -%}
    {%- for column in log.key -%}
        {{ left }}.{{ adapter.quote(column) }} = {{ right }}.{{ adapter.quote(column) }}
        {%- if not loop.last %} and {% endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- Two rows have the same full sequence. An adopted history may lack a column of `sequence_by`. -#}
{% macro change_log_same_sequence(log, left, right) -%}
    {{ left }}.scd_sequence = {{ right }}.scd_sequence
    {%- for column in log.sequence_by %}
        and {{ left }}.{{ adapter.quote(column) }} is not distinct from {{ right }}.{{ adapter.quote(column) }}
    {%- endfor -%}
{%- endmacro %}

{#- The full sequence as an order. Adopted versions without `sequence_by` come first. -#}
{% macro change_log_order(log) -%}
    scd_sequence
    {%- for column in log.sequence_by %}, {{ adapter.quote(column) }} nulls first{% endfor -%}
{%- endmacro %}

{#- A version of the history `of` is open. -#}
{% macro change_log_is_open(log, of) -%}
    {%- set ends = of ~ '.' ~ adapter.quote(log.meta.dbt_valid_to) -%}
    ({{ ends }} is null{% if log.valid_to_current %} or {{ ends }} = {{ log.valid_to_current }}{% endif %})
{%- endmacro %}

{#- True when any of the columns differs between two rows. -#}
{% macro change_log_any_differs(log, columns, left, right) -%}
    {%- for column in columns -%}
        {{ platform_macros.change_log_differs(left ~ '.' ~ adapter.quote(column), right ~ '.' ~ adapter.quote(column), log.types[column]) }}
        {%- if not loop.last %} or {% endif -%}
    {%- else -%}
        false
    {%- endfor -%}
{%- endmacro %}

{% macro change_log_differs(left, right, type) -%}
    {{ left }} is distinct from {{ right }}
{%- endmacro %}
