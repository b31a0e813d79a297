-- Each version of the application has its schema on the search path and reads and writes its view.
-- case:table tickets tickets
-- case:name status status
-- case:name state state
-- case:name v1 desk_v1
-- case:name v2 desk_v2
-- case:setup
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{status}} text DEFAULT 'open');
GRANT SELECT, INSERT ON {{tickets}} TO desk_writer;
INSERT INTO {{tickets}} SELECT n, 'new' FROM generate_series(1, 100) n;
-- case:operation
-- athanor:operation version-view table='{{tickets}}' schema={{v1}} columns="id, {{status}}" version=old
-- athanor:operation change-type table='{{tickets}}' column={{status}} to={{state}} type=varchar(20) was=text
-- athanor:operation version-view table='{{tickets}}' schema={{v2}} columns="id, {{state}}"
-- case:old-writer expand
SET search_path = {{v1}};
INSERT INTO {{tickets.name}} (id, {{status}}) VALUES (1001, 'by old');
-- case:new-writer expand
SET search_path = {{v2}};
SET ROLE desk_writer;
INSERT INTO {{tickets.name}} (id, {{state}}) VALUES (1002, 'by new');
-- case:check backfill
SELECT id, {{status}}, {{state}} FROM {{tickets}} WHERE id IN (1, 1001, 1002) ORDER BY id;
-- = 1 | new | new
-- = 1001 | by old | by old
-- = 1002 | by new | by new
-- case:fresh
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{state}} varchar(20) DEFAULT 'open');
GRANT SELECT, INSERT ON {{tickets}} TO desk_writer;
CREATE SCHEMA {{v2}};
COMMENT ON SCHEMA {{v2}} IS 'athanor: of one version';
GRANT USAGE ON SCHEMA {{v2}} TO desk_writer;
-- case:fresh to=14
CREATE VIEW {{v2}}.{{tickets.name}} AS SELECT id, {{state}} FROM {{tickets}};
-- case:fresh from=15
CREATE VIEW {{v2}}.{{tickets.name}} WITH (security_invoker = true) AS SELECT id, {{state}} FROM {{tickets}};
-- case:fresh
COMMENT ON VIEW {{v2}}.{{tickets.name}} IS 'athanor: of one version';
GRANT SELECT, INSERT ON {{v2}}.{{tickets.name}} TO desk_writer;
