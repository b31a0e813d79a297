-- case:table tickets tickets
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'old');
-- case:operation
-- athanor:operation set-default table={{tickets}} column={{status}} default="'new'" was="'old'"
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'new');
