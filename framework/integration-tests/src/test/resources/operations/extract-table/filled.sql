-- Only rows that have something, under other names that change places.
-- case:table tickets tickets
-- case:table surveys surveys
-- case:name score score
-- case:name remark remark
-- case:name ticket ticket
-- case:setup
CREATE TABLE {{tickets}} (id bigint NOT NULL CONSTRAINT tu UNIQUE, {{score}} int, {{remark}} jsonb);
INSERT INTO {{tickets}} SELECT n, n, CASE WHEN n % 2 = 0 THEN jsonb_build_object('n', n) END FROM generate_series(1, 50) n;
INSERT INTO {{tickets}} SELECT n FROM generate_series(51, 100) n;
-- case:operation
-- athanor:operation extract-table table='{{tickets}}' columns='{{score}}, {{remark}}' into='{{surveys}}' to='{{remark}}, {{score}}' key=id to-key={{ticket}} rows=filled on-delete=restrict
-- case:old-writer expand
UPDATE {{tickets}} SET {{score}} = 5 WHERE id = 51;
UPDATE {{tickets}} SET {{score}} = NULL WHERE id = 1;
UPDATE {{tickets}} SET {{score}} = 6 WHERE id = 52;
UPDATE {{tickets}} SET {{score}} = NULL WHERE id = 52;
INSERT INTO {{tickets}} VALUES (101, 7), (102, NULL);
DELETE FROM {{tickets}} WHERE id IN (3, 101);
-- case:new-writer expand
INSERT INTO {{surveys}} VALUES (102, 9, '{"by": "new"}');
INSERT INTO {{surveys}} ({{ticket}}, {{score}}) VALUES (4, '{"by": "upsert"}');
UPDATE {{surveys}} SET {{remark}} = 8 WHERE {{ticket}} = 51;
-- case:check backfill
SELECT t.id, t.{{score}}, t.{{remark}}, s.{{ticket}}, s.{{remark}}, s.{{score}} FROM {{tickets}} t
  LEFT JOIN {{surveys}} s ON s.{{ticket}} = t.id WHERE t.id IN (1, 2, 3, 4, 51, 52, 53, 101, 102) ORDER BY 1;
-- = 1 | NULL | NULL | NULL | NULL | NULL
-- = 2 | 2 | {"n": 2} | 2 | 2 | {"n": 2}
-- = 4 | 4 | {"by": "upsert"} | 4 | 4 | {"by": "upsert"}
-- = 51 | 8 | NULL | 51 | 8 | NULL
-- = 52 | NULL | NULL | NULL | NULL | NULL
-- = 53 | NULL | NULL | NULL | NULL | NULL
-- = 102 | 9 | {"by": "new"} | 102 | 9 | {"by": "new"}
SELECT count(*) FROM {{surveys}};
-- = 50
-- case:new-writer backfill
DELETE FROM {{surveys}} WHERE {{ticket}} = 5;
-- case:old-writer backfill
UPDATE {{tickets}} SET {{score}} = NULL, {{remark}} = NULL WHERE id = 6;
DELETE FROM {{tickets}} WHERE id = 7;
-- case:check backfill
SELECT t.id, t.{{score}}, s.{{ticket}} FROM {{tickets}} t LEFT JOIN {{surveys}} s ON s.{{ticket}} = t.id
 WHERE t.id IN (5, 6, 7) ORDER BY 1;
-- = 5 | NULL | NULL
-- = 6 | NULL | NULL
-- case:fresh
CREATE TABLE {{tickets}} (id bigint NOT NULL CONSTRAINT tu UNIQUE);
CREATE TABLE {{surveys}} ({{ticket}} bigint PRIMARY KEY REFERENCES {{tickets}} (id) ON DELETE RESTRICT, {{remark}} int,
  {{score}} jsonb);
-- case:new-writer contract
UPDATE {{surveys}} SET {{remark}} = 10 WHERE {{ticket}} = 8;
-- case:check undo
SELECT id, {{score}}, {{remark}} FROM {{tickets}} WHERE id IN (1, 2, 4, 5, 6, 8, 51, 102) ORDER BY 1;
-- = 1 | NULL | NULL
-- = 2 | 2 | {"n": 2}
-- = 4 | 4 | {"by": "upsert"}
-- = 5 | NULL | NULL
-- = 6 | NULL | NULL
-- = 8 | 10 | {"n": 8}
-- = 51 | 8 | NULL
-- = 102 | 9 | {"by": "new"}
