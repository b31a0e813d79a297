-- case:table people people
-- case:name name name
-- case:name first first_name
-- case:name last last_name
-- case:setup
CREATE TABLE {{people}} (id bigint PRIMARY KEY, {{name}} text);
INSERT INTO {{people}} SELECT n, 'Ann Lee' || n FROM generate_series(1, 200) n;
INSERT INTO {{people}} VALUES (201, NULL), (202, 'Plato');
GRANT SELECT ({{name}}) ON {{people}} TO desk_reader;
-- case:operation
-- athanor:operation split-column table='{{people}}' from={{name}} to='{{first}}, {{last}}' type=text up="split_part({{name}}, ' ', 1)" up="nullif(split_part({{name}}, ' ', 2), '')" down="{{first}} || coalesce(' ' || {{last}}, '')" was=text
-- case:old-writer expand
INSERT INTO {{people}} VALUES (1001, 'Bob Ray');
UPDATE {{people}} SET {{name}} = 'Cy Dee' WHERE id = 1;
-- case:new-writer expand
INSERT INTO {{people}} (id, {{first}}, {{last}}) VALUES (1002, 'Eve', 'Fox');
UPDATE {{people}} SET {{first}} = 'Gus', {{last}} = 'Hill' WHERE id = 2;
UPDATE {{people}} SET {{first}} = 'Gia' WHERE id = 4;
UPDATE {{people}} SET {{last}} = 'Ito' WHERE id = 5;
-- case:check backfill
SELECT id, {{name}}, {{first}}, {{last}} FROM {{people}} WHERE id IN (1, 2, 3, 4, 5, 201, 202, 1001, 1002) ORDER BY 1;
-- = 1 | Cy Dee | Cy | Dee
-- = 2 | Gus Hill | Gus | Hill
-- = 3 | Ann Lee3 | Ann | Lee3
-- = 4 | Gia Lee4 | Gia | Lee4
-- = 5 | Ann Ito | Ann | Ito
-- = 201 | NULL | NULL | NULL
-- = 202 | Plato | Plato | NULL
-- = 1001 | Bob Ray | Bob | Ray
-- = 1002 | Eve Fox | Eve | Fox
-- case:new-writer contract
UPDATE {{people}} SET {{last}} = 'Roe' WHERE id = 3;
-- case:fresh
CREATE TABLE {{people}} (id bigint PRIMARY KEY, {{first}} text, {{last}} text);
GRANT SELECT ({{first}}, {{last}}) ON {{people}} TO desk_reader;
-- case:check undo
SELECT id, {{name}} FROM {{people}} WHERE id IN (1, 3, 4, 201, 202) ORDER BY 1;
-- = 1 | Cy Dee
-- = 3 | Ann Roe
-- = 4 | Gia Lee4
-- = 201 | NULL
-- = 202 | Plato
