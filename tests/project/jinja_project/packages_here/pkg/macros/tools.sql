{% macro hello(name) %}{{ return(adapter.dispatch('hello', 'pkg')(name)) }}{% endmacro %}

{% macro default__hello(name) %}'hello {{ name }}'{% endmacro %}

{% macro surrogate(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '')") -%}
        {%- if not loop.last %}{%- do parts.append("'-'") -%}{%- endif -%}
    {%- endfor -%}
    md5({{ dbt.concat(parts) }})
{%- endmacro %}

{% macro union_of(names) %}
{%- for name in names %}
select * from {{ ref(name) }}
{%- if not loop.last %} union all {% endif %}
{%- endfor %}
{% endmacro %}

{% macro own_var() %}{{ var('own') }}/{{ var('scoped', 'none') }}{% endmacro %}

{% macro is_relation(thing) %}{{ return(thing is mapping and thing.get('metadata', {}).get('type', '').endswith('Relation')) }}{% endmacro %}
