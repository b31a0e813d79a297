-- case:table customers customers
-- case:name email email
-- case:name region region
-- case:name unique customers_email
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text, {{region}} text);
INSERT INTO {{customers}} SELECT n, 'e' || n, 'eu' FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-unique table={{customers}} name={{unique}} columns={{email}},{{region}}
-- case:old-writer expand
INSERT INTO {{customers}} VALUES (21, 'e1', 'us');
-- case:refused contract 23505
INSERT INTO {{customers}} VALUES (22, 'e1', 'us');
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text, {{region}} text,
  CONSTRAINT {{unique}} UNIQUE ({{email}}, {{region}}));
-- case:old-writer undo
INSERT INTO {{customers}} VALUES (22, 'e1', 'us');
