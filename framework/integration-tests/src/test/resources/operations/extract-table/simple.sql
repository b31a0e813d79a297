-- case:table customers customers
-- case:table addresses addresses
-- case:name id id
-- case:name street street
-- case:name city city
-- case:name customer customer_id
-- case:setup
CREATE TABLE {{customers}} ({{id}} bigint PRIMARY KEY, name text, {{street}} varchar(80) COLLATE "C", {{city}} text);
INSERT INTO {{customers}} SELECT n, 'name ' || n, n || ' Mill Lane', 'City ' || n FROM generate_series(1, 300) n;
INSERT INTO {{customers}} VALUES (301, 'none');
-- case:operation
-- athanor:operation extract-table table='{{customers}}' columns='{{street}}, {{city}}' into='{{addresses}}' key={{id}} to-key={{customer}} chunk-size=100
-- case:old-writer expand
UPDATE {{customers}} SET {{street}} = 'old' WHERE {{id}} = 1;
UPDATE {{customers}} SET name = 'other' WHERE {{id}} = 3;
UPDATE {{customers}} SET {{street}} = NULL, {{city}} = NULL WHERE {{id}} = 4;
INSERT INTO {{customers}} VALUES (1001, 'made by old', 'old street', 'old city'), (1003, 'empty', NULL, NULL);
DELETE FROM {{customers}} WHERE {{id}} IN (1, 5);
INSERT INTO {{customers}} VALUES (1, 'again', 'again', 'old');
-- case:check expand
SELECT {{customer}}, {{street}}, {{city}} FROM {{addresses}} ORDER BY 1;
-- = 1 | again | old
-- = 1001 | old street | old city
-- case:new-writer expand
INSERT INTO {{addresses}} ({{customer}}, {{street}}) VALUES (2, 'new');
UPDATE {{addresses}} SET {{city}} = 'moved' WHERE {{customer}} = 1;
INSERT INTO {{customers}} ({{id}}, name) VALUES (1002, 'made by new');
INSERT INTO {{addresses}} VALUES (1002, 'new street', 'new city');
INSERT INTO {{addresses}} AS a VALUES (1001, 'upsert', NULL)
    ON CONFLICT ({{customer}}) DO UPDATE SET {{street}} = excluded.{{street}}, {{city}} = excluded.{{city}};
WITH c AS (UPDATE {{customers}} SET name = 'both' WHERE {{id}} = 7 RETURNING {{id}})
INSERT INTO {{addresses}} SELECT {{id}}, 'seven', 'seventh' FROM c
    ON CONFLICT ({{customer}}) DO UPDATE SET {{street}} = excluded.{{street}};
INSERT INTO {{addresses}} VALUES (6, 'short', 'lived');
DELETE FROM {{addresses}} WHERE {{customer}} = 6;
-- case:old-writer expand
UPDATE {{customers}} SET {{city}} = 'last' WHERE {{id}} = 7;
-- case:check backfill
SELECT c.{{id}}, c.{{street}}, c.{{city}}, a.{{customer}}, a.{{street}}, a.{{city}} FROM {{customers}} c
  LEFT JOIN {{addresses}} a ON a.{{customer}} = c.{{id}} WHERE c.{{id}} < 8 OR c.{{id}} > 300 ORDER BY 1;
-- = 1 | again | moved | 1 | again | moved
-- = 2 | new | City 2 | 2 | new | City 2
-- = 3 | 3 Mill Lane | City 3 | 3 | 3 Mill Lane | City 3
-- = 4 | NULL | NULL | 4 | NULL | NULL
-- = 6 | NULL | NULL | 6 | NULL | NULL
-- = 7 | seven | last | 7 | seven | last
-- = 301 | NULL | NULL | 301 | NULL | NULL
-- = 1001 | upsert | NULL | 1001 | upsert | NULL
-- = 1002 | new street | new city | 1002 | new street | new city
-- = 1003 | NULL | NULL | 1003 | NULL | NULL
SELECT count(*) FROM {{addresses}};
-- = 303
-- case:old-writer backfill
DELETE FROM {{customers}} WHERE {{id}} = 3;
UPDATE {{customers}} SET {{street}} = NULL, {{city}} = NULL WHERE {{id}} = 1;
SET athanor.writer = 'old';
INSERT INTO {{customers}} VALUES (1004, 'said to be old');
-- case:new-writer backfill
INSERT INTO {{customers}} VALUES (1006, 'moved in');
UPDATE {{addresses}} SET {{customer}} = 1006 WHERE {{customer}} = 12;
DELETE FROM {{addresses}} WHERE {{customer}} = 8;
-- case:check backfill
SELECT c.{{id}}, c.{{street}}, c.{{city}}, a.{{customer}}, a.{{street}}, a.{{city}} FROM {{customers}} c
  LEFT JOIN {{addresses}} a ON a.{{customer}} = c.{{id}} WHERE c.{{id}} IN (1, 3, 8, 12, 1004, 1006) ORDER BY 1;
-- = 1 | NULL | NULL | 1 | NULL | NULL
-- = 8 | NULL | NULL | NULL | NULL | NULL
-- = 12 | NULL | NULL | NULL | NULL | NULL
-- = 1004 | NULL | NULL | 1004 | NULL | NULL
-- = 1006 | 12 Mill Lane | City 12 | 1006 | 12 Mill Lane | City 12
-- case:fresh
CREATE TABLE {{customers}} ({{id}} bigint PRIMARY KEY, name text);
CREATE TABLE {{addresses}} ({{customer}} bigint PRIMARY KEY REFERENCES {{customers}},
  {{street}} varchar(80) COLLATE "C", {{city}} text);
-- case:new-writer contract
UPDATE {{addresses}} SET {{city}} = 'later' WHERE {{customer}} = 9;
DELETE FROM {{addresses}} WHERE {{customer}} = 10;
-- case:refused contract 23503
DELETE FROM {{customers}} WHERE {{id}} = 9
-- case:check undo
SELECT {{id}}, {{street}}, {{city}} FROM {{customers}} WHERE {{id}} < 12 OR {{id}} > 300 ORDER BY 1;
-- = 1 | NULL | NULL
-- = 2 | new | City 2
-- = 4 | NULL | NULL
-- = 6 | NULL | NULL
-- = 7 | seven | last
-- = 8 | NULL | NULL
-- = 9 | 9 Mill Lane | later
-- = 10 | NULL | NULL
-- = 11 | 11 Mill Lane | City 11
-- = 301 | NULL | NULL
-- = 1001 | upsert | NULL
-- = 1002 | new street | new city
-- = 1003 | NULL | NULL
-- = 1004 | NULL | NULL
-- = 1006 | 12 Mill Lane | City 12
