-- The new default counts from contract on; until then rows get the old one, in both shapes. The old column had none to go back to.
-- case:table tickets tickets
-- case:name urgent urgent
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{urgent}} boolean);
INSERT INTO {{tickets}} SELECT n, n % 2 = 0 FROM generate_series(1, 200) n;
-- case:operation
-- athanor:operation change-type table='{{tickets}}' column={{urgent}} to={{priority}} type=integer was=boolean up="CASE WHEN {{urgent}} THEN 1 ELSE 3 END" down="{{priority}} = 1" default=2 was-default=NULL
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (1001, 1), (1002, 2);
-- case:old-writer backfill
INSERT INTO {{tickets}} (id, {{urgent}}) VALUES (1003, true);
-- case:new-writer contract
INSERT INTO {{tickets}} (id) VALUES (1004);
-- case:check contract
SELECT id, {{priority}} FROM {{tickets}} WHERE id IN (1, 2) OR id > 1000 ORDER BY 1;
-- = 1 | 3
-- = 2 | 1
-- = 1001 | 1
-- = 1002 | 2
-- = 1003 | 1
-- = 1004 | 2
-- case:fresh
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{priority}} integer DEFAULT 2);
-- case:check undo
SELECT id, {{urgent}} FROM {{tickets}} WHERE id > 1000 ORDER BY 1;
-- = 1001 | t
-- = 1002 | f
-- = 1003 | t
-- = 1004 | f
