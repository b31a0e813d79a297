-- case:table tickets tickets
-- case:name subject subject
-- case:name index ix_tickets_subject
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text, closed boolean);
INSERT INTO {{tickets}} SELECT n, 'Subject ' || n, n % 2 = 0 FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation create-index table={{tickets}} name={{index}} on="lower({{subject}}) DESC NULLS LAST" include=id,closed unique=true where="NOT closed" using=btree with="fillfactor = 80"
-- case:refused expand 23505
INSERT INTO {{tickets}} VALUES (21, 'SUBJECT 1', false);
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (21, 'SUBJECT 1', true);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text, closed boolean);
CREATE UNIQUE INDEX {{index}} ON {{tickets}} (lower({{subject}}) DESC NULLS LAST) INCLUDE (id, closed) WITH (fillfactor = 80) WHERE NOT closed;
