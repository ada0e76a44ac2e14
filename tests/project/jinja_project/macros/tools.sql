{# {% macro hidden() %} #}
{% macro cents(column, digits=2) %}round({{ column }} / 100, {{ digits }}){% endmacro %}

{%- macro parent_of(name) -%}
    {{ ref(name) }}
{%- endmacro -%}

{% macro shop__hello(name) %}'never'{% endmacro %}
{% macro duckdb__hello(name) %}'duck {{ name }}'{% endmacro %}

{% macro set_config(name) %}{{ config(alias=name) }}{% endmacro %}

{% macro wrap() %}({{ caller() }}){% endmacro %}
{% macro never() %}nothing{% if false %}{{ caller() }}{% endif %}{% endmacro %}
{% macro twice() %}{{ caller('x') }}, {{ caller('y') }}{% endmacro %}

{% macro give_list() %}{{ return(['a', 'b']) }}{% endmacro %}
{% macro give_dict() %}{% do return({'x': 1, 'y': none}) %}{% endmacro %}
{% macro typed(a: string, b: list[string] = []) %}{{ a }}{{ b | length }}{% endmacro %}
{% macro var_args() %}{{ varargs | join('-') }}{{ kwargs }}{% endmacro %}
{% macro recursive(n) %}{% if n > 0 %}{{ n }}{{ recursive(n - 1) }}{% endif %}{% endmacro %}
{% macro raw_text() %}{% raw %}{{ ref('never') }} {% macro nope() %}{% endraw %}{% endmacro %}
{% macro tricky_strings(a='%}', b="}}") %}{{ '{% macro no() %}' }}{{ a }}{{ b }}{% endmacro %}
{% macro logs(x) %}{{ log('said ' ~ x, info=true) }}{% do log(x) %}{% do print(x) %}{% endmacro %}
{% macro uses_context() %}{{ context['cents']('q') }}{% endmacro %}
{% macro maybe_column(relation) %}
  {%- for column in adapter.get_columns_in_relation(relation) %}{{ ref(column.name) }}{% endfor -%}
{% endmacro %}
{% macro values_of(query) %}
  {%- set result = run_query(query) -%}
  {%- if execute -%}{{ return(result.columns[0].values()) }}{%- else -%}{{ return([]) }}{%- endif -%}
{% endmacro %}
