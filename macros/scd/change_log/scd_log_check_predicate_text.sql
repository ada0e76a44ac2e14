{#- Refuses a predicate that does not parse, with the engine's words, or that names a column which the source does not have. Where the
    engine cannot say so without an error, its error is what people see. -#}
{% macro scd_log_check_predicate_text(scd, name) -%}
    {{ return(adapter.dispatch('scd_log_check_predicate_text', 'platform_macros')(scd, name)) }}
{%- endmacro %}

{% macro default__scd_log_check_predicate_text(scd, name) -%}
{%- endmacro %}

{% macro duckdb__scd_log_check_predicate_text(scd, name) -%}
    {%- set predicate = scd.log[name] | string -%}
    {%- set parsed -%}
        (select cast(json_serialize_sql({{ platform_macros.scd_text('select (\n' ~ predicate ~ '\n)') }}) as json) as tree)
    {%- endset -%}
    {%- set problem = platform_macros.scd_rows(
        "select tree ->> '$.error_message' from " ~ parsed ~ " where tree ->> '$.error' = 'true'"
    ) -%}
    {%- if problem -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting', 'meta.scd.' ~ name ~ ' is ' ~ predicate ~ ', which is not SQL: ' ~ problem[0][0]
        ) -%}
    {%- elif not modules.re.search('(?i)\\b(lambda|select)\\b|->', predicate) -%}
        {#- A lambda and a sub-query have names of their own. -#}
        {%- for row in platform_macros.scd_rows(
            'select distinct cast(names.value as varchar) from ' ~ parsed ~ " as parsed, json_tree(tree) as names where names.key = 'column_names'"
        ) -%}
            {%- set names = fromjson(row[0]) -%}
            {%- set found = [] -%}
            {%- for each in names if platform_macros.scd_find_column(scd.source_columns, each) -%}
                {%- do found.append(each) -%}
            {%- endfor -%}
            {%- if not found -%}
                {%- do platform_macros.scd_refuse(
                    scd, 'missing_column', 'meta.scd.' ~ name ~ ' names the column ' ~ names | join('.') ~ ', which the source does not have'
                    ~ platform_macros.scd_did_you_mean(names[-1], scd.source_columns | map('first') | list)
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
