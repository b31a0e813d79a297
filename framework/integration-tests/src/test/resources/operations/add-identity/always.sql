-- case:table tickets tickets
-- case:name id id
-- case:setup
CREATE TABLE {{tickets}} ({{id}} bigint CONSTRAINT pk PRIMARY KEY, word text);
INSERT INTO {{tickets}} SELECT 100 + n, 'x' FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-identity table={{tickets}} column={{id}} always=true
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (150, 'given');
-- case:refused contract 428C9
INSERT INTO {{tickets}} VALUES (151, 'given');
-- case:new-writer contract
INSERT INTO {{tickets}} (word) VALUES ('by itself');
-- case:check contract
SELECT {{id}} FROM {{tickets}} WHERE word = 'by itself';
-- = 151
-- case:fresh
CREATE TABLE {{tickets}} ({{id}} bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk PRIMARY KEY, word text);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (152, 'given');
