{#- Both states are read once and paired by key; what is the same in every compared column is identical. -#}
{% macro changes_between(
    history, t1, t2, columns=none, by='key', identical=false, unique_key=none,
    valid_from=none, valid_to=none, valid_to_current=none, is_deleted=none
) -%}
    {%- if by not in ['key', 'cell'] -%}
        {{ exceptions.raise_compiler_error("changes_between: by is '" ~ by ~ "', write key or cell") }}
    {%- endif -%}
    {%- set known = platform_macros.scd_history(history, {
        'unique_key': unique_key, 'valid_from': valid_from, 'valid_to': valid_to,
        'valid_to_current': valid_to_current, 'is_deleted': is_deleted
    }) -%}
    {%- if execute and not known.unique_key -%}
        {{ exceptions.raise_compiler_error(
            'changes_between: ' ~ history ~ ' is no snapshot whose key could be looked up (in a unit test dbt tells nothing of'
            ~ " it); name the key: unique_key='...'"
        ) }}
    {%- endif -%}
    {%- set compared = platform_macros.scd_compared_columns(known, columns) -%}
    {%- set text = platform_macros.scd_text_type() -%}
    {%- set modified = "scd_change = 'modified'" -%}
    (
        with

        scd_pairs as (
            select
                {%- for key in known.unique_key %}
                coalesce(scd_new.scd_key_{{ loop.index }}, scd_old.scd_key_{{ loop.index }}) as scd_key_{{ loop.index }},
                {%- endfor %}
                {%- for column in compared %}
                scd_old.scd_value_{{ loop.index }} as scd_old_{{ loop.index }},
                scd_new.scd_value_{{ loop.index }} as scd_new_{{ loop.index }},
                case when scd_old.scd_there = 1 and scd_new.scd_there = 1 and (
                    {{ platform_macros.scd_differs(
                        'scd_old.scd_value_' ~ loop.index, 'scd_new.scd_value_' ~ loop.index, column.type
                    ) }}
                ) then 1 else 0 end as scd_differs_{{ loop.index }},
                {%- endfor %}
                scd_old.scd_there as scd_was_there,
                scd_new.scd_there as scd_is_there
            from {{ platform_macros.scd_state(known, t1, compared) }} as scd_old
            full outer join {{ platform_macros.scd_state(known, t2, compared) }} as scd_new
                on
                    {%- for key in known.unique_key %}
                    scd_old.scd_key_{{ loop.index }} = scd_new.scd_key_{{ loop.index }}
                    {%- if not loop.last %} and{% endif %}
                    {%- endfor %}
        ),

        scd_changes as (
            select
                *,
                case
                    when scd_was_there is null then 'added'
                    when scd_is_there is null then 'removed'
                    when 1 in ({% for _ in compared %}scd_differs_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}) then 'modified'
                    else 'identical'
                end as scd_change
            from scd_pairs
        )

        select
            {%- for key in known.unique_key %}
            scd_changes.scd_key_{{ loop.index }} as {{ platform_macros.scd_key_name(key, loop.index) }},
            {%- endfor %}
            scd_changes.scd_change as change,
            {%- if by == 'key' %}
            case when {{ modified }} then substr(
                {%- for column in compared %}
                case when scd_differs_{{ loop.index }} = 1 then {{ platform_macros.scd_text(', ' ~ column.name) }} else '' end
                {%- if not loop.last %} ||{% else %}, 3{% endif %}
                {%- endfor %}
            ) end as changed_columns
        from scd_changes
            {%- else %}
            scd_cells.scd_column as column_name,
            case scd_cells.scd_number
                {%- for column in compared %}
                when {{ loop.index }} then cast(scd_old_{{ loop.index }} as {{ text }})
                {%- endfor %}
            end as old_value,
            case scd_cells.scd_number
                {%- for column in compared %}
                when {{ loop.index }} then cast(scd_new_{{ loop.index }} as {{ text }})
                {%- endfor %}
            end as new_value
        from scd_changes
        left join (
            {%- for column in compared %}
            select {{ loop.index }} as scd_number, cast({{ platform_macros.scd_text(column.name) }} as {{ text }}) as scd_column
            {%- if not loop.last %} union all{% endif %}
            {%- endfor %}
        ) as scd_cells
            on {{ modified }} and case scd_cells.scd_number
                {%- for column in compared %} when {{ loop.index }} then scd_differs_{{ loop.index }}{% endfor %} end = 1
            {%- endif %}
        {%- if not identical %}
        where scd_changes.scd_change <> 'identical'
        {%- endif %}
    )
{%- endmacro %}
