{% macro current_rows(history, valid_to=none, valid_to_current=none, is_deleted=none) -%}
    {%- set known = platform_macros.scd_history(
        history, {'valid_to': valid_to, 'valid_to_current': valid_to_current, 'is_deleted': is_deleted}
    ) -%}
    (
        select scd_rows.*
        from {{ known.rows }} as scd_rows
        where {{ known.is_open }}
    )
{%- endmacro %}
