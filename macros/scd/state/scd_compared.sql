{#- The columns in which source and open version are compared: all of the source, or updated_at alone when `check_ties: false` trusts it. -#}
{% macro scd_compared(scd) -%}
    {%- set trusted = scd.sequence and scd.strategy == 'timestamp' and scd.scd.get('check_ties') is sameas false -%}
    {%- set compared = [] -%}
    {%- for column in scd.data if column.source and not column.is_key and (not trusted or column.source == scd.sequence.source) -%}
        {%- do compared.append(column) -%}
    {%- endfor -%}
    {{ return(compared) }}
{%- endmacro %}
