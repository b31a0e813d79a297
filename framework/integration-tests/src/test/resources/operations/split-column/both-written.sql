-- Without triggers: both versions write both shapes.
-- case:table people people
-- case:name name name
-- case:setup
CREATE TABLE {{people}} (id int PRIMARY KEY, {{name}} text);
INSERT INTO {{people}} VALUES (1, 'Ann Lee');
-- case:operation
-- athanor:operation split-column table={{people}} from={{name}} to='first_name, last_name' type=text up="split_part({{name}}, ' ', 1)" up="split_part({{name}}, ' ', 2)" down="first_name || ' ' || last_name" was=text sync=none
-- case:new-writer expand
INSERT INTO {{people}} VALUES (2, 'Bob Ray', 'Bob', 'Ray');
-- case:check backfill
SELECT * FROM {{people}} ORDER BY id;
-- = 1 | Ann Lee | Ann | Lee
-- = 2 | Bob Ray | Bob | Ray
-- case:fresh
CREATE TABLE {{people}} (id int PRIMARY KEY, first_name text, last_name text);
-- case:check undo
SELECT id, {{name}} FROM {{people}} ORDER BY id;
-- = 1 | Ann Lee
-- = 2 | Bob Ray
