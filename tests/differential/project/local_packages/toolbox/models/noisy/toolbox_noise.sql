select * from {{ ref('toolbox_numbers') }}
