{#- SQL: the source's rows, identical ones once. JSON is compared by its members: PostgreSQL cannot compare it otherwise. -#}
{% macro scd_distinct_rows(scd) -%}
    {%- set names, values, spelled = [], [], [] -%}
    {%- for name, type in scd.source_columns -%}
        {%- set quoted = platform_macros.scd_quote(name) -%}
        {%- do names.append(quoted) -%}
        {%- do values.append(platform_macros.scd_key_value(quoted, type)) -%}
        {%- if type | lower == 'json' -%}{%- do spelled.append('cast(' ~ quoted ~ ' as ' ~ platform_macros.scd_text_type() ~ ')') -%}{%- endif -%}
    {%- endfor -%}
    {%- if not spelled -%}
        {{ return('select distinct * from ' ~ scd.source ~ ' as source') }}
    {%- endif -%}
    select {{ names | join(', ') }}
    from (
        select
            source.*,
            row_number() over (partition by {{ values | join(', ') }} order by {{ spelled | join(', ') }}) as scd_copy
        from {{ scd.source }} as source
    ) as copies
    where scd_copy = 1
{%- endmacro %}
