-- case:table tickets tickets
-- case:table one one
-- case:name created created
-- case:name index ix
-- case:setup
CREATE TABLE {{tickets}} (id int, {{created}} date) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (10);
INSERT INTO {{tickets}} VALUES (1);
-- case:operation
-- athanor:operation create-index table={{tickets}} name={{index}} columns={{created}} partitioned=true
-- athanor:operation drop-index table={{tickets}} name={{index}} columns={{created}} partitioned=true
-- case:check expand
SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid IN ({{tickets.regclass}}, {{one.regclass}});
-- = 2
-- case:fresh
CREATE TABLE {{tickets}} (id int, {{created}} date) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (10);
