-- case:table tickets tickets
-- case:name index ix
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, word text);
-- case:operation
-- athanor:operation sql
ALTER TABLE {{tickets}} ALTER COLUMN word SET STATISTICS 500;
ALTER TABLE {{tickets}} ALTER COLUMN word SET STORAGE EXTERNAL;
-- undo
ALTER TABLE {{tickets}} ALTER COLUMN word SET STORAGE EXTENDED;
ALTER TABLE {{tickets}} ALTER COLUMN word SET STATISTICS -1;
-- athanor:operation sql transaction=none
CREATE INDEX CONCURRENTLY {{index}} ON {{tickets}} (word);
-- undo
DROP INDEX CONCURRENTLY IF EXISTS {{index}};
-- case:plain-names the index is dropped by its name without a schema
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, word text);
ALTER TABLE {{tickets}} ALTER COLUMN word SET STATISTICS 500;
ALTER TABLE {{tickets}} ALTER COLUMN word SET STORAGE EXTERNAL;
CREATE INDEX {{index}} ON {{tickets}} (word);
