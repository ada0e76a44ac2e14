{#- Refuses a value of meta.scd that is none, and a setting that would do nothing with this strategy. -#}
{% macro scd_check_values(scd) -%}
    {%- set given = scd.scd -%}
    {%- set wrong = [] -%}
    {%- set only_for = {
        'sequence_by': 'change_log', 'delete_when': 'change_log', 'truncate_when': 'change_log', 'ignore_null_updates': 'change_log',
        'type': 'change_log', 'check_ties': 'timestamp'
    } -%}
    {%- for name in given if only_for.get(name, scd.strategy) != scd.strategy -%}
        {%- do wrong.append('.' ~ name ~ ' is for strategy ' ~ only_for[name] ~ '; with ' ~ scd.strategy ~ ' it means nothing') -%}
    {%- endfor -%}
    {%- for name in ['track_columns', 'ignore_columns', 'sequence_by'] if name in given -%}
        {%- set value = given[name] -%}
        {%- if value is mapping or value is not sequence or not value or (value is not string and value | reject('string') | list) -%}
            {%- do wrong.append('.' ~ name ~ ' is ' ~ value ~ '; it is a list of columns') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if 'check_ties' in given and given.check_ties is not boolean -%}
        {%- do wrong.append('.check_ties is ' ~ given.check_ties ~ '; it is true or false') -%}
    {%- endif -%}
    {%- set fill = given.get('ignore_null_updates', false) -%}
    {%- if fill is not boolean and (fill is mapping or fill is not sequence or not fill or (fill is not string and fill | reject('string') | list)) -%}
        {%- do wrong.append('.ignore_null_updates is ' ~ fill ~ '; it is true, or a list of columns') -%}
    {%- endif -%}
    {%- for name in ['delete_when', 'truncate_when'] if name in given and given[name] is not string -%}
        {%- do wrong.append('.' ~ name ~ ' is ' ~ given[name] ~ '; it is a condition in SQL, as text') -%}
    {%- endfor -%}
    {%- set tolerance = given.get('tolerance', {}) -%}
    {%- if tolerance is not mapping -%}
        {%- do wrong.append('.tolerance is ' ~ tolerance ~ '; it is a mapping of columns to numbers: {latitude: 0.0001}') -%}
    {%- else -%}
        {%- for name, value in tolerance.items() if value is not number or value is boolean or value < 0 -%}
            {%- do wrong.append('.tolerance.' ~ name ~ ' is ' ~ value ~ '; it is a number, 0 or more') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set guards = given.get('guards', {}) -%}
    {%- if guards is not mapping -%}
        {%- do wrong.append('.guards is ' ~ guards ~ '; it is a mapping: {mass_delete: 0.5}') -%}
    {%- else -%}
        {%- for name, value in guards.items() if value is not boolean and name in platform_macros.scd_default_guards() -%}
            {%- if platform_macros.scd_default_guards()[name] is boolean -%}
                {%- do wrong.append('.guards.' ~ name ~ ' is ' ~ value ~ '; it is true or false') -%}
            {%- elif value is not number or value < 0 or value > 1 -%}
                {%- do wrong.append(
                    '.guards.' ~ name ~ ' is ' ~ value ~ '; it is true, false, or a part of the open versions, from 0 to 1: 5 % is 0.05'
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if scd.strategy == 'change_log' and given.get('type', 2) | string not in ['1', '2'] -%}
        {%- do wrong.append('.type is ' ~ given.type ~ '; there are 1 (only the current rows) and 2 (all versions)') -%}
    {%- endif -%}
    {%- if scd.strategy == 'change_log' and given.get('tolerance') -%}
        {%- do wrong.append('.tolerance is for strategies timestamp and check; what an event changes would depend on the events before it') -%}
    {%- endif -%}
    {%- set initial = given.get('initial_valid_from') -%}
    {%- if initial is not none and scd.strategy != 'change_log'
        and not modules.re.match('^\\d{4}-\\d\\d-\\d\\d([ T]\\d\\d:\\d\\d(:\\d\\d([.]\\d+)?)?)?$', initial | string) -%}
        {%- do wrong.append('.initial_valid_from is ' ~ initial ~ '; it is a time, as 2020-01-31 or 2020-01-31 08:00:00, in UTC') -%}
    {%- endif -%}
    {%- for words in wrong -%}
        {%- do platform_macros.scd_refuse(scd, 'unknown_setting', 'meta.scd' ~ words) -%}
    {%- endfor -%}
{%- endmacro %}
