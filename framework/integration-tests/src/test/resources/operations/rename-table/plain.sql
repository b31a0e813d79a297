-- case:table tickets tickets
-- case:table cases cases
-- case:name status status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT id_known NOT NULL CONSTRAINT pk PRIMARY KEY,
  {{status}} text DEFAULT 'new' CONSTRAINT status_known NOT NULL);
INSERT INTO {{tickets}} SELECT generate_series(1, 20);
GRANT SELECT ON {{tickets}} TO desk_reader;
GRANT SELECT, INSERT ON {{tickets}} TO desk_writer WITH GRANT OPTION;
GRANT SELECT ON {{tickets}} TO PUBLIC;
-- case:operation
-- athanor:operation rename-table table={{tickets}} to={{cases.name}}
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21);
-- case:new-writer expand
INSERT INTO {{cases}} VALUES (22) RETURNING id;
INSERT INTO {{cases}} VALUES (21, 'x') ON CONFLICT (id) DO UPDATE SET {{status}} = excluded.{{status}};
UPDATE {{cases}} SET {{status}} = 'open' WHERE id = 1;
DELETE FROM {{cases}} WHERE id = 2;
-- case:check expand
SELECT id, {{status}} FROM {{tickets}} WHERE id IN (1, 2, 21, 22) ORDER BY id;
-- = 1 | open
-- = 21 | x
-- = 22 | new
SELECT has_table_privilege('desk_writer', {{cases.regclass}}, 'INSERT'), has_table_privilege('desk_reader', {{cases.regclass}}, 'INSERT');
-- = t | f
-- case:new-writer contract
INSERT INTO {{cases}} VALUES (23);
-- case:fresh
CREATE TABLE {{cases}} (id int CONSTRAINT id_known NOT NULL CONSTRAINT pk PRIMARY KEY,
  {{status}} text DEFAULT 'new' CONSTRAINT status_known NOT NULL);
GRANT SELECT ON {{cases}} TO desk_reader;
GRANT SELECT, INSERT ON {{cases}} TO desk_writer WITH GRANT OPTION;
GRANT SELECT ON {{cases}} TO PUBLIC;
-- case:check undo
SELECT count(*) FROM {{tickets}};
-- = 22
