{# Every way in which a macro can bring a dependency to the model that calls it. #}
{% macro hard_wired() %}(select * from {{ ref('plain') }}){% endmacro %}

{% macro by_name(name, package=none) -%}
    {%- if package is none -%}{{ ref(name) }}{%- else -%}{{ ref(package, name) }}{%- endif -%}
{%- endmacro %}

{% macro staged_from(source_name, table_name) -%}
    select * from {{ source(source_name, table_name) }}
{%- endmacro %}

{% macro union_of(names) -%}
    {%- for name in names %}
    select id, amount from {{ by_name(name) }}
    {%- if not loop.last %} union all {% endif -%}
    {%- endfor %}
{%- endmacro %}

{% macro mart_names() %}
    {% set names = ['plain'] %}
    {% do names.append('also_plain') %}
    {% if var('use_alternative', false) %}{% do names.append('alternative') %}{% endif %}
    {{ return(names) }}
{% endmacro %}

{% macro limited(how_many=none) %}
    {% set inner = caller() %}
    select * from ({{ inner }}) limit {{ how_many or var('row_limit') }}
{% endmacro %}

{% macro kinds_at_run_time() %}
    {% call statement('kinds', fetch_result=True) %}
        select distinct status from {{ ref('plain') }} order by 1
    {% endcall %}
    {% set found = [] %}
    {% if execute %}
        {% for row in load_result('kinds')['data'] %}{% do found.append(row[0]) %}{% endfor %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}

{% macro alive(relation) %}
    {% if execute and relation is not none %}
        {% set n = run_query('select count(*) from ' ~ relation).columns[0].values()[0] %}
        {{ return(n) }}
    {% endif %}
    {{ return(0) }}
{% endmacro %}
