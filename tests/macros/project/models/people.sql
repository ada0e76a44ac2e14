-- The full current state on two days: b changes, c leaves, d comes.
select *
from (
    values
    ('2022-04-06', 'a', 1), ('2022-04-06', 'b', 1), ('2022-04-06', 'c', 1),
    ('2022-11-21', 'a', 1), ('2022-11-21', 'b', 2), ('2022-11-21', 'd', 1)
) as days (day, person, age)
where day = '{{ var("day", "2022-04-06") }}'
