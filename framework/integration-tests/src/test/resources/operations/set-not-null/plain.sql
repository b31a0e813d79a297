-- case:table tickets tickets
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int);
INSERT INTO {{tickets}} SELECT n, n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation set-not-null table={{tickets}} column={{priority}}
-- case:refused contract 23502
INSERT INTO {{tickets}} VALUES (24, NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (24, NULL);
