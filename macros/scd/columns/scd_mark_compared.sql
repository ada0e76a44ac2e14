{#- Marks the data columns whose type changed so that equal values look different (`compare_as`), see scd_comparable. -#}
{% macro scd_mark_compared(scd) -%}
    {%- set floating = ['float', 'real', 'double', 'double precision'] -%}
    {%- for column in scd.data if column.history_type and column.source_type -%}
        {%- set types = [column.history_type, column.source_type] -%}
        {%- set families = [platform_macros.scd_type_family(types[0]), platform_macros.scd_type_family(types[1])] -%}
        {%- set type = column.type | lower -%}
        {%- if types[0] | lower in ['float', 'real'] and type in ['double', 'double precision'] -%}
            {#- A number in single precision that comes back in double is the same number, spelled longer. -#}
            {%- do column.update({'compare_as': types[0]}) -%}
        {%- elif types[0] != types[1] and 'number' in families and type == platform_macros.scd_text_type() | lower -%}
            {%- set number = types[families.index('number')] -%}
            {%- do column.update({'compare_as': number if 'text' in families and number | lower in floating else 'digits'}) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
