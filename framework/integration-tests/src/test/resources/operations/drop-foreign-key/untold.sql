-- case:table tickets tickets
-- case:table customers customers
-- case:name fk tickets_customer
-- case:irreversible
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, customer int CONSTRAINT {{fk}} REFERENCES {{customers}});
-- case:operation
-- athanor:operation drop-foreign-key table={{tickets}} name={{fk}}
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, customer int);
