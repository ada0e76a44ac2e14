with

[% for parent in model.parents %]
[[ parent.alias ]] as (

    select * from {{ [[ parent.read ]] }}
[% if parent.only %]
    where [[ parent.only ]]
[% endif %]
[% if loop.first and model.incremental %]
[% include "_parts/only_new.sql" %]
[% endif %]

),

[% endfor %]
final as (

    select[[ " distinct" if model.selected.distinct ]]
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
[% if model.selected.group_by %]
    group by
[% for expression in model.selected.group_by %]
        [[ expression ]][[ "," if not loop.last ]]
[% endfor %]
[% endif %]

)

select * from final
