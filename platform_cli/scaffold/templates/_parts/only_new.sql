
    {% if is_incremental() %}
[% if model.incremental.append %]
        -- Rows are only added: what comes late, with an older value, is not seen.
        where
            [[ model.incremental.column | sql ]] > (select max(loaded.[[ model.incremental.name | sql ]]) from {{ this }} as loaded)
            or not exists (select 1 from {{ this }})
[% else %]
        -- The newest rows come once more, in case they came late: unique_key replaces them.
        where
            [[ model.incremental.column | sql ]] >= (select max(loaded.[[ model.incremental.name | sql ]]) from {{ this }} as loaded)
            or not exists (select 1 from {{ this }})
[% endif %]
    {% endif %}
