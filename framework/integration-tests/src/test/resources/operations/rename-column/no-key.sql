-- case:table events events
-- case:name kind kind
-- case:name type type
-- case:setup
CREATE TABLE {{events}} (n int, {{kind}} text);
INSERT INTO {{events}} SELECT n, 'kind ' || n % 7 FROM generate_series(1, 5000) n;
INSERT INTO {{events}} VALUES (5001, NULL);
-- case:operation
-- athanor:operation rename-column table={{events}} from={{kind}} to={{type}} chunk-size=300
-- case:old-writer expand
INSERT INTO {{events}} VALUES (5002, 'old');
UPDATE {{events}} SET {{kind}} = 'changed' WHERE n = 7;
-- case:new-writer expand
INSERT INTO {{events}} (n, {{type}}) VALUES (5003, 'new');
-- case:check backfill
SELECT count(*), count(*) FILTER (WHERE {{kind}} IS DISTINCT FROM {{type}}), count({{type}}) FROM {{events}};
-- = 5003 | 0 | 5002
-- case:fresh
CREATE TABLE {{events}} (n int, {{type}} text);
-- case:check undo
SELECT n, {{kind}} FROM {{events}} WHERE n IN (7, 5001, 5002, 5003) ORDER BY 1;
-- = 7 | changed
-- = 5001 | NULL
-- = 5002 | old
-- = 5003 | new
