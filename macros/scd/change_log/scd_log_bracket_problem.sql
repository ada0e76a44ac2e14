{#- Which bracket of a piece of SQL has no partner, in words; '' when all have. Those in texts, quoted names and comments do not count. -#}
{% macro scd_log_bracket_problem(sql) -%}
    {%- set plain = modules.re.sub(
        "(?s)\\b[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|/\\*.*?\\*/|\\$(\\w*)\\$.*?\\$\\1\\$", ' ', sql
    ) -%}
    {%- if not plain | trim -%}
        {{ return('it is empty') }}
    {%- elif modules.re.search("'|\"|/\\*|;", plain) -%}
        {{ return(modules.re.search("'|\"|/\\*|;", plain)[0] ~ ' does not end, or ends too much') }}
    {%- endif -%}
    {%- set partners = {')': '(', ']': '[', '}': '{'} -%}
    {%- set opened = [] -%}
    {%- for bracket in modules.re.findall('[][(){}]', plain) -%}
        {%- if bracket not in partners -%}
            {%- do opened.append(bracket) -%}
        {%- elif not opened or opened.pop() != partners[bracket] -%}
            {{ return('its ' ~ bracket ~ ' has no ' ~ partners[bracket]) }}
        {%- endif -%}
    {%- endfor -%}
    {{ return('its ' ~ opened[-1] ~ ' is not closed' if opened else '') }}
{%- endmacro %}
