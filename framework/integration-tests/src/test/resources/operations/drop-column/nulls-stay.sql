-- Rows of a column that may be null have no value on purpose; expand and its undo leave them alone.
-- case:table tickets tickets
-- case:name due due
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{due}} date);
INSERT INTO {{tickets}} SELECT n, CASE WHEN n % 2 = 0 THEN date '2026-01-01' END FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation drop-column table={{tickets}} column={{due}} type=date down="date '2026-01-01' + id"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21, NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
-- case:check undo
SELECT count(*), count({{due}}) FROM {{tickets}};
-- = 21 | 21
