-- Without triggers: both versions write both columns.
-- case:table tickets tickets
-- case:name status status
-- case:name state state
-- case:setup
CREATE TABLE {{tickets}} (id int PRIMARY KEY, {{status}} text);
INSERT INTO {{tickets}} VALUES (1, 'open'), (2, NULL);
-- case:operation
-- athanor:operation rename-column table={{tickets}} from={{status}} to={{state}} sync=none
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (3, 'new', 'new');
-- case:new-writer expand
UPDATE {{tickets}} SET {{status}} = 'shut', {{state}} = 'shut' WHERE id = 2;
-- case:check expand
SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal;
-- = 0
-- case:check contract
SELECT id, {{state}} FROM {{tickets}} ORDER BY id;
-- = 1 | open
-- = 2 | shut
-- = 3 | new
-- case:fresh
CREATE TABLE {{tickets}} (id int PRIMARY KEY, {{state}} text);
