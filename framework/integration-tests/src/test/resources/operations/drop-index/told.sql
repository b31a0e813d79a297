-- case:table tickets tickets
-- case:name created created_at
-- case:name index ix_tickets_created
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
CREATE INDEX {{index}} ON {{tickets}} ({{created}} DESC) WHERE id > 0;
INSERT INTO {{tickets}} SELECT n, now() FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation drop-index table={{tickets}} name={{index}} on="{{created}} DESC" where="id > 0"
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
