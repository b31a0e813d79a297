-- What is unique among the rows that are filled is so from contract on; until then the old column's index holds.
-- case:table users users
-- case:name gone deleted_at
-- case:name removed removed_at
-- case:name live live
-- case:name pair pair
-- case:setup
CREATE TABLE {{users}} (id int PRIMARY KEY, email text, {{gone}} date, CONSTRAINT {{pair}} UNIQUE (email, {{gone}}));
CREATE UNIQUE INDEX {{live}} ON {{users}} (email) WHERE {{gone}} IS NULL;
INSERT INTO {{users}} VALUES (1, 'a', '2020-01-01'), (2, 'a', NULL), (3, 'b', '2020-01-02'), (4, 'b', '2020-01-03');
-- case:operation
-- athanor:operation change-type table={{users}} column={{gone}} to={{removed}} type=timestamp was=date
-- case:old-writer expand
INSERT INTO {{users}} VALUES (5, 'b', NULL);
-- case:new-writer expand
INSERT INTO {{users}} (id, email, {{removed}}) VALUES (6, 'a', '2020-01-02') ON CONFLICT (email, {{removed}}) DO NOTHING;
-- case:refused expand 23505
INSERT INTO {{users}} (id, email) VALUES (7, 'a');
-- case:refused backfill 23505
INSERT INTO {{users}} (id, email, {{removed}}) VALUES (7, 'a', '2020-01-01');
-- case:check backfill
SELECT i.indisunique, count(*) FROM pg_index i WHERE i.indrelid = {{users.regclass}} GROUP BY 1 ORDER BY 1;
-- = f | 1
-- = t | 4
-- case:refused contract 23505
INSERT INTO {{users}} (id, email) VALUES (7, 'b');
-- case:fresh
CREATE TABLE {{users}} (id int PRIMARY KEY, email text, {{removed}} timestamp,
  CONSTRAINT {{pair}} UNIQUE (email, {{removed}}));
CREATE UNIQUE INDEX {{live}} ON {{users}} (email) WHERE {{removed}} IS NULL;
-- case:check undo
SELECT id, email, {{gone}} FROM {{users}} WHERE id > 4 ORDER BY id;
-- = 5 | b | NULL
-- = 6 | a | 2020-01-02
