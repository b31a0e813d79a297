-- case:versions from=15
-- case:table users users
-- case:name code code
-- case:name number number
-- case:name one one
-- case:setup
CREATE TABLE {{users}} (id int PRIMARY KEY, tenant int, {{code}} text,
  CONSTRAINT {{one}} UNIQUE NULLS NOT DISTINCT (tenant, {{code}}));
INSERT INTO {{users}} VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 1, NULL);
-- case:operation
-- athanor:operation rename-column table={{users}} from={{code}} to={{number}}
-- case:refused expand 23505
INSERT INTO {{users}} (id, tenant) VALUES (4, 1);
-- case:refused backfill 23505
INSERT INTO {{users}} (id, tenant, {{number}}) VALUES (4, 1, 'a');
-- case:fresh
CREATE TABLE {{users}} (id int PRIMARY KEY, tenant int, {{number}} text,
  CONSTRAINT {{one}} UNIQUE NULLS NOT DISTINCT (tenant, {{number}}));
