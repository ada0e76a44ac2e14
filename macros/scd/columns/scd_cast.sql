{#- SQL: a value in another type. Between times with and without a zone the session's zone has no say: both are UTC. -#}
{% macro scd_cast(expression, from_type, to_type) -%}
    {%- if from_type == to_type -%}
        {{ return(expression) }}
    {%- endif -%}
    {%- set from_zone = 'with time zone' in from_type | lower -%}
    {%- set to_zone = 'with time zone' in to_type | lower -%}
    {%- if from_zone and not to_zone -%}
        {{ return('cast(timezone(\'UTC\', ' ~ expression ~ ') as ' ~ to_type ~ ')') }}
    {%- elif to_zone and not from_zone -%}
        {{ return('timezone(\'UTC\', cast(' ~ expression ~ ' as timestamp))') }}
    {%- endif -%}
    {{ return('cast(' ~ expression ~ ' as ' ~ to_type ~ ')') }}
{%- endmacro %}
