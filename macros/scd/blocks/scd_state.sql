{#- The history at a time: keys, compared columns, and a mark that the row is there. -#}
{% macro scd_state(known, at, compared) -%}
    {%- set moment = platform_macros.scd_moment(at) -%}
    (
        select
            {%- for key in known.unique_key %}
            {{ key }} as scd_key_{{ loop.index }},
            {%- endfor %}
            {%- for column in compared %}
            scd_rows.{{ column.quoted }} as scd_value_{{ loop.index }},
            {%- endfor %}
            1 as scd_there
        from {{ known.rows }} as scd_rows
        where
            {{ known.valid_from }} <= {{ moment }}
            and ({{ known.is_open }} or {{ moment }} < {{ known.valid_to }})
    )
{%- endmacro %}
