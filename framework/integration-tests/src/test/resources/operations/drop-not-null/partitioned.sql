-- case:table tickets tickets
-- case:table one one
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int, {{priority}} int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
INSERT INTO {{tickets}} SELECT n, n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation drop-not-null table={{tickets}} column={{priority}} down="0"
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (30, NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int, {{priority}} int) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
-- case:check undo
SELECT {{priority}} FROM {{tickets}} WHERE id = 30;
-- = 0
