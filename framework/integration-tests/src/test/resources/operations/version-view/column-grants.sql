-- Whoever may read all columns that the view shows, and write some of them, may do so through the view.
-- case:versions from=15
-- case:table tickets tickets
-- case:name subject subject
-- case:name v2 desk_v2
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text, secret text);
INSERT INTO {{tickets}} SELECT n, 's' || n FROM generate_series(1, 20) n;
GRANT SELECT (id, {{subject}}), UPDATE ({{subject}}) ON {{tickets}} TO desk_reader;
-- case:operation
-- athanor:operation version-view table='{{tickets}}' schema={{v2}} columns="id, {{subject}}"
-- case:new-writer expand
SET search_path = {{v2}};
SET ROLE desk_reader;
UPDATE {{tickets.name}} SET {{subject}} = 'by new' WHERE id = 1;
-- case:refused expand 42501
SET search_path = {{v2}}; SET ROLE desk_reader; UPDATE {{tickets.name}} SET id = id + 100;
-- case:check contract
SELECT {{subject}} FROM {{tickets}} WHERE id = 1;
-- = by new
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text, secret text);
GRANT SELECT (id, {{subject}}), UPDATE ({{subject}}) ON {{tickets}} TO desk_reader;
CREATE SCHEMA {{v2}};
COMMENT ON SCHEMA {{v2}} IS 'athanor: of one version';
GRANT USAGE ON SCHEMA {{v2}} TO desk_reader;
CREATE VIEW {{v2}}.{{tickets.name}} WITH (security_invoker = true) AS SELECT id, {{subject}} FROM {{tickets}};
COMMENT ON VIEW {{v2}}.{{tickets.name}} IS 'athanor: of one version';
GRANT SELECT (id, {{subject}}), UPDATE ({{subject}}) ON {{v2}}.{{tickets.name}} TO desk_reader;
