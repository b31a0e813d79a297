-- case:table tickets tickets
-- case:name status status
-- case:irreversible
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'old');
-- case:operation
-- athanor:operation drop-default table={{tickets}} column={{status}}
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
