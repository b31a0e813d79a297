-- case:table tickets tickets
-- case:name priority priority
-- case:name known priority_known
-- case:irreversible
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL,
  CONSTRAINT {{known}} CHECK ({{priority}} BETWEEN 0 AND 3));
-- case:operation
-- athanor:operation drop-check table={{tickets}} name={{known}}
-- case:refused expand 23514
INSERT INTO {{tickets}} VALUES (22, 4);
-- case:new-writer contract
INSERT INTO {{tickets}} VALUES (22, 4);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL);
