-- {{ ref('a') }}
{%- call statement('q', fetch_result=True) -%}select 1 as {{ ref('a').identifier }}{%- endcall -%}{%- set r = load_result('q') -%}select {{ 1 if r is none else 2 }}