-- case:table statuses statuses
-- case:setup
CREATE TABLE {{statuses}} (code text CONSTRAINT pk PRIMARY KEY, title text);
-- case:operation
-- athanor:operation bulk-insert table={{statuses}} columns=code,title key=code on-conflict=nothing undo=delete
('new', 'New'), ('new', 'again')
-- case:check expand
SELECT * FROM {{statuses}};
-- = new | New
-- case:fresh
CREATE TABLE {{statuses}} (code text CONSTRAINT pk PRIMARY KEY, title text);
-- case:check undo
SELECT * FROM {{statuses}};
