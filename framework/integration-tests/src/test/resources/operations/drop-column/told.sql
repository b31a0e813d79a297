-- case:table tickets tickets
-- case:table customers customers
-- case:name status status
-- case:name priority priority
-- case:name index ix_tickets_priority
-- case:name partial ix_tickets_open
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text, {{priority}} int NOT NULL
  CONSTRAINT fk REFERENCES {{customers}});
CREATE INDEX {{index}} ON {{tickets}} ({{priority}});
CREATE INDEX {{partial}} ON {{tickets}} (id) WHERE {{priority}} = 1;
CREATE INDEX other ON {{tickets}} ({{status}});
INSERT INTO {{customers}} VALUES (1), (2), (3);
INSERT INTO {{tickets}} SELECT n, CASE WHEN n % 2 = 0 THEN 'urgent' ELSE 'calm' END, 3 FROM generate_series(1, 2000) n;
-- case:operation
-- athanor:operation drop-column table={{tickets}} column={{priority}} type=integer not-null=true down="CASE {{status}} WHEN 'urgent' THEN 1 ELSE 2 END"
CREATE INDEX CONCURRENTLY {{index}} ON {{tickets}} ({{priority}});
CREATE INDEX CONCURRENTLY {{partial}} ON {{tickets}} (id) WHERE {{priority}} = 1;
ALTER TABLE {{tickets}} ADD CONSTRAINT fk FOREIGN KEY ({{priority}}) REFERENCES {{customers}} NOT VALID;
ALTER TABLE {{tickets}} VALIDATE CONSTRAINT fk;
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{status}}) VALUES (2001, 'urgent');
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (2002, 'calm', 3);
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT customers_pk PRIMARY KEY);
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text);
CREATE INDEX other ON {{tickets}} ({{status}});
-- case:check undo
SELECT {{priority}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = 1 | 1001
-- = 2 | 1001
-- case:refused undo 23502
INSERT INTO {{tickets}} (id) VALUES (2003);
