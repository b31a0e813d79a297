-- What depends on the column is dropped by contract of the same revision, so expand does not ask for it.
-- case:table tickets tickets
-- case:table looks looks
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL);
CREATE VIEW {{looks}} AS SELECT {{priority}} FROM {{tickets}};
INSERT INTO {{tickets}} VALUES (1, 3);
-- case:operation
-- athanor:contract
DROP VIEW {{looks}};
-- athanor:operation drop-column table={{tickets}} column={{priority}} type=integer not-null=true down=3 dependents=contract
-- athanor:undo contract
CREATE VIEW {{looks}} AS SELECT {{priority}} FROM {{tickets}};
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (2, 3);
-- case:new-writer expand
INSERT INTO {{tickets}} (id) VALUES (3);
-- case:check expand
SELECT {{priority}} FROM {{looks}};
-- = 3
-- = 3
-- = NULL
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
-- case:check undo
SELECT {{priority}} FROM {{looks}};
-- = 3
-- = 3
-- = 3
