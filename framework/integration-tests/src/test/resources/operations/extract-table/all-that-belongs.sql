-- case:table customers customers
-- case:table addresses addresses
-- case:name street street
-- case:name city city
-- case:name zip zip
-- case:name customer customer_id
-- case:name long zip_long
-- case:name somewhere somewhere
-- case:setup
CREATE TABLE {{customers}} (id int CONSTRAINT ck PRIMARY KEY, name text, {{street}} text NOT NULL DEFAULT 'unknown',
  {{city}} text DEFAULT lower('Nowhere') NOT NULL, {{zip}} varchar(9));
ALTER TABLE {{customers}} ADD CONSTRAINT {{long}} CHECK (length({{zip}}) > 2),
  ADD CONSTRAINT {{somewhere}} CHECK ({{street}} <> '' OR {{city}} <> '');
COMMENT ON COLUMN {{customers}}.{{street}} IS 'with number; it''s free text';
ALTER TABLE {{customers}} ALTER COLUMN {{city}} SET STATISTICS 500, ALTER COLUMN {{street}} SET STORAGE EXTERNAL;
GRANT SELECT (id, {{city}}) ON {{customers}} TO desk_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON {{customers}} TO desk_writer;
CREATE INDEX ON {{customers}} ({{zip}});
CREATE INDEX ON {{customers}} (lower({{city}}), {{zip}}) WHERE {{street}} <> 'unknown';
INSERT INTO {{customers}} SELECT n, 'name ' || n, n || ' Mill Lane', 'City ' || n, 1000 + n FROM generate_series(1, 100) n;
-- case:operation
-- athanor:operation extract-table table='{{customers}}' columns='{{street}}, {{city}}, {{zip}}' into='{{addresses}}' key=id to-key={{customer}} on-delete=cascade
-- case:old-writer expand
INSERT INTO {{customers}} (id, name) VALUES (1001, 'defaults');
UPDATE {{customers}} SET {{zip}} = NULL WHERE id = 1;
DELETE FROM {{customers}} WHERE id = 2;
-- case:new-writer expand
INSERT INTO {{customers}} (id, name) VALUES (1002, 'in one transaction');
INSERT INTO {{addresses}} ({{customer}}, {{street}}, {{zip}}) VALUES (1002, 'new', '777');
SET athanor.writer = 'new';
INSERT INTO {{customers}} (id, name) VALUES (1003, 'told'), (1004, 'no address');
INSERT INTO {{addresses}} ({{customer}}, {{street}}) VALUES (1003, 'told');
-- case:refused expand 23514
UPDATE {{customers}} SET {{street}} = NULL WHERE id = 3
-- case:refused expand 23514
UPDATE {{customers}} SET {{zip}} = '1' WHERE id = 3
-- case:refused expand 23502
UPDATE {{addresses}} SET {{street}} = NULL WHERE {{customer}} = 1
-- case:check backfill
SELECT c.id, c.{{street}}, c.{{city}}, c.{{zip}}, a.{{street}}, a.{{city}}, a.{{zip}} FROM {{customers}} c
  LEFT JOIN {{addresses}} a ON a.{{customer}} = c.id WHERE c.id IN (1, 3) OR c.id > 1000 ORDER BY 1;
-- = 1 | 1 Mill Lane | City 1 | NULL | 1 Mill Lane | City 1 | NULL
-- = 3 | 3 Mill Lane | City 3 | 1003 | 3 Mill Lane | City 3 | 1003
-- = 1001 | unknown | nowhere | NULL | unknown | nowhere | NULL
-- = 1002 | new | nowhere | 777 | new | nowhere | 777
-- = 1003 | told | nowhere | NULL | told | nowhere | NULL
-- = 1004 | NULL | NULL | NULL | NULL | NULL | NULL
-- case:fresh
CREATE TABLE {{customers}} (id int CONSTRAINT ck PRIMARY KEY, name text);
GRANT SELECT (id) ON {{customers}} TO desk_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON {{customers}} TO desk_writer;
CREATE TABLE {{addresses}} ({{customer}} int PRIMARY KEY REFERENCES {{customers}} ON DELETE CASCADE,
  {{street}} text NOT NULL DEFAULT 'unknown', {{city}} text DEFAULT lower('Nowhere') NOT NULL, {{zip}} varchar(9));
ALTER TABLE {{addresses}} ADD CONSTRAINT {{long}} CHECK (length({{zip}}) > 2),
  ADD CONSTRAINT {{somewhere}} CHECK ({{street}} <> '' OR {{city}} <> '');
COMMENT ON COLUMN {{addresses}}.{{street}} IS 'with number; it''s free text';
ALTER TABLE {{addresses}} ALTER COLUMN {{city}} SET STATISTICS 500, ALTER COLUMN {{street}} SET STORAGE EXTERNAL;
GRANT SELECT ({{customer}}, {{city}}) ON {{addresses}} TO desk_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON {{addresses}} TO desk_writer;
CREATE INDEX ON {{addresses}} ({{zip}});
CREATE INDEX ON {{addresses}} (lower({{city}}), {{zip}}) WHERE {{street}} <> 'unknown';
-- case:new-writer contract
INSERT INTO {{customers}} VALUES (1005, 'later');
INSERT INTO {{addresses}} ({{customer}}, {{zip}}) VALUES (1005, '999');
DELETE FROM {{customers}} WHERE id = 4;
-- case:check undo
SELECT id, {{street}}, {{city}}, {{zip}} FROM {{customers}} WHERE id < 6 OR id > 1000 ORDER BY 1;
-- = 1 | 1 Mill Lane | City 1 | NULL
-- = 3 | 3 Mill Lane | City 3 | 1003
-- = 5 | 5 Mill Lane | City 5 | 1005
-- = 1001 | unknown | nowhere | NULL
-- = 1002 | new | nowhere | 777
-- = 1003 | told | nowhere | NULL
-- = 1004 | unknown | nowhere | NULL
-- = 1005 | unknown | nowhere | 999
-- case:refused undo 23502
UPDATE {{customers}} SET {{street}} = NULL WHERE id = 1
