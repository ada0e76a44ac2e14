

  select 1

