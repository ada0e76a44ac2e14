{#- SQL: the history as it will be once its columns are brought in line. Columns: scd_target (the address of a version for
    scd_write), scd_id, scd_from, scd_to (NULL while open), scd_updated, scd_deleted, k0, k1, ... (the key) and, with
    `data`, h0, h1, ... (scd.data by position; only what the history has). -#}
{% macro scd_versions(scd, open_only=false, data=true) -%}
    select
        {{ platform_macros.scd_address(scd, 'history') }} as scd_target,
        {{ scd.meta.dbt_scd_id.history }} as scd_id,
        {{ platform_macros.scd_cast(scd.meta.dbt_valid_from.history, scd.meta.dbt_valid_from.history_type, scd.time_type) }} as scd_from,
        {% if open_only -%}
        cast(null as {{ scd.time_type }})
        {%- else -%}
        case when not ({{ platform_macros.scd_is_open(scd) }}) then {{ platform_macros.scd_cast(scd.meta.dbt_valid_to.history, scd.meta.dbt_valid_to.history_type, scd.time_type) }} end
        {%- endif %} as scd_to,
        {{ platform_macros.scd_cast(scd.meta.dbt_updated_at.history, scd.meta.dbt_updated_at.history_type, scd.time_type) }} as scd_updated,
        {{ platform_macros.scd_is_deleted(scd) }} as scd_deleted
        {%- for part in scd.key %},
        {{ part.history }} as k{{ loop.index0 }}
        {%- endfor -%}
        {%- for column in scd.data if data and column.history %},
        {{ platform_macros.scd_cast(column.history, column.history_type, column.type) }} as h{{ scd.data.index(column) }}
        {%- endfor %}
    from {{ scd.history }} as history
    {%- if open_only %}
    where {{ platform_macros.scd_is_open(scd) }}
    {%- endif %}
{%- endmacro %}
