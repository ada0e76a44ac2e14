{#- The columns that changes_between compares: the given ones; else those that open a version in the snapshot's
    configuration; else all but the key, dbt's own and updated_at. Each with `name`, `quoted` and `type`. -#}
{% macro scd_compared_columns(known, columns) -%}
    {%- set names = columns or known.tracked -%}
    {%- set without = [] -%}
    {%- if not names and known.columns -%}
        {%- set names = known.columns | map('first') | list -%}
        {%- for name in known.names + ([known.updated_at] if known.updated_at else []) -%}
            {%- do without.append(platform_macros.scd_bare(name) | lower) -%}
        {%- endfor -%}
    {%- elif not names and execute -%}
        {{ exceptions.raise_compiler_error(
            'changes_between: which columns the history has cannot be read here (a unit test, a CTE, or a table that is not'
            ~ " there yet); name those to compare: columns=['...']"
        ) }}
    {%- endif -%}
    {%- for name in known.unique_key -%}
        {%- do without.append(platform_macros.scd_bare(name) | lower) -%}
    {%- endfor -%}
    {%- if not columns -%}
        {%- set ignored = known.ignored or [] -%}
        {%- for name in ([ignored] if ignored is string else ignored) -%}
            {%- do without.append(platform_macros.scd_bare(name) | lower) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set compared = [] -%}
    {%- for name in ([names] if names is string else names or ['x']) -%}
        {%- set quoted = platform_macros.scd_column(name, known.columns) -%}
        {%- set bare = platform_macros.scd_bare(quoted) -%}
        {%- if bare | lower not in without -%}
            {%- set found = platform_macros.scd_find_column(known.columns, bare) if known.columns else none -%}
            {%- do compared.append({'name': bare, 'quoted': quoted, 'type': found[1] if found else 'unknown'}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(compared) }}
{%- endmacro %}
