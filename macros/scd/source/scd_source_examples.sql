{#- Up to five keys of the source with a problem: null, duplicate or sequence. -#}
{% macro scd_source_examples(scd, problem) -%}
    {%- set null = platform_macros.scd_null_key(scd) -%}
    {%- set query -%}
        with source_rows as (
            {{ platform_macros.scd_source_rows(scd, data=false) }}
        )
        select {{ platform_macros.scd_shown_key(scd, 'source_rows') }} as shown
        from source_rows
        where {{ 'u is null' if problem == 'sequence' else null if problem == 'null' else 'not (' ~ null ~ ')' }}
        group by {{ platform_macros.scd_key_columns(scd, 'source_rows') }}
        {% if problem == 'duplicate' %}having count(*) > 1{% endif %}
        order by shown
        limit 5
    {%- endset -%}
    {{ return(platform_macros.scd_rows(query) | map('first') | list) }}
{%- endmacro %}
