{#- SQL: text, in one spelling where it spells a number ('1', '1.0', '1.50'); '007' and ' 1' do not. `number` is the type whose values
    it had: of floating ones the value counts ('1e3', '1000'), of others the digits, however many there are. -#}
{% macro scd_spelled(text, number) -%}
    {{ return(adapter.dispatch('scd_spelled', 'platform_macros')(text, number)) }}
{%- endmacro %}

{% macro default__scd_spelled(text, number) -%}
    case
        {%- if number != 'digits' %}
        when {{ text }} ~ '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]{1,2})?$' and length({{ text }}) < 100
            then cast(cast({{ text }} as double precision) as text)
        {%- else %}
        when {{ text }} ~ '^-?(0|[1-9][0-9]*)[.][0-9]+$' then rtrim(rtrim({{ text }}, '0'), '.')
        {%- endif %}
        else {{ text }}
    end
{%- endmacro %}

{% macro duckdb__scd_spelled(text, number) -%}
    case
        {%- if number != 'digits' %}
        when regexp_full_match({{ text }}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?')
            then coalesce(cast(try_cast({{ text }} as {{ number }}) as varchar), {{ text }})
        {%- else %}
        when regexp_full_match({{ text }}, '-?(0|[1-9][0-9]*)[.][0-9]+') then rtrim(rtrim({{ text }}, '0'), '.')
        {%- endif %}
        else {{ text }}
    end
{%- endmacro %}
