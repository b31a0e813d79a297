-- A domain over a domain, without conditions: nothing is written for it.
-- case:table tickets tickets
-- case:table word word
-- case:table email email
-- case:name contact contact
-- case:setup
CREATE DOMAIN {{word}} AS text;
CREATE DOMAIN {{email}} AS {{word}};
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
INSERT INTO {{tickets}} VALUES (1), (2);
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{contact}} type='{{email}}'
-- case:new-writer expand
INSERT INTO {{tickets}} (id, {{contact}}) VALUES (3, 'a@b');
-- case:check contract
SELECT {{contact}} FROM {{tickets}} ORDER BY id;
-- = NULL
-- = NULL
-- = a@b
-- case:fresh
CREATE DOMAIN {{word}} AS text;
CREATE DOMAIN {{email}} AS {{word}};
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{contact}} {{email}});
