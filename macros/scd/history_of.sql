{#- A relation's snapshot is found by the name it renders to, also when `--defer` points it elsewhere. A data test with
    `where` gives text instead of a relation; then the node the test is attached to is meant. -#}
{% macro history_of(history) -%}
    {#- While dbt parses, and in its unit tests, there is no graph to look in. -#}
    {%- set nodes = (graph.get('nodes') or {}) if execute else {} -%}
    {%- set found = namespace(node=none) -%}
    {%- if history is string -%}
        {%- if model is defined and model.get('attached_node') -%}
            {%- set found.node = nodes.get(model.attached_node) -%}
        {%- endif -%}
    {%- elif history -%}
        {%- for node in nodes.values() if node.resource_type == 'snapshot' -%}
            {%- if history.render() in [node.relation_name, (node.get('defer_relation') or {}).get('relation_name')] -%}
                {%- set found.node = node -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if found.node is none or found.node.resource_type != 'snapshot' -%}
        {{ return({}) }}
    {%- endif -%}

    {%- set settings = found.node.config -%}
    {%- set names = settings.get('snapshot_meta_column_names') or {} -%}
    {%- set scd = (settings.get('meta') or {}).get('scd') or {} -%}
    {%- set checked = settings.get('check_cols') -%}
    {{ return({
        'name': found.node.name,
        'unique_key': settings.get('unique_key'),
        'valid_from': names.get('dbt_valid_from'),
        'valid_to': names.get('dbt_valid_to'),
        'valid_to_current': settings.get('dbt_valid_to_current'),
        'version_id': names.get('dbt_scd_id'),
        'is_deleted': names.get('dbt_is_deleted'),
        'version_updated_at': names.get('dbt_updated_at'),
        'hard_deletes': settings.get('hard_deletes'),
        'updated_at': settings.get('updated_at'),
        'tracked': scd.get('track_columns') or (checked if checked != 'all' else none),
        'ignored': scd.get('ignore_columns')
    }) }}
{%- endmacro %}
