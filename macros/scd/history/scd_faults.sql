{#- What is wrong in the versions, a list of `what` and example `keys`, by a query that scd_faults_query made. -#}
{% macro scd_faults(query) -%}
    {%- set found = [] -%}
    {%- set names = {
        '1': 'NULL keys', '2': 'versions without a start', '3': 'versions that end no later than they begin',
        '4': 'several open versions of one key', '5': 'versions of one key that overlap', '6': 'version ids that are NULL or repeated'
    } -%}
    {%- for row in platform_macros.scd_rows(query) -%}
        {%- set what = names[row[0] | string] ~ ' (' ~ row[2] ~ ')' -%}
        {%- if not found or found[-1].what != what -%}
            {%- do found.append({'what': what, 'keys': []}) -%}
        {%- endif -%}
        {%- do found[-1]['keys'].append(row[1]) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
