-- Without triggers: both versions write both shapes.
-- case:table people people
-- case:table phones phones
-- case:name phone phone
-- case:setup
CREATE TABLE {{people}} (id uuid PRIMARY KEY, {{phone}} text NOT NULL);
INSERT INTO {{people}} SELECT md5(n::text)::uuid, '+' || n FROM generate_series(1, 50) n;
-- case:operation
-- athanor:operation extract-table table={{people}} columns={{phone}} into={{phones}} key=id to-key=person on-delete=cascade sync=none
-- case:new-writer expand
INSERT INTO {{people}} VALUES ('00000000-0000-0000-0000-000000000001', '+new');
INSERT INTO {{phones}} VALUES ('00000000-0000-0000-0000-000000000001', '+new');
UPDATE {{people}} SET {{phone}} = '+both' WHERE {{phone}} = '+1';
INSERT INTO {{phones}} SELECT id, {{phone}} FROM {{people}} WHERE {{phone}} = '+both';
-- case:check backfill
SELECT count(*), count(*) FILTER (WHERE p.{{phone}} = q.{{phone}}) FROM {{people}} p LEFT JOIN {{phones}} q ON q.person = p.id;
-- = 51 | 51
-- case:fresh
CREATE TABLE {{people}} (id uuid PRIMARY KEY);
CREATE TABLE {{phones}} (person uuid PRIMARY KEY REFERENCES {{people}} ON DELETE CASCADE, {{phone}} text NOT NULL);
-- case:new-writer contract
UPDATE {{phones}} SET {{phone}} = '+later' WHERE {{phone}} = '+2';
-- case:check undo
SELECT {{phone}} FROM {{people}} WHERE {{phone}} ~ '[a-z]' OR {{phone}} IN ('+2', '+3') ORDER BY 1;
-- = +3
-- = +both
-- = +later
-- = +new
