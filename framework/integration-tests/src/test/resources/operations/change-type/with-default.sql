-- A default that would be wrong for the new values is told anew, in whole and for the way back.
-- case:table tickets tickets
-- case:name spent spent
-- case:setup
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{spent}} text NOT NULL DEFAULT '5 minutes');
INSERT INTO {{tickets}} SELECT n, n || ' minutes' FROM generate_series(1, 300) n;
-- case:operation
-- athanor:operation change-type table='{{tickets}}' column={{spent}} type=integer was=text up="split_part({{spent}}, ' ', 1)::integer * 60" down="{{spent}} / 60 || ' minutes'" default=300 was-default="'5 minutes'"
-- case:old-writer expand
INSERT INTO {{tickets}} (id) VALUES (1001);
UPDATE {{tickets}} SET {{spent}} = DEFAULT WHERE id = 1;
-- case:old-writer backfill
INSERT INTO {{tickets}} (id) VALUES (1002);
-- case:new-writer contract
INSERT INTO {{tickets}} (id) VALUES (1003);
INSERT INTO {{tickets}} VALUES (1004, 600);
-- case:check contract
SELECT id, {{spent}} FROM {{tickets}} WHERE id IN (1, 2) OR id > 1000 ORDER BY 1;
-- = 1 | 300
-- = 2 | 120
-- = 1001 | 300
-- = 1002 | 300
-- = 1003 | 300
-- = 1004 | 600
-- case:fresh
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{spent}} integer NOT NULL DEFAULT 300);
-- case:old-writer undo
INSERT INTO {{tickets}} (id) VALUES (1005);
-- case:check undo
SELECT id, {{spent}} FROM {{tickets}} WHERE id IN (1, 2) OR id > 1000 ORDER BY 1;
-- = 1 | 5 minutes
-- = 2 | 2 minutes
-- = 1001 | 5 minutes
-- = 1002 | 5 minutes
-- = 1003 | 5 minutes
-- = 1004 | 10 minutes
-- = 1005 | 5 minutes
