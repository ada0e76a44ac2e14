{#- The history as pieces that do not overlap under one key: its columns, `scd_from`, and `scd_to` (NULL: open). -#}
{% macro scd_pieces(known, keys, is_key, prefer) -%}
    {%- if is_key and target.type == 'duckdb' and var('platform_scd_form', 'duckdb') != 'portable' -%}
    (
        select scd_rows.*, {{ known.valid_from }} as scd_from, {{ known.ends }} as scd_to
        from {{ known.rows }} as scd_rows
    )
    {%- elif is_key -%}
    {{ platform_macros.scd_versions_cut_short(known, keys) }}
    {%- else -%}
    {{ platform_macros.scd_steps(known, keys, prefer) }}
    {%- endif -%}
{%- endmacro %}
