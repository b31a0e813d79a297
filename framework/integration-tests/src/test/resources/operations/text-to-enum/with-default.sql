-- case:table tickets tickets
-- case:table mood mood
-- case:name status status
-- case:setup
CREATE TYPE {{mood}} AS ENUM ('new', 'open');
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{status}} text DEFAULT 'New');
INSERT INTO {{tickets}} SELECT n FROM generate_series(1, 200) n;
-- case:operation
-- athanor:operation text-to-enum table='{{tickets}}' column={{status}} type='{{mood}}' up="lower({{status}})::{{mood}}" default="'new'" was-default="'New'"
-- case:old-writer expand
INSERT INTO {{tickets}} (id) VALUES (1001);
-- case:new-writer contract
INSERT INTO {{tickets}} (id) VALUES (1002);
-- case:check contract
SELECT {{status}}, count(*) FROM {{tickets}} GROUP BY 1;
-- = new | 202
-- case:fresh
CREATE TYPE {{mood}} AS ENUM ('new', 'open');
CREATE TABLE {{tickets}} (id bigint CONSTRAINT pk PRIMARY KEY, {{status}} {{mood}} DEFAULT 'new');
