-- athanor:revision  split03
-- athanor:message   customers.full_name becomes first_name and last_name

-- athanor:operation split-column table=customers from=full_name to='first_name, last_name' type=text up="split_part(full_name, ' ', 1)" up="split_part(full_name, ' ', 2)" down="first_name || ' ' || last_name" was=text target-chunk-time=50ms lock-timeout=200ms

-- athanor:verify name=same
SELECT count(*) FROM customers WHERE full_name IS DISTINCT FROM first_name || ' ' || last_name;
