{#- The counts as dbt's message for the node, and for `platform snapshot` as a line of JSON in the log. -#}
{% macro scd_report(settings, outcome) -%}
    {%- do store_raw_result(
        name='main', message=platform_macros.scd_counts_text(outcome.counts), code='SNAPSHOT', rows_affected=outcome.counts.source
    ) -%}
    {%- do log('platform_snapshot ' ~ tojson({
        'name': settings.name, 'plan': settings.plan_only, 'refusals': outcome.refusals, 'counts': outcome.counts, 'samples': outcome.samples
    }), info=false) -%}
{%- endmacro %}
