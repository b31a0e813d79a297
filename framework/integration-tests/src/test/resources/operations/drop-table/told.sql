-- case:table tickets tickets
-- case:table notes notes
-- case:name note note
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
CREATE TABLE {{notes}} (id int CONSTRAINT notes_pk PRIMARY KEY,
  ticket int CONSTRAINT one REFERENCES {{tickets}}, other int CONSTRAINT two REFERENCES {{tickets}}, {{note}} text);
INSERT INTO {{tickets}} VALUES (1);
INSERT INTO {{notes}} VALUES (1, 1, 1, 'x');
-- case:operation
-- athanor:operation drop-table table={{notes}}
id int CONSTRAINT notes_pk PRIMARY KEY,
ticket int CONSTRAINT one REFERENCES {{tickets}}, other int CONSTRAINT two REFERENCES {{tickets}}, {{note}} text
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
-- case:check undo
SELECT * FROM {{notes}};
