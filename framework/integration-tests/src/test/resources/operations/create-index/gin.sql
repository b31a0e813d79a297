-- case:table tickets tickets
-- case:name words words
-- case:name index ix_tickets_words
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{words}} text[]);
INSERT INTO {{tickets}} SELECT n, ARRAY['a', 'b'] FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation create-index table={{tickets}} name={{index}} columns={{words}} using=gin
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{words}} text[]);
CREATE INDEX {{index}} ON {{tickets}} USING gin ({{words}});
