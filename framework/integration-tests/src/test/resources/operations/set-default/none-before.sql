-- case:table tickets tickets
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
-- case:operation
-- athanor:operation set-default table={{tickets}} column={{status}} default="'new'"
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (1);
-- case:check expand
SELECT {{status}} FROM {{tickets}};
-- = new
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'new');
