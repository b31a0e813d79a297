-- case:table tickets tickets
-- case:table customers customers
-- case:name fk tickets_customer
-- case:setup
CREATE TABLE {{customers}} (region text, id int, CONSTRAINT customers_pk PRIMARY KEY (region, id));
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, region text, customer int);
INSERT INTO {{customers}} VALUES ('eu', 1), ('us', 1);
INSERT INTO {{tickets}} VALUES (1, 'eu', 1), (2, NULL, 2);
-- case:operation
-- athanor:operation add-foreign-key table={{tickets}} name={{fk}} columns=region,customer references={{customers}} deferrable=deferred
-- case:refused contract 23503
INSERT INTO {{tickets}} VALUES (3, 'us', 2);
-- case:fresh
CREATE TABLE {{customers}} (region text, id int, CONSTRAINT customers_pk PRIMARY KEY (region, id));
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, region text, customer int,
  CONSTRAINT {{fk}} FOREIGN KEY (region, customer) REFERENCES {{customers}} DEFERRABLE INITIALLY DEFERRED);
