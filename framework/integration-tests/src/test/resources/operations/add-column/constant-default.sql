-- case:table tickets tickets
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int PRIMARY KEY);
INSERT INTO {{tickets}} VALUES (1), (2);

-- case:operation
-- athanor:operation add-column table={{tickets}} column={{priority}} type="varchar(10)" default="'normal'" not-null=true

-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (3);
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (4, 'high');
-- case:refused expand 23502
INSERT INTO {{tickets}} (id, {{priority}}) VALUES (5, NULL);
-- case:check contract
SELECT id, {{priority}} FROM {{tickets}} ORDER BY id;
-- = 1 | normal
-- = 2 | normal
-- = 3 | normal
-- = 4 | high

-- case:fresh
CREATE TABLE {{tickets}} (id int PRIMARY KEY, {{priority}} varchar(10) NOT NULL DEFAULT 'normal');

-- case:check undo
SELECT id FROM {{tickets}} ORDER BY id;
-- = 1
-- = 2
-- = 3
-- = 4
