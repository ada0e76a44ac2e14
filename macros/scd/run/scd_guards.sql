{#- Refuses what is more likely an accident than a change. -#}
{% macro scd_guards(scd) -%}
    {%- set counts = scd.counts -%}
    {%- if scd.strategy != 'change_log' and scd.exists -%}
        {%- if counts.source == 0 and counts.closed and platform_macros.scd_guard(scd, 'empty_source') -%}
            {%- do platform_macros.scd_refuse(
                scd, 'empty_source',
                'the source has no rows, and all ' ~ counts.closed ~ ' open versions would be closed', platform_macros.scd_kind_examples(scd, 'closed')
            ) -%}
        {%- endif -%}
        {%- for name, kind, what in [('mass_delete', 'closed', 'closed'), ('mass_change', 'changed', 'changed')] -%}
            {%- set limit = platform_macros.scd_guard(scd, name) -%}
            {%- if limit is not sameas false and counts[kind] > 10 and counts[kind] > limit * scd.live and not scd.refusals -%}
                {%- do platform_macros.scd_refuse(
                    scd, name,
                    counts[kind] ~ ' of ' ~ scd.live ~ ' open versions would be ' ~ what ~ ' at once, more than '
                    ~ (limit * 100) | round(1) ~ ' %', platform_macros.scd_kind_examples(scd, kind)
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
