[% include "_parts/select.sql" %]
