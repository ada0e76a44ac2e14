{#- Some changes of each kind, as people read them: key, kind and, for a changed row, the cells that differ. -#}
{% macro scd_samples(scd, each=3) -%}
    {%- set text = platform_macros.scd_text_type() -%}
    {%- set columns = [] -%}
    {%- for column in scd.data if column.source and column.history and not column.is_key -%}
        {%- do columns.append(column) -%}
    {%- endfor -%}
    {%- set query -%}
        select kind, shown
        {%- for column in columns %}, old_{{ loop.index0 }}, new_{{ loop.index0 }}{% endfor %}
        from (
            select
                kind, {{ platform_macros.scd_shown_key(scd, 'sampled') }} as shown,
                {%- for column in columns %}
                {%- set i = scd.data.index(column) %}
                cast(h{{ i }} as {{ text }}) as old_{{ loop.index0 }}, cast(s{{ i }} as {{ text }}) as new_{{ loop.index0 }},
                {%- endfor %}
                row_number() over (partition by kind order by {{ platform_macros.scd_key_columns(scd, 'sampled') }}) as place
            from {{ '(' ~ platform_macros.scd_log_sampled(scd) ~ ')' if scd.log else scd.judged }} as sampled
        ) as ranked
        where place <= {{ each }}
        order by kind, place
    {%- endset -%}
    {%- set samples = [] -%}
    {%- for row in platform_macros.scd_rows(query) -%}
        {%- set cells = [] -%}
        {%- for column in columns if row[0] in ['changed', 'overwritten'] or (row[0] == 'late' and not scd.log) -%}
            {%- set old = row[2 + 2 * columns.index(column)] -%}
            {%- set new = row[3 + 2 * columns.index(column)] -%}
            {%- if old != new -%}
                {%- do cells.append({'column': column.name, 'old': old, 'new': new}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- do samples.append({'kind': row[0], 'key': row[1], 'cells': cells}) -%}
    {%- endfor -%}
    {{ return(samples) }}
{%- endmacro %}
