select * from {{
  ref(
    'a'
  )
}} join {{ ref ( "b" ) }}