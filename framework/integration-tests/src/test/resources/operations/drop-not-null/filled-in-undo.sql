-- case:table tickets tickets
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL);
INSERT INTO {{tickets}} SELECT n, n FROM generate_series(1, 2000) n;
-- case:operation
-- athanor:operation drop-not-null table={{tickets}} column={{priority}} down="id % 3"
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (2001, NULL);
UPDATE {{tickets}} SET {{priority}} = NULL WHERE id = 5;
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int);
-- case:check undo
SELECT id, {{priority}} FROM {{tickets}} WHERE id IN (5, 2001) ORDER BY 1;
-- = 5 | 2
-- = 2001 | 0
-- case:refused undo 23502
INSERT INTO {{tickets}} VALUES (2002, NULL);
