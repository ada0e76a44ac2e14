{#- The configuration of a snapshot's node as the plain values that scd_snapshot takes. `config` is dbt's, or as `graph`
    has it. -#}
{% macro scd_settings(node, config) -%}
    {%- set meta_scd = (config.get('meta') or {}).get('scd') or {} -%}
    {%- set names = config.get('snapshot_table_column_names') or get_snapshot_table_column_names() -%}
    {%- set key = config.get('unique_key') -%}
    {%- set allowed = var('platform_allow', []) -%}
    {%- set from_cli = env_var('PLATFORM_CLI_SNAPSHOT_ALLOW', '').split(',') -%}
    {%- set deletes = config.get('hard_deletes') or 'ignore' -%}
    {%- set reduced = [] -%}
    {%- if flags.EMPTY -%}{%- do reduced.append('--empty') -%}{%- endif -%}
    {%- if flags.SAMPLE -%}{%- do reduced.append('--sample') -%}{%- endif -%}
    {{ return({
        'name': node.name,
        'database': node.database,
        'schema': node.schema,
        'identifier': node.alias or node.name,
        'sql': node.compiled_code,
        'strategy': config.get('strategy'),
        'unique_key': [key] if key is string else key | list,
        'updated_at': config.get('updated_at'),
        'check_cols': config.get('check_cols'),
        'hard_deletes': adapter.get_hard_deletes_behavior(config) if deletes in platform_macros.scd_hard_deletes() else deletes,
        'valid_to_current': config.get('dbt_valid_to_current'),
        'columns': names,
        'scd': meta_scd,
        'allow': ([allowed] if allowed is string else allowed | list) + from_cli,
        'run_at': platform_macros.run_at_text(),
        'run_id': invocation_id,
        'form': var('platform_scd_form', 'duckdb' if target.type == 'duckdb' else 'portable'),
        'reduced': reduced,
        'plan_only': env_var('PLATFORM_CLI_SNAPSHOT_PLAN', '') != ''
    }) }}
{%- endmacro %}
