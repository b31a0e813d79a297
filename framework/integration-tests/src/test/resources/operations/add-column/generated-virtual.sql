-- case:versions from=18
-- case:table tickets tickets
-- case:name subject subject
-- case:name folded folded
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text);
INSERT INTO {{tickets}} SELECT n, 'Subject ' || n FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{folded}} type=text generated="lower({{subject}})" virtual=true
-- case:check expand
SELECT {{folded}} FROM {{tickets}} WHERE id = 1;
-- = subject 1
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{subject}} text, {{folded}} text GENERATED ALWAYS AS (lower({{subject}})) VIRTUAL);
