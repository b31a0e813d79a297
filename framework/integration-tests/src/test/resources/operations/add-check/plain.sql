-- case:table tickets tickets
-- case:name priority priority
-- case:name known priority_known
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL);
INSERT INTO {{tickets}} SELECT n, n % 4 FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-check table={{tickets}} name={{known}} check="{{priority}} BETWEEN 0 AND 3"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21, 3);
-- case:refused contract 23514
INSERT INTO {{tickets}} VALUES (22, 4);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int NOT NULL,
  CONSTRAINT {{known}} CHECK ({{priority}} BETWEEN 0 AND 3));
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (22, 4);
