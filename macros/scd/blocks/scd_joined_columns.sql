{#- (column of the history, its name in the result), quoted, of what as_of_join adds; none: all, whatever they are. -#}
{% macro scd_joined_columns(known, fact_columns, keys, columns, prefix) -%}
    {%- if columns is none and known.columns is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set added = [] -%}
    {%- if columns is none -%}
        {%- for name, _ in known.columns if platform_macros.scd_quote(name) not in keys -%}
            {%- do added.append((platform_macros.scd_quote(name), prefix ~ name)) -%}
        {%- endfor -%}
    {%- else -%}
        {%- for name in ([columns] if columns is string else columns) -%}
            {%- set column = platform_macros.scd_column(name, known.columns) -%}
            {%- do added.append((column, columns[name] if columns is mapping else prefix ~ platform_macros.scd_bare(column))) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set taken = [] -%}
    {%- set result = [] -%}
    {%- for column, name in added -%}
        {%- if fact_columns is not none and platform_macros.scd_find_column(fact_columns, name) -%}
            {%- do taken.append(name) -%}
        {%- endif -%}
        {%- do result.append((column, platform_macros.scd_quote(platform_macros.scd_bare(name)))) -%}
    {%- endfor -%}
    {%- if taken -%}
        {{ exceptions.raise_compiler_error(
            'as_of_join: the facts have a column ' ~ taken | join(', ') ~ ' already; give a prefix, or choose and rename with columns: '
            ~ "columns={'" ~ taken[0] ~ "': 'another_name'}"
        ) }}
    {%- endif -%}
    {{ return(result) }}
{%- endmacro %}
