-- case:table statuses statuses
-- case:setup
CREATE TABLE {{statuses}} (code text CONSTRAINT pk PRIMARY KEY, title text);
-- case:operation
-- athanor:operation bulk-insert table={{statuses}} columns=code,title key=code on-conflict=nothing
('new', 'New'), ('new', 'again')
-- case:fresh
CREATE TABLE {{statuses}} (code text CONSTRAINT pk PRIMARY KEY, title text);
