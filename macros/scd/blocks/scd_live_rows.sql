{#- The versions of a history without its deleted records, for a from clause. They stay in the table when
    `hard_deletes` is no longer `new_record`, so the table is asked before the configuration. -#}
{% macro scd_live_rows(history, said, columns, known) -%}
    {%- set rows = platform_macros.scd_from(history) -%}
    {%- set given = said.get('is_deleted') -%}
    {%- if columns is not none -%}
        {%- set found = platform_macros.scd_find_column(columns, given) -%}
        {%- set column = platform_macros.scd_quote(found[0]) if found else none -%}
    {%- else -%}
        {%- set column = platform_macros.scd_column(given, none) -%}
    {%- endif -%}
    {%- if column is none or (columns is none and known.get('name') and known.hard_deletes != 'new_record') -%}
        {{ return(rows) }}
    {%- endif -%}
    {%- set live = 'coalesce(lower(cast(' ~ column ~ ' as ' ~ platform_macros.scd_text_type() ~ ")), 'false') <> 'true'" -%}
    {%- if columns is not none or known.get('hard_deletes') == 'new_record' -%}
        {{ return('(select * from ' ~ rows ~ ' as scd_all_rows where ' ~ live ~ ')') }}
    {%- endif -%}
    {#- Nobody can tell whether the column is there (a CTE, a unit test): if not, its name means the 'False' around. -#}
    {{ return(
        "(select scd_live_rows.* from (select 'False' as " ~ column ~ ') as scd_otherwise'
        ~ ' cross join lateral (select scd_all_rows.* from ' ~ rows ~ ' as scd_all_rows where ' ~ live ~ ') as scd_live_rows)'
    ) }}
{%- endmacro %}
