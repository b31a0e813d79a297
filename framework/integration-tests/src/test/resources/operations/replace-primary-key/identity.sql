-- case:table tickets tickets
-- case:name id id
-- case:name subject subject
-- case:setup
CREATE TABLE {{tickets}} ({{id}} integer GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), {{subject}} text,
  CONSTRAINT pk PRIMARY KEY ({{id}}));
INSERT INTO {{tickets}} ({{subject}}) SELECT 'x' || n FROM generate_series(1, 200) n;
-- case:operation
-- athanor:operation replace-primary-key table='{{tickets}}' column={{id}} type=bigint was=integer
-- case:old-writer expand
INSERT INTO {{tickets}} ({{subject}}) VALUES ('a');
INSERT INTO {{tickets}} ({{id}}, {{subject}}) OVERRIDING SYSTEM VALUE VALUES (10, 'b') ON CONFLICT ({{id}}) DO UPDATE SET {{subject}} = 'c';
-- case:new-writer contract
INSERT INTO {{tickets}} ({{subject}}) VALUES ('d');
-- case:refused contract 428C9
INSERT INTO {{tickets}} ({{id}}) VALUES (1);
-- case:check contract
SELECT {{id}}, {{subject}}, pg_typeof({{id}}) FROM {{tickets}} WHERE {{subject}} !~ 'x' ORDER BY 1;
-- = 10 | c | bigint
-- = 1010 | a | bigint
-- = 1015 | d | bigint
-- case:fresh
CREATE TABLE {{tickets}} ({{id}} bigint GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), {{subject}} text,
  CONSTRAINT pk PRIMARY KEY ({{id}}));
-- case:old-writer undo
INSERT INTO {{tickets}} ({{subject}}) VALUES ('e');
-- case:check undo
SELECT {{id}} FROM {{tickets}} WHERE {{subject}} = 'e';
-- = 1020
