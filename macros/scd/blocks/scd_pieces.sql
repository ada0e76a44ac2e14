{#- The history as pieces that do not overlap under one key: its columns, `scd_from`, and `scd_to` (NULL: open). -#}
{% macro scd_pieces(known, keys, is_key, prefer, asof) -%}
    {%- if is_key and asof -%}
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
