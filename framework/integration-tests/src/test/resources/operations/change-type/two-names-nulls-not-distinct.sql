-- case:versions from=15
-- case:table users users
-- case:name code code
-- case:name number number
-- case:name one one
-- case:setup
CREATE TABLE {{users}} (id int PRIMARY KEY, tenant int, {{code}} text,
  CONSTRAINT {{one}} UNIQUE NULLS NOT DISTINCT (tenant, {{code}}));
INSERT INTO {{users}} VALUES (1, 1, '1'), (2, 1, '2'), (3, 1, NULL);
-- case:operation
-- athanor:operation change-type table={{users}} column={{code}} to={{number}} type=integer was=text
-- case:old-writer expand
INSERT INTO {{users}} VALUES (4, 1, '3');
-- case:refused backfill 23505
INSERT INTO {{users}} (id, tenant) VALUES (5, 1);
-- case:refused contract 23505
INSERT INTO {{users}} (id, tenant) VALUES (5, 1);
-- case:fresh
CREATE TABLE {{users}} (id int PRIMARY KEY, tenant int, {{number}} integer,
  CONSTRAINT {{one}} UNIQUE NULLS NOT DISTINCT (tenant, {{number}}));
