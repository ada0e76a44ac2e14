{#- The keys of meta.scd. `backfill` is read by `platform snapshot backfill`. -#}
{% macro scd_known_settings() -%}
    {{ return([
        'sequence_by', 'delete_when', 'truncate_when', 'ignore_null_updates', 'track_columns', 'ignore_columns',
        'type', 'initial_valid_from', 'tolerance', 'check_ties', 'guards', 'backfill'
    ]) }}
{%- endmacro %}
