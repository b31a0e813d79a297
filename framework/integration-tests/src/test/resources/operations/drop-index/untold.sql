-- case:table tickets tickets
-- case:name created created_at
-- case:name index ix_tickets_created
-- case:irreversible
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
CREATE INDEX {{index}} ON {{tickets}} ({{created}} DESC);
-- case:operation
-- athanor:operation drop-index table={{tickets}} name={{index}}
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
