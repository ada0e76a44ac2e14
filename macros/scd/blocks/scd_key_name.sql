{#- What a column of the key is called in a result: a key that is an expression has no name of its own. -#}
{% macro scd_key_name(key, number) -%}
    {{ return(key if modules.re.match('^("[^"]+"|[A-Za-z_]\\w*)$', key) else 'key_' ~ number) }}
{%- endmacro %}
