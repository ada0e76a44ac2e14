{#- What a version's id is made of, as SQL: the key and the start. A time with a zone is spelled in UTC, or its id would
    depend on the session's time zone. -#}
{% macro scd_id_parts(scd, start) -%}
    {%- set parts = [] -%}
    {%- for part in scd.key -%}
        {%- do parts.append(
            platform_macros.scd_cast('k' ~ loop.index0, part.type, platform_macros.scd_text_type()) if part.type else 'k' ~ loop.index0
        ) -%}
    {%- endfor -%}
    {{ return(parts + [start]) }}
{%- endmacro %}
