-- The second column is of the type below the domain: it costs no rewriting of the table, and has no default of its own.
-- case:table users users
-- case:name mail email_addr
-- case:name email email
-- case:setup
CREATE DOMAIN some_text AS varchar(40) COLLATE "C" DEFAULT 'none@example.org';
CREATE DOMAIN address AS some_text CONSTRAINT with_at CHECK (VALUE LIKE '%@%');
CREATE TABLE {{users}} (id int PRIMARY KEY, {{mail}} address, alias some_text);
INSERT INTO {{users}} VALUES (1, 'a@example.org'), (2, NULL);
-- case:operation
-- athanor:operation rename-column table={{users}} from={{mail}} to={{email}}
-- case:check expand
SELECT id, {{mail}}, {{email}} FROM {{users}} ORDER BY id;
-- = 1 | a@example.org | NULL
-- = 2 | NULL | NULL
-- case:new-writer expand
INSERT INTO {{users}} (id, {{email}}) VALUES (3, 'c@example.org');
-- case:refused expand 23514
INSERT INTO {{users}} (id, {{email}}) VALUES (4, 'nothing');
-- case:refused backfill 23514
UPDATE {{users}} SET {{email}} = 'nothing' WHERE id = 1;
-- case:check contract
SELECT id, {{email}} FROM {{users}} ORDER BY id;
-- = 1 | a@example.org
-- = 2 | NULL
-- = 3 | c@example.org
-- case:fresh
CREATE DOMAIN some_text AS varchar(40) COLLATE "C" DEFAULT 'none@example.org';
CREATE DOMAIN address AS some_text CONSTRAINT with_at CHECK (VALUE LIKE '%@%');
CREATE TABLE {{users}} (id int PRIMARY KEY, {{email}} address, alias some_text);
