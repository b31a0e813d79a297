-- From 18 on a foreign key of a partitioned table may be not yet valid.
-- case:versions from=18
-- case:table tickets tickets
-- case:table customers customers
-- case:table one tickets_one
-- case:name fk tickets_customer
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int, customer int) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
INSERT INTO {{customers}} VALUES (1);
INSERT INTO {{tickets}} VALUES (1, 1);
-- case:operation
-- athanor:operation add-foreign-key table={{tickets}} name={{fk}} column=customer references={{customers}}
-- case:refused contract 23503
INSERT INTO {{tickets}} VALUES (3, 2);
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int, customer int) PARTITION BY RANGE (id);
CREATE TABLE {{one}} PARTITION OF {{tickets}} FOR VALUES FROM (0) TO (100);
ALTER TABLE {{tickets}} ADD CONSTRAINT {{fk}} FOREIGN KEY (customer) REFERENCES {{customers}};
