-- case:table tickets tickets
-- case:irreversible
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
-- case:operation
-- athanor:operation sql
DROP TABLE {{tickets}};
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1);
-- case:fresh
SELECT 1;
