-- Both versions use one name; all that belongs to the column goes over to the new one.
-- case:table tickets tickets
-- case:table queues queues
-- case:name priority priority
-- case:name queue queue
-- case:table ix_part ix_part
-- case:name ix_lower ix_lower
-- case:name uq uq_priority
-- case:name positive positive
-- case:name odd odd_ones
-- case:name fk fk_priority
-- case:table st st_priority
-- case:setup
CREATE TABLE {{queues}} ({{priority}} integer PRIMARY KEY);
INSERT INTO {{queues}} SELECT n FROM generate_series(0, 600) n;
CREATE TABLE {{tickets}} (
  id bigint CONSTRAINT pk_tickets PRIMARY KEY,
  {{priority}} integer DEFAULT 3 NOT NULL,
  {{queue}} text,
  CONSTRAINT {{uq}} UNIQUE (id, {{priority}}) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT {{positive}} CHECK ({{priority}} >= 0),
  CONSTRAINT {{fk}} FOREIGN KEY ({{priority}}) REFERENCES {{queues}} ({{priority}}) ON DELETE RESTRICT);
ALTER TABLE {{tickets}} ADD CONSTRAINT {{odd}} CHECK ({{priority}} <> 4) NOT VALID;
CREATE INDEX {{ix_part.name}} ON {{tickets}} ({{priority}} DESC, {{queue}}) INCLUDE (id) WITH (fillfactor = 80) WHERE {{priority}} > 1;
CREATE INDEX {{ix_lower}} ON {{tickets}} ((({{priority}} + 1)), lower({{queue}}));
CREATE STATISTICS {{st}} (ndistinct, dependencies) ON {{priority}}, {{queue}} FROM {{tickets}};
COMMENT ON COLUMN {{tickets}}.{{priority}} IS 'it''s "how" urgent\';
COMMENT ON INDEX {{ix_part}} IS 'for the list';
COMMENT ON CONSTRAINT {{positive}} ON {{tickets}} IS 'not below zero';
GRANT SELECT ({{priority}}), UPDATE ({{priority}}) ON {{tickets}} TO desk_writer;
GRANT SELECT ({{priority}}) ON {{tickets}} TO desk_reader WITH GRANT OPTION;
ALTER TABLE {{tickets}} ALTER COLUMN {{priority}} SET STATISTICS 500;
ALTER TABLE {{tickets}} ALTER COLUMN {{priority}} SET (n_distinct = 7);
INSERT INTO {{tickets}} SELECT n, n, 'Q' || n FROM generate_series(5, 500) n;

-- case:operation
-- athanor:operation change-type table='{{tickets}}' column={{priority}} type=bigint was=integer

-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1001, 50);
INSERT INTO {{tickets}} (id) VALUES (1002);
INSERT INTO {{tickets}} (id) VALUES (1002) ON CONFLICT (id) DO UPDATE SET {{priority}} = 51;
UPDATE {{tickets}} SET {{priority}} = {{priority}} + 1 WHERE id IN (5, 1001);
-- case:check backfill
SELECT id, {{priority}} FROM {{tickets}} WHERE id IN (5, 6, 1001, 1002) ORDER BY 1;
-- = 5 | 6
-- = 6 | 6
-- = 1001 | 51
-- = 1002 | 51
-- case:old-writer backfill
UPDATE {{tickets}} SET {{priority}} = 77 WHERE id = 7;
INSERT INTO {{tickets}} VALUES (1003, 52);
-- case:check contract
SELECT id, {{priority}}, pg_typeof({{priority}}) FROM {{tickets}} WHERE id IN (5, 7, 1002, 1003) ORDER BY 1;
-- = 5 | 6 | bigint
-- = 7 | 77 | bigint
-- = 1002 | 51 | bigint
-- = 1003 | 52 | bigint
-- case:new-writer contract
INSERT INTO {{tickets}} (id) VALUES (1004);
-- case:refused contract 23514
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (1005, -1);
-- case:refused contract 23503
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (1005, 9999);
-- case:refused contract 23502
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (1005, NULL);
-- case:fresh
CREATE TABLE {{queues}} ({{priority}} integer PRIMARY KEY);
CREATE TABLE {{tickets}} (
  id bigint CONSTRAINT pk_tickets PRIMARY KEY,
  {{priority}} bigint DEFAULT 3 NOT NULL,
  {{queue}} text,
  CONSTRAINT {{uq}} UNIQUE (id, {{priority}}) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT {{positive}} CHECK ({{priority}} >= 0),
  CONSTRAINT {{fk}} FOREIGN KEY ({{priority}}) REFERENCES {{queues}} ({{priority}}) ON DELETE RESTRICT);
ALTER TABLE {{tickets}} ADD CONSTRAINT {{odd}} CHECK ({{priority}} <> 4) NOT VALID;
CREATE INDEX {{ix_part.name}} ON {{tickets}} ({{priority}} DESC, {{queue}}) INCLUDE (id) WITH (fillfactor = 80) WHERE {{priority}} > 1;
CREATE INDEX {{ix_lower}} ON {{tickets}} ((({{priority}} + 1)), lower({{queue}}));
CREATE STATISTICS {{st}} (ndistinct, dependencies) ON {{priority}}, {{queue}} FROM {{tickets}};
COMMENT ON COLUMN {{tickets}}.{{priority}} IS 'it''s "how" urgent\';
COMMENT ON INDEX {{ix_part}} IS 'for the list';
COMMENT ON CONSTRAINT {{positive}} ON {{tickets}} IS 'not below zero';
GRANT SELECT ({{priority}}), UPDATE ({{priority}}) ON {{tickets}} TO desk_writer;
GRANT SELECT ({{priority}}) ON {{tickets}} TO desk_reader WITH GRANT OPTION;
ALTER TABLE {{tickets}} ALTER COLUMN {{priority}} SET STATISTICS 500;
ALTER TABLE {{tickets}} ALTER COLUMN {{priority}} SET (n_distinct = 7);
-- case:check undo
SELECT id, {{priority}}, pg_typeof({{priority}}) FROM {{tickets}} WHERE id IN (7, 1004) ORDER BY 1;
-- = 7 | 77 | integer
-- = 1004 | 3 | integer
