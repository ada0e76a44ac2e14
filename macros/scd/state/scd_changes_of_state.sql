{#- Meets source and open versions, and says what has to happen: scd.candidates (the keys that may need something), scd.judged (what
    happens to each), scd.changes (what is written). -#}
{% macro scd_changes_of_state(scd) -%}
    {%- do scd.counts.update({
        'source': platform_macros.scd_rows('select cast(count(*) as varchar) from ' ~ scd.source ~ ' as source')[0][0] | int
    }) -%}
    {%- do platform_macros.scd_find_candidates(scd) -%}
    {%- if not platform_macros.scd_keys_are_sound(scd) -%}
        {%- do platform_macros.scd_check_source(scd) -%}
        {%- if not scd.refusals -%}
            {%- do platform_macros.scd_find_candidates(scd) -%}
            {%- if not platform_macros.scd_keys_are_sound(scd) -%}
                {%- do platform_macros.scd_refuse_unsound(scd) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- do scd.update({'pairs': platform_macros.scd_create_temporary(scd, 'pairs', platform_macros.scd_pairs(scd))}) -%}
        {%- do platform_macros.scd_check_sequence(scd) -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- do scd.update({'judged': platform_macros.scd_create_temporary(scd, 'judged', platform_macros.scd_judged(scd))}) -%}
        {%- if platform_macros.scd_rows('select 1 from ' ~ scd.judged ~ ' as judged where ' ~ platform_macros.scd_null_key(scd) ~ ' limit 1') -%}
            {#- The source has none: an open version has. -#}
            {%- do platform_macros.scd_refuse_unsound(scd) -%}
        {%- endif -%}
    {%- endif -%}
    {%- if not scd.refusals -%}
        {%- do scd.update({'changes': platform_macros.scd_create_temporary(scd, 'changes', platform_macros.scd_state_changes(scd))}) -%}
        {%- do scd.update({'touched': scd.judged}) -%}
        {%- do platform_macros.scd_count_kinds(scd) -%}
    {%- endif -%}
{%- endmacro %}
