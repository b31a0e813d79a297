-- Before the backfill all old rows have nothing in the second column, and would be equal in copies of these indexes.
-- case:table users users
-- case:name gone deleted_at
-- case:name removed removed_at
-- case:name live live
-- case:name slot slot
-- case:name pair pair
-- case:name cover cover
-- case:setup
CREATE TABLE {{users}} (id int PRIMARY KEY, email text, {{gone}} date);
CREATE UNIQUE INDEX {{live}} ON {{users}} (email) WHERE {{gone}} IS NULL;
CREATE UNIQUE INDEX {{slot}} ON {{users}} (email, coalesce({{gone}}, 'infinity'));
CREATE UNIQUE INDEX {{cover}} ON {{users}} (email) INCLUDE ({{gone}}) WHERE id % 2 = 0;
CREATE UNIQUE INDEX {{pair}} ON {{users}} (email, {{gone}}) WHERE {{gone}} IS NOT NULL;
INSERT INTO {{users}} VALUES (1, 'a', '2020-01-01'), (2, 'a', NULL), (3, 'b', '2020-01-02'), (5, 'b', '2020-01-03');
-- case:operation
-- athanor:operation rename-column table={{users}} from={{gone}} to={{removed}}
-- case:old-writer expand
INSERT INTO {{users}} VALUES (7, 'b', NULL);
-- case:new-writer expand
INSERT INTO {{users}} (id, email, {{removed}}) VALUES (9, 'a', '2020-01-02') ON CONFLICT (email, {{removed}})
  WHERE {{removed}} IS NOT NULL DO NOTHING;
-- case:refused expand 23505
INSERT INTO {{users}} (id, email) VALUES (11, 'a');
-- case:refused expand 23505
INSERT INTO {{users}} (id, email, {{removed}}) VALUES (11, 'b', '2020-01-03');
-- case:check backfill
SELECT id, {{gone}}, {{removed}} FROM {{users}} ORDER BY id;
-- = 1 | 2020-01-01 | 2020-01-01
-- = 2 | NULL | NULL
-- = 3 | 2020-01-02 | 2020-01-02
-- = 5 | 2020-01-03 | 2020-01-03
-- = 7 | NULL | NULL
-- = 9 | 2020-01-02 | 2020-01-02
-- case:refused contract 23505
INSERT INTO {{users}} (id, email) VALUES (11, 'a');
-- case:fresh
CREATE TABLE {{users}} (id int PRIMARY KEY, email text, {{removed}} date);
CREATE UNIQUE INDEX {{live}} ON {{users}} (email) WHERE {{removed}} IS NULL;
CREATE UNIQUE INDEX {{slot}} ON {{users}} (email, coalesce({{removed}}, 'infinity'));
CREATE UNIQUE INDEX {{cover}} ON {{users}} (email) INCLUDE ({{removed}}) WHERE id % 2 = 0;
CREATE UNIQUE INDEX {{pair}} ON {{users}} (email, {{removed}}) WHERE {{removed}} IS NOT NULL;
