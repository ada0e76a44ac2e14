{#- scd.sequence: the column of updated_at, or none; scd.may_be_late: whether a row may belong before the open version. Refuses a type that does not order as time. -#}
{% macro scd_match_sequence(scd) -%}
    {%- do scd.update({'sequence': none, 'may_be_late': scd.strategy == 'check' and scd.updated_at}) -%}
    {%- if scd.updated_at -%}
        {%- set column = platform_macros.scd_named(scd, scd.updated_at, 'updated_at') -%}
        {%- set numbers = scd.strategy == 'change_log' and column
            and modules.re.match('^(tiny|small|big)?int(eger)?$', column.source_type | lower) -%}
        {%- if column and not numbers and platform_macros.scd_type_family(column.source_type) != 'time' -%}
            {%- do platform_macros.scd_refuse(
                scd, 'sequence_type',
                'updated_at is the column ' ~ column.name ~ ' of type ' ~ column.source_type
                ~ ', which does not order as time; cast it in the query, say to a timestamp'
            ) -%}
        {%- elif column -%}
            {%- do scd.update({'sequence': column}) -%}
            {%- if numbers and not scd.exists -%}
                {%- do scd.update({'time_type': 'bigint'}) -%}
                {%- for part in ['dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to'] -%}
                    {%- do scd.meta[part].update({'type': 'bigint'}) -%}
                {%- endfor -%}
                {%- do platform_macros.scd_match_current(scd) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
