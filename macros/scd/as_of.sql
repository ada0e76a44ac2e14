{% macro as_of(history, at, valid_from=none, valid_to=none, valid_to_current=none, is_deleted=none) -%}
    {%- set known = platform_macros.scd_history(history, {
        'valid_from': valid_from, 'valid_to': valid_to, 'valid_to_current': valid_to_current, 'is_deleted': is_deleted
    }) -%}
    {%- set moment = platform_macros.scd_moment(at) -%}
    (
        select scd_rows.*
        from {{ known.rows }} as scd_rows
        where
            {{ known.valid_from }} <= {{ moment }}
            and ({{ known.is_open }} or {{ moment }} < {{ known.valid_to }})
    )
{%- endmacro %}
