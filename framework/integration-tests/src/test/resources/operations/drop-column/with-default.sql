-- case:table tickets tickets
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} int DEFAULT 2 NOT NULL);
INSERT INTO {{tickets}} VALUES (1, 1);
-- case:operation
-- athanor:operation drop-column table={{tickets}} column={{priority}} type=integer default=2 not-null=true
-- case:new-writer expand
INSERT INTO {{tickets}} (id) VALUES (2);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
-- case:check undo
SELECT * FROM {{tickets}} ORDER BY 1;
-- = 1 | 2
-- = 2 | 2
