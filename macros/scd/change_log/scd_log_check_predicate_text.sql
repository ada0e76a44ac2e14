{#- Refuses a predicate that does not parse, with the engine's words, one that ends the brackets it is put into, or that names a column
    which the source does not have. What does not parse elsewhere than in DuckDB is the engine's error, at the setting's name. -#}
{% macro scd_log_check_predicate_text(scd, name) -%}
    {{ return(adapter.dispatch('scd_log_check_predicate_text', 'platform_macros')(scd, name)) }}
{%- endmacro %}

{% macro default__scd_log_check_predicate_text(scd, name) -%}
    {%- set problem = platform_macros.scd_log_bracket_problem(scd.log[name] | string) -%}
    {%- if problem -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting', 'meta.scd.' ~ name ~ ' is ' ~ scd.log[name] ~ ', which is not one condition by itself: ' ~ problem
        ) -%}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__scd_log_check_predicate_text(scd, name) -%}
    {%- set predicate = scd.log[name] | string -%}
    {%- set parsed -%}
        (select cast(json_serialize_sql({{ platform_macros.scd_text('select (\n' ~ predicate ~ '\n)') }}) as json) as tree)
    {%- endset -%}
    {#- What ends the round brackets around it and begins others does not parse in curly ones. -#}
    {%- set alone = 'json_serialize_sql(' ~ platform_macros.scd_text("select {'it':\n" ~ predicate ~ '\n}') ~ ')' -%}
    {%- set problem = platform_macros.scd_rows(
        "select tree ->> '$.error_message', cast(" ~ alone ~ " as json) ->> '$.error_message' from " ~ parsed
    )[0] -%}
    {%- if problem[0] or problem[1] -%}
        {%- do platform_macros.scd_refuse(
            scd, 'unknown_setting', 'meta.scd.' ~ name ~ ' is ' ~ predicate ~ ', which is not '
            ~ ('SQL: ' ~ problem[0] if problem[0] else 'one condition by itself: ' ~ problem[1])
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
