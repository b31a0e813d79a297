-- case:table tickets tickets
-- case:name priority priority
-- case:irreversible
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL CONSTRAINT u UNIQUE);
INSERT INTO {{tickets}} VALUES (1, 1);
-- case:operation
-- athanor:operation drop-column table={{tickets}} column={{priority}}
-- case:new-writer expand
INSERT INTO {{tickets}} (id) VALUES (2);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
