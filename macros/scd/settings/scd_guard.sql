{#- The guard's threshold, or true; false when it is switched off. -#}
{% macro scd_guard(scd, name) -%}
    {%- for given in scd.allow if given | trim | replace('-', '_') == name -%}
        {{ return(false) }}
    {%- endfor -%}
    {%- set default = platform_macros.scd_default_guards()[name] -%}
    {%- set given = (scd.scd.get('guards') or {}).get(name, default) -%}
    {{ return(default if given is sameas true else given) }}
{%- endmacro %}
