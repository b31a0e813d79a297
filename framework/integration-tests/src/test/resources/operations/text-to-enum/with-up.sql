-- case:table tickets tickets
-- case:table mood mood
-- case:name status status
-- case:setup
CREATE TYPE {{mood}} AS ENUM ('new', 'open');
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{status}} text);
INSERT INTO {{tickets}} SELECT n, CASE WHEN n % 2 = 0 THEN 'New' ELSE 'open' END FROM generate_series(1, 200) n;
INSERT INTO {{tickets}} VALUES (201, NULL);
-- case:operation
-- athanor:operation text-to-enum table='{{tickets}}' column={{status}} type='{{mood}}' up="lower({{status}})::{{mood}}"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1001, 'OPEN'), (1002, 'NEW');
-- case:refused expand 22P02
INSERT INTO {{tickets}} VALUES (1003, 'closed');
-- case:check contract
SELECT {{status}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = new | 101
-- = open | 101
-- = NULL | 1
-- case:fresh
CREATE TYPE {{mood}} AS ENUM ('new', 'open');
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{status}} {{mood}});
