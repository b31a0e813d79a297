-- case:table customers customers
-- case:name email email
-- case:name unique customers_email
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text CONSTRAINT {{unique}} UNIQUE);
INSERT INTO {{customers}} SELECT n, 'e' || n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation drop-unique table={{customers}} name={{unique}} column={{email}}
-- case:old-writer expand
INSERT INTO {{customers}} VALUES (30, 'e1') ON CONFLICT ({{email}}) DO NOTHING;
-- case:new-writer contract
INSERT INTO {{customers}} VALUES (21, 'e1');
DELETE FROM {{customers}} WHERE id = 21;
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text);
-- case:refused undo 23505
INSERT INTO {{customers}} VALUES (22, 'e1');
