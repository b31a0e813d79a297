-- case:table tickets tickets
-- case:table customers customers
-- case:name customer customer_id
-- case:name key id
-- case:name fk tickets_customer
-- case:name index ix_tickets_customer
-- case:setup
CREATE TABLE {{customers}} ({{key}} int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY, {{customer}} int);
INSERT INTO {{customers}} SELECT generate_series(1, 5);
INSERT INTO {{tickets}} SELECT n, n % 5 + 1 FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-foreign-key table={{tickets}} name={{fk}} column={{customer}} references='{{customers}} ({{key}})' on-delete=set-null on-update=cascade index={{index}}
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21, NULL);
-- case:refused contract 23503
INSERT INTO {{tickets}} VALUES (22, 99);
-- case:new-writer contract
DELETE FROM {{customers}} WHERE {{key}} = 1;
-- case:check contract
SELECT count(*) FROM {{tickets}} WHERE {{customer}} IS NULL;
-- = 5
-- case:fresh
CREATE TABLE {{customers}} ({{key}} int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT tickets_pk PRIMARY KEY,
  {{customer}} int CONSTRAINT {{fk}} REFERENCES {{customers}} ({{key}}) ON DELETE SET NULL ON UPDATE CASCADE);
CREATE INDEX {{index}} ON {{tickets}} ({{customer}});
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (22, 99);
