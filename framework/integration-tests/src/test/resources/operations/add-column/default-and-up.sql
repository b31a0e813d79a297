-- case:table tickets tickets
-- case:name priority priority
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
INSERT INTO {{tickets}} SELECT n, CASE WHEN n % 2 = 0 THEN 'urgent' ELSE 'calm' END FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{priority}} type=integer default=3 up="CASE {{status}} WHEN 'urgent' THEN 1 ELSE 2 END" not-null=true
-- case:old-writer expand
INSERT INTO {{tickets}} (id, {{status}}) VALUES (21, 'urgent'), (22, 'calm');
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{status}}, {{priority}}) VALUES (23, 'urgent', 9);
-- case:check backfill
SELECT {{priority}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = 1 | 11
-- = 2 | 11
-- = 9 | 1
-- case:new-writer contract
INSERT INTO {{tickets}} (id, {{status}}) VALUES (24, 'urgent');
-- case:check contract
SELECT {{priority}} FROM {{tickets}} WHERE id = 24;
-- = 3
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text, {{priority}} integer DEFAULT 3 NOT NULL);
