-- Old versions write minutes as text, new ones an interval under another name.
-- case:table tickets tickets
-- case:name spent spent
-- case:name duration duration
-- case:name ix ix_spent
-- case:name known known
-- case:setup
CREATE TABLE {{tickets}} (
  id bigint PRIMARY KEY,
  {{spent}} text,
  CONSTRAINT {{known}} CHECK ({{spent}} IS NOT NULL));
CREATE UNIQUE INDEX {{ix}} ON {{tickets}} (id, {{spent}});
INSERT INTO {{tickets}} SELECT n, n::text FROM generate_series(1, 300) n;

-- case:operation
-- athanor:operation change-type table='{{tickets}}' column={{spent}} to={{duration}} type=integer was=text up="{{spent}}::integer * 60" down="({{duration}} / 60)::text"

-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1001, '2');
INSERT INTO {{tickets}} VALUES (1002, '10');
UPDATE {{tickets}} SET {{spent}} = '20' WHERE id = 2;
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{duration}}) VALUES (1003, 180);
INSERT INTO {{tickets}} (id, {{duration}}) VALUES (1003, 180) ON CONFLICT DO NOTHING;
-- case:new-writer backfill
UPDATE {{tickets}} SET {{duration}} = 600 WHERE id = 1;
-- case:check backfill
SELECT id, {{spent}}, {{duration}} FROM {{tickets}} WHERE id IN (1, 2, 3, 1001, 1002, 1003) ORDER BY 1;
-- = 1 | 10 | 600
-- = 2 | 20 | 1200
-- = 3 | 3 | 180
-- = 1001 | 2 | 120
-- = 1002 | 10 | 600
-- = 1003 | 3 | 180
-- case:fresh
CREATE TABLE {{tickets}} (
  id bigint PRIMARY KEY,
  {{duration}} integer,
  CONSTRAINT {{known}} CHECK ({{duration}} IS NOT NULL));
CREATE UNIQUE INDEX {{ix}} ON {{tickets}} (id, {{duration}});
-- case:new-writer contract
UPDATE {{tickets}} SET {{duration}} = 660 WHERE id = 2;
-- case:check undo
SELECT id, {{spent}} FROM {{tickets}} WHERE id IN (1, 2, 1003) ORDER BY 1;
-- = 1 | 10
-- = 2 | 11
-- = 1003 | 3
