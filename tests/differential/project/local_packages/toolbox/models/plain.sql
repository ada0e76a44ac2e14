{# the root project has a model of this name too, under another schema #}
select id, amount from {{ ref('toolbox_numbers') }}
