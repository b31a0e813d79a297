-- case:table customers customers
-- case:name email email
-- case:name unique customers_email
-- case:irreversible
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text CONSTRAINT {{unique}} UNIQUE);
-- case:operation
-- athanor:operation drop-unique table={{customers}} name={{unique}}
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT pk PRIMARY KEY, {{email}} text);
