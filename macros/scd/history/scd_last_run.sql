{#- The newest line of the ledger: number, run_at, versions, open and settings; none when it is empty. -#}
{% macro scd_last_run(scd) -%}
    {%- set query -%}
        select
            cast(run_number as varchar), cast(run_at as varchar), cast(versions as varchar),
            cast(open_versions as varchar), settings
        from {{ scd.runs }} order by run_number desc limit 1
    {%- endset -%}
    {%- for row in platform_macros.scd_rows(query) -%}
        {{ return({
            'number': row[0] | int, 'run_at': row[1] | string, 'versions': row[2] | int, 'open': row[3] | int,
            'settings': fromjson(row[4])
        }) }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}
