{% macro as_of(history, at, valid_from='dbt_valid_from', valid_to='dbt_valid_to') -%}
    (
        select *
        from {{ history }}
        where
            {{ valid_from }} <= {{ at }}
            and ({{ valid_to }} is null or {{ at }} < {{ valid_to }})
    )
{%- endmacro %}
