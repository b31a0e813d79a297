-- case:table tickets tickets
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'old');
-- case:operation
-- athanor:operation drop-default table={{tickets}} column={{status}} was="'old'"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
