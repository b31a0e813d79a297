-- case:table tickets tickets
-- case:table states states
-- case:name status status
-- case:name state state
-- case:name known known
-- case:name by_status by_status
-- case:setup
CREATE TABLE {{states}} (name text PRIMARY KEY);
INSERT INTO {{states}} VALUES ('open'), ('closed'), ('new');
CREATE TABLE {{tickets}} (
  id int PRIMARY KEY,
  {{status}} text DEFAULT 'open' CONSTRAINT {{known}} CHECK ({{status}} <> ''),
  CONSTRAINT to_states FOREIGN KEY ({{status}}) REFERENCES {{states}} ON DELETE SET NULL);
CREATE INDEX {{by_status}} ON {{tickets}} ({{status}}) WHERE {{status}} <> 'closed';
COMMENT ON COLUMN {{tickets}}.{{status}} IS 'of the ticket';
GRANT SELECT, UPDATE ({{status}}) ON {{tickets}} TO desk_reader;
ALTER TABLE {{tickets}} ALTER COLUMN {{status}} SET STATISTICS 250;
INSERT INTO {{tickets}} VALUES (1, 'open'), (2, 'closed'), (3, NULL);

-- case:operation
-- athanor:operation rename-column table={{tickets}} from={{status}} to={{state}}

-- case:old-writer expand
INSERT INTO {{tickets}} (id, {{status}}) VALUES (4, 'new');
UPDATE {{tickets}} SET {{status}} = 'closed' WHERE id = 1;
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{state}}) VALUES (5, 'closed');
SET athanor.writer = 'new';
UPDATE {{tickets}} SET {{state}} = 'open' WHERE id = 2;
-- case:check expand
SELECT id, {{status}}, {{state}} FROM {{tickets}} ORDER BY id;
-- = 1 | closed | closed
-- = 2 | open | open
-- = 3 | NULL | NULL
-- = 4 | new | new
-- = 5 | closed | closed
-- case:refused expand 23514
UPDATE {{tickets}} SET {{state}} = '' WHERE id = 1;

-- case:old-writer backfill
SET athanor.writer = 'old';
UPDATE {{tickets}} SET {{status}} = 'new' WHERE id = 5;
-- case:new-writer backfill
UPDATE {{tickets}} SET {{state}} = 'open' WHERE id = 3;
UPDATE {{tickets}} SET {{state}} = NULL WHERE id = 2;
-- case:check backfill
SELECT id, {{status}}, {{state}} FROM {{tickets}} ORDER BY id;
-- = 1 | closed | closed
-- = 2 | NULL | NULL
-- = 3 | open | open
-- = 4 | new | new
-- = 5 | new | new

-- case:fresh
CREATE TABLE {{states}} (name text PRIMARY KEY);
CREATE TABLE {{tickets}} (
  id int PRIMARY KEY,
  {{state}} text DEFAULT 'open' CONSTRAINT {{known}} CHECK ({{state}} <> ''),
  CONSTRAINT to_states FOREIGN KEY ({{state}}) REFERENCES {{states}} ON DELETE SET NULL);
CREATE INDEX {{by_status}} ON {{tickets}} ({{state}}) WHERE {{state}} <> 'closed';
COMMENT ON COLUMN {{tickets}}.{{state}} IS 'of the ticket';
GRANT SELECT, UPDATE ({{state}}) ON {{tickets}} TO desk_reader;
ALTER TABLE {{tickets}} ALTER COLUMN {{state}} SET STATISTICS 250;

-- case:new-writer contract
INSERT INTO {{tickets}} (id, {{state}}) VALUES (6, 'new');
-- case:check contract
SELECT id, {{state}} FROM {{tickets}} ORDER BY id;
-- = 1 | closed
-- = 2 | NULL
-- = 3 | open
-- = 4 | new
-- = 5 | new
-- = 6 | new

-- case:old-writer undo
INSERT INTO {{tickets}} (id) VALUES (7);
-- case:check undo
SELECT id, {{status}} FROM {{tickets}} ORDER BY id;
-- = 1 | closed
-- = 2 | NULL
-- = 3 | open
-- = 4 | new
-- = 5 | new
-- = 6 | new
-- = 7 | open
