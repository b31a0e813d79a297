-- case:table tickets tickets
-- case:table one one
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int, {{priority}} int) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
INSERT INTO {{tickets}} SELECT n, n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation set-not-null table={{tickets}} column={{priority}}
-- case:refused contract 23502
INSERT INTO {{tickets}} VALUES (24, NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int, {{priority}} int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (24, NULL);
