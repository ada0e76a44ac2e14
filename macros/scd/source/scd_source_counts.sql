{#- rows, null_keys, keys (different ones without NULL) and null_sequences of the source. -#}
{% macro scd_source_counts(scd) -%}
    {%- set null = platform_macros.scd_null_key(scd) -%}
    {%- set one = scd.key | length == 1 -%}
    {%- set query -%}
        with source_rows as (
            {{ platform_macros.scd_source_rows(scd, data=false) }}
        )
        select
            cast(count(*) as varchar),
            cast(coalesce(sum(case when {{ null }} then 1 else 0 end), 0) as varchar),
            {% if one -%}
            cast(count(distinct k0) as varchar),
            {%- else -%}
            (select cast(count(*) as varchar) from (
                select distinct {{ platform_macros.scd_key_columns(scd, 'source_rows') }} from source_rows where not ({{ null }})
            ) as keys),
            {%- endif %}
            {% if scd.sequence %}cast(coalesce(sum(case when u is null then 1 else 0 end), 0) as varchar){% else %}'0'{% endif %}
        from source_rows
    {%- endset -%}
    {%- set row = platform_macros.scd_rows(query)[0] -%}
    {{ return({'all_rows': row[0] | int, 'null_keys': row[1] | int, 'distinct_keys': row[2] | int, 'null_sequences': row[3] | int}) }}
{%- endmacro %}
