{#- For keys that several versions may hold at a time: cut wherever one of them starts or ends, and between two cuts the
    preferred one counts; by default the one that started last, then the first by the history's key. -#}
{% macro scd_steps(known, keys, prefer) -%}
    {%- set order = [known.valid_from ~ ' desc'] -%}
    {%- for key in known.unique_key -%}
        {%- do order.append('scd_rows.' ~ key if key[0] == platform_macros.scd_quote('x')[0] else key) -%}
    {%- endfor -%}
    (
        with

        scd_cuts as (
            select
                {%- for key in keys %}
                scd_rows.{{ key }} as scd_key_{{ loop.index }},
                {%- endfor %}
                {{ known.valid_from }} as scd_from
            from {{ known.rows }} as scd_rows
            union
            select
                {%- for key in keys %}
                scd_rows.{{ key }},
                {%- endfor %}
                {{ known.valid_to }}
            from {{ known.rows }} as scd_rows
            where not ({{ known.is_open }})
        ),

        scd_steps as (
            select
                *,
                lead(scd_from) over (
                    partition by {% for key in keys %}scd_key_{{ loop.index }}{{ ', ' if not loop.last }}{% endfor %}
                    order by scd_from
                ) as scd_to
            from scd_cuts
        )

        select *
        from (
            select
                scd_rows.*,
                scd_steps.scd_from,
                scd_steps.scd_to,
                row_number() over (
                    partition by scd_rows.{{ keys | join(', scd_rows.') }}, scd_steps.scd_from
                    order by {{ prefer or order | join(', ') }}
                ) as scd_rank
            from scd_steps
            inner join {{ known.rows }} as scd_rows
                on
                    {%- for key in keys %}
                    scd_steps.scd_key_{{ loop.index }} = scd_rows.{{ key }} and
                    {%- endfor %}
                    {{ known.valid_from }} <= scd_steps.scd_from
                    and ({{ known.is_open }} or scd_steps.scd_from < {{ known.valid_to }})
        ) as scd_ranked
        where scd_rank = 1
    )
{%- endmacro %}
