-- case:table tickets tickets
-- case:table open open_tickets
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, status text);
CREATE VIEW {{open}} AS SELECT id FROM {{tickets}};
-- case:operation
-- athanor:operation create-view name={{open}} replace=true
SELECT id FROM {{tickets}} WHERE status = 'open'
-- undo
CREATE OR REPLACE VIEW {{open}} AS SELECT id FROM {{tickets}};
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, status text);
CREATE VIEW {{open}} AS SELECT id FROM {{tickets}} WHERE status = 'open';
