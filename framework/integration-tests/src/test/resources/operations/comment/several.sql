-- case:table tickets tickets
-- case:name status status
-- case:name known status_known
-- case:name index ix_tickets_status
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text CONSTRAINT {{known}} CHECK ({{status}} <> ''));
COMMENT ON COLUMN {{tickets}}.{{status}} IS 'so far';
COMMENT ON CONSTRAINT {{known}} ON {{tickets}} IS 'goes';
CREATE INDEX {{index}} ON {{tickets}} ({{status}});
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case:operation
-- athanor:operation comment table={{tickets}} column={{status}} comment="it's ${status} $$" was="so far"
-- athanor:operation comment table={{tickets}} comment="tickets"
-- athanor:operation comment table={{tickets}} constraint={{known}} comment="" was="goes"
-- athanor:operation comment table={{tickets}} constraint=pk comment="the key"
-- athanor:operation comment function=f(int) comment="a function"
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{status}} text CONSTRAINT {{known}} CHECK ({{status}} <> ''));
COMMENT ON COLUMN {{tickets}}.{{status}} IS 'it''s ${status} $$';
COMMENT ON TABLE {{tickets}} IS 'tickets';
COMMENT ON CONSTRAINT pk ON {{tickets}} IS 'the key';
CREATE INDEX {{index}} ON {{tickets}} ({{status}});
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f(int) IS 'a function';
