with

[% for parent in model.parents %]
[[ parent.alias ]] as (

    select * from {{ [[ parent.call ]] }}

),

[% endfor %]
final as (

    select
[% for alias in model.selected.unknown %]
        -- TODO: list the columns of [[ alias ]]; nobody knew them when this was written.
[% endfor %]
[% for item in model.selected.items %]
        [[ item ]][[ "," if not loop.last ]]
[% endfor %]
    from [[ model.parents[0].alias ]]
[% for join in model.selected.joins %]
    left join [[ join.alias ]]
        on [[ join.left ]] = [[ join.right ]]
[% endfor %]
[% if model.incremental_on %]
    {% if is_incremental() %}
    -- The newest rows come once more, in case they came late: unique_key replaces them.
    where [[ model.incremental_on.expression ]] >= (select max([[ model.incremental_on.quoted ]]) from {{ this }})
    {% endif %}
[% endif %]

)

select * from final
