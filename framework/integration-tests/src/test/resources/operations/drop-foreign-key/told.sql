-- case:table tickets tickets
-- case:table customers customers
-- case:name fk tickets_customer
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY,
  customer int CONSTRAINT {{fk}} REFERENCES {{customers}} ON DELETE CASCADE);
INSERT INTO {{customers}} VALUES (1);
INSERT INTO {{tickets}} VALUES (1, 1);
-- case:operation
-- athanor:operation drop-foreign-key table={{tickets}} name={{fk}} column=customer references={{customers}} on-delete=cascade
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (2, 2);
-- case:new-writer contract
DELETE FROM {{tickets}} WHERE id = 2;
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, customer int);
-- case:refused undo 23503
INSERT INTO {{tickets}} VALUES (2, 2);
