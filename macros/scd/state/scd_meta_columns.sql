{#- SQL: dbt's own columns of a change, each after a comma, in the types of the history. Times are given as the run reckons; what is
    not given is NULL, but for the end of an open version (`open_end`). -#}
{% macro scd_meta_columns(scd, id=none, updated=none, valid_from=none, valid_to=none, deleted=none, deleted_when=none, open_end=true) -%}
    {%- set given = {
        'dbt_scd_id': id, 'dbt_updated_at': updated, 'dbt_valid_from': valid_from, 'dbt_valid_to': valid_to,
        'dbt_is_deleted': platform_macros.scd_text(deleted) if deleted
            else "case when " ~ deleted_when ~ " then 'True' else 'False' end" if deleted_when else none
    } -%}
    {%- for part, column in scd.meta.items() %},
        {% if given[part] is none and part == 'dbt_valid_to' and open_end -%}
        {{ scd.current }}
        {%- elif given[part] is none -%}
        cast(null as {{ column.type }})
        {%- else -%}
        {%- set sql = platform_macros.scd_cast(
            given[part], scd.time_type if part in ['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'] else 'scd_as_is', column.type
        ) -%}
        {{ 'coalesce(' ~ sql ~ ', ' ~ scd.current ~ ')' if part == 'dbt_valid_to' else sql }}
        {%- endif %} as {{ column.quoted }}
    {%- endfor -%}
{%- endmacro %}
