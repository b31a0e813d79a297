-- case:table tickets tickets
-- case:name priority priority
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
INSERT INTO {{tickets}} SELECT n, CASE WHEN n % 2 = 0 THEN 'urgent' ELSE 'calm' END FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{priority}} type=integer up="CASE {{status}} WHEN 'urgent' THEN 1 ELSE 2 END" not-null=true
-- case:old-writer expand
INSERT INTO {{tickets}} (id, {{status}}) VALUES (21, 'urgent'), (22, 'calm');
UPDATE {{tickets}} SET {{status}} = 'urgent' WHERE id = 22;
-- case:new-writer expand
SET athanor.writer = 'new';
INSERT INTO {{tickets}} (id, {{status}}, {{priority}}) VALUES (23, 'urgent', 9), (24, 'urgent', 1);
UPDATE {{tickets}} SET {{status}} = 'calm' WHERE id IN (23, 24);
-- case:old-writer expand
UPDATE {{tickets}} SET {{status}} = 'urgent' WHERE id = 23;
-- case:check expand
SELECT id, {{priority}} FROM {{tickets}} WHERE id > 20 ORDER BY id;
-- = 21 | 1
-- = 22 | 1
-- = 23 | 9
-- = 24 | 1
-- case:check backfill
SELECT {{priority}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = 1 | 13
-- = 2 | 10
-- = 9 | 1
-- case:refused contract 23502
INSERT INTO {{tickets}} (id, {{status}}) VALUES (25, 'calm');
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text, {{priority}} integer NOT NULL);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (25, 'calm');
