-- case:table tickets tickets
-- case:table details details
-- case:name note note
-- case:name ticket ticket
-- case:setup
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY, {{note}} varchar(50));
CREATE TABLE {{details}} ({{ticket}} bigint PRIMARY KEY REFERENCES {{tickets}}, other text);
INSERT INTO {{tickets}} SELECT n, 'note ' || n FROM generate_series(1, 200) n;
INSERT INTO {{details}} SELECT n FROM generate_series(1, 200) n;
INSERT INTO {{tickets}} VALUES (201, NULL);
-- case:operation
-- athanor:operation move-column table='{{tickets}}' column={{note}} to-table='{{details}}' key=id to-key={{ticket}}
-- case:old-writer expand
UPDATE {{tickets}} SET {{note}} = 'old' WHERE id = 1;
INSERT INTO {{tickets}} VALUES (1001, 'made by old');
INSERT INTO {{details}} VALUES (1001);
INSERT INTO {{details}} VALUES (201);
UPDATE {{tickets}} SET {{note}} = NULL WHERE id = 4;
-- case:new-writer expand
UPDATE {{details}} SET {{note}} = 'new' WHERE {{ticket}} = 2;
INSERT INTO {{tickets}} VALUES (1002);
INSERT INTO {{details}} ({{ticket}}, {{note}}) VALUES (1002, 'made by new');
-- case:check backfill
SELECT t.id, t.{{note}}, d.{{note}} FROM {{tickets}} t LEFT JOIN {{details}} d ON d.{{ticket}} = t.id WHERE t.id IN (1, 2, 3, 4, 201, 1001, 1002) ORDER BY 1;
-- = 1 | old | old
-- = 2 | new | new
-- = 3 | note 3 | note 3
-- = 4 | NULL | NULL
-- = 201 | NULL | NULL
-- = 1001 | made by old | made by old
-- = 1002 | made by new | made by new
-- case:new-writer contract
UPDATE {{details}} SET {{note}} = 'later' WHERE {{ticket}} = 3;
-- case:fresh
CREATE TABLE {{tickets}} (id bigint PRIMARY KEY);
CREATE TABLE {{details}} ({{ticket}} bigint PRIMARY KEY REFERENCES {{tickets}}, other text, {{note}} varchar(50));
-- case:check undo
SELECT id, {{note}} FROM {{tickets}} WHERE id IN (1, 2, 3, 201) ORDER BY 1;
-- = 1 | old
-- = 2 | new
-- = 3 | later
-- = 201 | NULL
