{#- The table that a query reads whole, as SQL, or none. A view is not enough: it may read a file, or the clock. -#}
{% macro scd_plain_table(scd) -%}
    {%- set mark = adapter.quote('x')[0] -%}
    {%- set part = '(?:' ~ mark ~ '(?:[^' ~ mark ~ ']|' ~ mark ~ mark ~ ')+' ~ mark ~ '|[A-Za-z_][A-Za-z0-9_]*)' -%}
    {%- set form = '^\\s*select\\s+\\*\\s+from\\s+(' ~ part ~ '(?:\\.' ~ part ~ '){1,2})\\s*$' -%}
    {%- set plain = modules.re.match(form, scd.sql, modules.re.IGNORECASE) -%}
    {%- if not plain -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set names = [] -%}
    {%- for name in modules.re.findall(part, plain.group(1)) -%}
        {%- do names.append((name[1:-1] | replace(mark ~ mark, mark)) if name[0] == mark else name) -%}
    {%- endfor -%}
    {%- set query -%}
        select table_type from information_schema.tables
        where lower(table_schema) = {{ platform_macros.scd_text(names[-2] | lower) }}
        and lower(table_name) = {{ platform_macros.scd_text(names[-1] | lower) }}
        {%- if names | length == 3 %} and lower(table_catalog) = {{ platform_macros.scd_text(names[0] | lower) }}{% endif %}
    {%- endset -%}
    {%- set kinds = platform_macros.scd_rows(query) -%}
    {{ return(plain.group(1) if kinds | length == 1 and kinds[0][0] == 'BASE TABLE' else none) }}
{%- endmacro %}
