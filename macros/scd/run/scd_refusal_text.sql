{#- What a person reads when a run is refused: what, some keys, and how to go on. -#}
{% macro scd_refusal_text(settings, outcome) -%}
    {%- set lines = [] -%}
    {%- for refusal in outcome.refusals -%}
        {%- set keys = ' (for example ' ~ refusal['keys'] | join('; ') ~ ')' if refusal['keys'] else '' -%}
        {%- do lines.append(settings.name ~ ': ' ~ refusal.name ~ ': ' ~ refusal.message ~ keys) -%}
        {%- if refusal.name in platform_macros.scd_default_guards() -%}
            {%- do lines.append(
                'If that is right, let it through once: platform snapshot --select ' ~ settings.name ~ ' --allow '
                ~ refusal.name | replace('_', '-') ~ "  (plain dbt: --vars '{platform_allow: [" ~ refusal.name ~ "]}')"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if outcome.samples -%}
        {%- do lines.append('It would have been: ' ~ platform_macros.scd_counts_text(outcome.counts) ~ ', for example') -%}
        {%- for sample in outcome.samples[:5] -%}
            {%- do lines.append('  ' ~ platform_macros.scd_sample_text(sample)) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do lines.append('Nothing was written.') -%}
    {{ return(lines | join('\n')) }}
{%- endmacro %}
