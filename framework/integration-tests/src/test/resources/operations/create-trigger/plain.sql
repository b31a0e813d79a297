-- case:table tickets tickets
-- case:table touch touched
-- case:name touched tickets_touched
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, word text);
CREATE FUNCTION {{touch}}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.word := ''touched''; RETURN NEW; END';
-- case:operation
-- athanor:operation create-trigger table={{tickets}} name={{touched}}
CREATE TRIGGER {{touched}} BEFORE INSERT ON {{tickets}} FOR EACH ROW EXECUTE FUNCTION {{touch}}();
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (1, 'x');
-- case:check expand
SELECT word FROM {{tickets}};
-- = touched
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, word text);
CREATE FUNCTION {{touch}}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.word := ''touched''; RETURN NEW; END';
CREATE TRIGGER {{touched}} BEFORE INSERT ON {{tickets}} FOR EACH ROW EXECUTE FUNCTION {{touch}}();
