-- case:table tickets tickets
-- case:table mood mood
-- case:name status status
-- case:name ix ix_status
-- case:setup
CREATE TYPE {{mood}} AS ENUM ('new', 'it''s open');
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{status}} {{mood}} DEFAULT 'it''s open' NOT NULL);
CREATE INDEX {{ix}} ON {{tickets}} ({{status}}, id);
INSERT INTO {{tickets}} SELECT n, 'new' FROM generate_series(1, 200) n;
-- case:operation
-- athanor:operation enum-to-text table='{{tickets}}' column={{status}} was='{{mood}}'
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1001, 'it''s open'), (1002, DEFAULT);
-- case:new-writer contract
INSERT INTO {{tickets}} (id, {{status}}) VALUES (1003, 'new'), (1004, DEFAULT);
-- case:check contract
SELECT {{status}}, count(*), pg_typeof({{status}}) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = it's open | 3 | text
-- = new | 201 | text
-- case:fresh
CREATE TYPE {{mood}} AS ENUM ('new', 'it''s open');
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{status}} text DEFAULT 'it''s open' NOT NULL);
CREATE INDEX {{ix}} ON {{tickets}} ({{status}}, id);
-- case:check undo
SELECT {{status}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = new | 201
-- = it's open | 3
