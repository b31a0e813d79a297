-- case:table tickets tickets
-- case:name id id
-- case:setup
CREATE TABLE {{tickets}} ({{id}} bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk PRIMARY KEY, word text);
INSERT INTO {{tickets}} (word) SELECT 'x' FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation drop-identity table={{tickets}} column={{id}} always=true
-- case:refused contract 23502
INSERT INTO {{tickets}} (word) VALUES ('none');
-- case:new-writer contract
INSERT INTO {{tickets}} VALUES (1000, 'given');
-- case:fresh
CREATE TABLE {{tickets}} ({{id}} bigint CONSTRAINT pk PRIMARY KEY, word text);
-- case:old-writer undo
INSERT INTO {{tickets}} (word) VALUES ('undone');
-- case:check undo
SELECT {{id}} FROM {{tickets}} WHERE word = 'undone';
-- = 1001
