{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if node.resource_type == 'seed' -%}
        {{ custom_schema_name | trim }}
    {%- elif custom_schema_name is none -%}
        {{ target.schema }}
    {%- elif target.name == 'prod' and node.fqn[1] == 'marts' -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ return(default__generate_schema_name(custom_schema_name, node)) }}
    {%- endif -%}
{%- endmacro %}
