-- case:table tickets tickets
-- case:table notes notes
-- case:name note note
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
INSERT INTO {{tickets}} VALUES (1);
-- case:operation
-- athanor:operation create-table table={{notes}} comment="what the desk has noted" with="fillfactor = 80"
id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT notes_pk PRIMARY KEY,
ticket int NOT NULL CONSTRAINT notes_ticket REFERENCES {{tickets}}, -- a comment; with (
{{note}} text DEFAULT 'none;' -- last
-- case:new-writer expand
INSERT INTO {{notes}} (ticket) VALUES (1);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
CREATE TABLE {{notes}} (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT notes_pk PRIMARY KEY,
  ticket int NOT NULL CONSTRAINT notes_ticket REFERENCES {{tickets}},
  {{note}} text DEFAULT 'none;') WITH (fillfactor = 80);
COMMENT ON TABLE {{notes}} IS 'what the desk has noted';
