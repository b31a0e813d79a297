-- case:table tickets tickets
-- case:name priority priority
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text NOT NULL, {{priority}} int);
INSERT INTO {{tickets}} SELECT n, 'urgent', CASE WHEN n % 2 = 0 THEN 7 END FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation set-not-null table={{tickets}} column={{priority}} up="CASE {{status}} WHEN 'urgent' THEN 1 ELSE 2 END"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21, 'urgent', NULL), (22, 'calm', NULL), (23, 'calm', 9);
UPDATE {{tickets}} SET {{priority}} = NULL WHERE id = 2;
-- case:check expand
SELECT id, {{priority}} FROM {{tickets}} WHERE id IN (2, 21, 22, 23) ORDER BY id;
-- = 2 | 1
-- = 21 | 1
-- = 22 | 2
-- = 23 | 9
-- case:check backfill
SELECT {{priority}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = 1 | 12
-- = 2 | 1
-- = 7 | 9
-- = 9 | 1
-- case:refused contract 23502
INSERT INTO {{tickets}} VALUES (24, 'urgent', NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text NOT NULL, {{priority}} int NOT NULL);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (24, 'urgent', NULL);
