-- case:table tickets tickets
-- case:table cases cases
-- case:name subject subject
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT id_known NOT NULL CONSTRAINT pk PRIMARY KEY, {{subject}} text, secret text);
INSERT INTO {{tickets}} SELECT n, 's' || n FROM generate_series(1, 20) n;
GRANT SELECT (id, {{subject}}), UPDATE ({{subject}}) ON {{tickets}} TO desk_reader;
-- case:operation
-- athanor:operation rename-table table={{tickets}} to={{cases.name}}
-- case:check expand
SELECT has_column_privilege('desk_reader', {{cases.regclass}}, {{subject.literal}}, 'UPDATE'), has_column_privilege('desk_reader', {{cases.regclass}}, 'id', 'SELECT'), has_column_privilege('desk_reader', {{cases.regclass}}, 'secret', 'SELECT');
-- = t | t | f
-- case:fresh
CREATE TABLE {{cases}} (id int CONSTRAINT id_known NOT NULL CONSTRAINT pk PRIMARY KEY, {{subject}} text, secret text);
GRANT SELECT (id, {{subject}}), UPDATE ({{subject}}) ON {{cases}} TO desk_reader;
