{#- Which columns open a version (log.tracked, by name in the steps) and where a NULL keeps what was (log.fill). A column that the
    source no longer has is NULL in its events, which is a difference like any other. -#}
{% macro scd_log_prepare_columns(scd) -%}
    {%- set log = scd.log -%}
    {%- for column in scd.data -%}
        {%- set gone = not column.source and not scd.scd.get('track_columns') and not column.is_key -%}
        {%- if (column.tracked or gone) and column != scd.sequence and column not in log.breakers -%}
            {#- Texts of events are what they are: a later run would no longer know which of them were numbers. -#}
            {%- set compare_as = column.get('compare_as') if column.type | lower != platform_macros.scd_text_type() | lower -%}
            {%- do log.tracked.append({'name': 'd' ~ loop.index0, 'type': column.type, 'compare_as': compare_as}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set option = scd.scd.get('ignore_null_updates') -%}
    {%- if option is sameas true -%}
        {%- for column in scd.data if not column.is_key and column != scd.sequence and column not in log.breakers -%}
            {%- do log.fill.append('d' ~ scd.data.index(column)) -%}
        {%- endfor -%}
    {%- elif option -%}
        {%- for name in ([option] if option is string else option) -%}
            {%- set column = platform_macros.scd_named(scd, name, 'meta.scd.ignore_null_updates') -%}
            {%- if column and not column.is_key -%}
                {%- do log.fill.append('d' ~ scd.data.index(column)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
