{% macro current_rows(history, valid_to='dbt_valid_to', valid_to_current=none) -%}
    (
        select *
        from {{ history }}
        where
            {{ valid_to }} is null
            {%- if valid_to_current is not none %}
            or {{ valid_to }} = {{ valid_to_current }}
            {%- endif %}
    )
{%- endmacro %}
