-- case:table tickets tickets
-- case:table open open_tickets
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
-- case:operation
-- athanor:operation create-view name={{open}}
SELECT id, {{status}} FROM {{tickets}} WHERE {{status}} = 'open; really'; -- only those
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
CREATE VIEW {{open}} AS SELECT id, {{status}} FROM {{tickets}} WHERE {{status}} = 'open; really';
