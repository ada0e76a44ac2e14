{#- 3 new, 1 changed, 0 closed, 12 unchanged. -#}
{% macro scd_counts_text(counts) -%}
    {%- set shown = [] -%}
    {%- for kind in ['new', 'changed', 'closed', 'returned', 'late', 'overwritten', 'unchanged'] -%}
        {%- if counts[kind] or kind in ['new', 'changed', 'closed', 'unchanged'] -%}
            {%- do shown.append('{:,} '.format(counts[kind]) ~ kind) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(shown | join(', ')) }}
{%- endmacro %}
