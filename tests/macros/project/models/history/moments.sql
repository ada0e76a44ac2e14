select cast(null as timestamp) as moment
where false
