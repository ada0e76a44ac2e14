{#- Marks which data columns open a new version (`tracked`), with what tolerance, and which are the key's. -#}
{% macro scd_mark_tracked(scd) -%}
    {%- set keys = scd.key | map(attribute='name') | list -%}
    {%- set checked = scd.check_cols if scd.strategy == 'check' and scd.check_cols != 'all' -%}
    {%- set given = scd.scd.get('track_columns') or checked -%}
    {%- if checked and scd.scd.get('track_columns') -%}
        {#- They are not used, but names that mean nothing are refused wherever they stand. -#}
        {%- for name in ([checked] if checked is string else checked) -%}
            {%- do platform_macros.scd_named(scd, name, 'check_cols') -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set chosen = [] -%}
    {%- if given -%}
        {%- for name in ([given] if given is string else given) -%}
            {%- set column = platform_macros.scd_named(
                scd, name, 'meta.scd.track_columns' if scd.scd.get('track_columns') else 'check_cols'
            ) -%}
            {%- if column -%}{%- do chosen.append(column.name) -%}{%- endif -%}
        {%- endfor -%}
    {%- else -%}
        {%- do chosen.extend(scd.data | selectattr('source') | map(attribute='name') | list) -%}
        {%- if scd.sequence -%}{%- do chosen.remove(scd.sequence.name) -%}{%- endif -%}
        {%- set breakers = scd.scd.get('sequence_by') or [] -%}
        {%- for name in ([breakers] if breakers is string else breakers) -%}
            {%- set column = platform_macros.scd_named(scd, name, 'meta.scd.sequence_by') -%}
            {%- if column and column.name in chosen -%}{%- do chosen.remove(column.name) -%}{%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set ignored = scd.scd.get('ignore_columns') or [] -%}
    {%- for name in ([ignored] if ignored is string else ignored) -%}
        {%- set column = platform_macros.scd_named(scd, name, 'meta.scd.ignore_columns') -%}
        {%- if column and column.name in chosen -%}{%- do chosen.remove(column.name) -%}{%- endif -%}
    {%- endfor -%}
    {%- for column in scd.data -%}
        {%- do column.update({'tracked': column.name in chosen and column.name not in keys, 'is_key': column.name in keys}) -%}
    {%- endfor -%}
    {%- for name, distance in (scd.scd.get('tolerance') or {}).items() -%}
        {%- set column = platform_macros.scd_named(scd, name, 'meta.scd.tolerance') -%}
        {%- if column and platform_macros.scd_type_family(column.type) != 'number' -%}
            {%- do platform_macros.scd_refuse(
                scd, 'unknown_setting', 'meta.scd.tolerance names ' ~ name ~ ' of type ' ~ column.type ~ ', which is no number'
            ) -%}
        {%- elif column -%}
            {%- do column.update({'tolerance': distance}) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
