{#- The counts as dbt's message for the node, and for `platform snapshot` as a line of JSON in the log. -#}
{% macro scd_report(settings, outcome) -%}
    {%- set shown = [] -%}
    {%- for kind in ['new', 'changed', 'closed', 'returned', 'late', 'overwritten', 'unchanged'] -%}
        {%- if outcome.counts[kind] or kind in ['new', 'changed', 'closed', 'unchanged'] -%}
            {%- do shown.append(outcome.counts[kind] ~ ' ' ~ kind) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do store_raw_result(
        name='main', message=shown | join(', '), code='SNAPSHOT', rows_affected=outcome.counts.source
    ) -%}
    {%- do log('platform_snapshot ' ~ tojson({
        'name': settings.name, 'plan': settings.plan_only, 'refusals': outcome.refusals, 'counts': outcome.counts, 'samples': outcome.samples
    }), info=false) -%}
{%- endmacro %}
