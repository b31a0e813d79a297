-- case:table tickets tickets
-- case:name token token
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
INSERT INTO {{tickets}} SELECT generate_series(1, 20);
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{token}} type=uuid default=gen_random_uuid() not-null=true
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21);
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (22, '00000000-0000-0000-0000-000000000000');
-- case:check backfill
SELECT count(DISTINCT {{token}}) FROM {{tickets}};
-- = 22
-- case:refused contract 23502
INSERT INTO {{tickets}} VALUES (23, NULL);
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{token}} uuid DEFAULT gen_random_uuid() NOT NULL);
-- case:old-writer undo
INSERT INTO {{tickets}} VALUES (23);
