{#- Opens the transaction that the rest of the run lives in. -#}
{% macro scd_begin(scd) -%}
    {%- if target.type == 'duckdb' and adapter.disable_transactions() -%}
        {%- do platform_macros.scd_refuse(
            scd, 'no_transaction',
            'the profile says disable_transactions: true, but a history is written whole or not at all; remove that line'
        ) -%}
    {%- else -%}
        {%- do platform_macros.scd_execute('select 1') -%}
    {%- endif -%}
{%- endmacro %}
