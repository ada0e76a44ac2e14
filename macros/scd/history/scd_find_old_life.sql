{#- scd.begins_anew: whether there is no version to go on from, because there never was one or because a lost history was let begin anew.
    scd.old_life: then the suffixes of what lies beside it all the same; it is of versions that are gone, and nothing goes on from it. -#}
{% macro scd_find_old_life(scd) -%}
    {%- set lost = scd.first_load and scd.last_run and scd.last_run.versions -%}
    {%- do scd.update({'begins_anew': not scd.exists or lost, 'old_life': []}) -%}
    {%- if scd.begins_anew -%}
        {%- for suffix, there in [('__undo', scd.has_undo), ('__events', scd.has_events)] if there -%}
            {%- do scd.old_life.append(suffix) -%}
        {%- endfor -%}
        {%- do scd.update({'has_undo': false, 'has_events': false}) -%}
    {%- endif -%}
{%- endmacro %}
