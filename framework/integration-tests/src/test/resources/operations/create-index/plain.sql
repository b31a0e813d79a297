-- case:table tickets tickets
-- case:name created created_at
-- case:name index ix_tickets_created
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
INSERT INTO {{tickets}} SELECT n, now() FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation create-index table={{tickets}} name={{index}} columns={{created}},id
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{created}} timestamptz);
CREATE INDEX {{index}} ON {{tickets}} ({{created}}, id);
