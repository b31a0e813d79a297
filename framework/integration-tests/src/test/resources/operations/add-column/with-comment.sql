-- case:table tickets tickets
-- case:name priority priority
-- case:setup
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY);
INSERT INTO {{tickets}} SELECT generate_series(1, 20);
-- case:operation
-- athanor:operation add-column table={{tickets}} column={{priority}} type=integer default=2 not-null=true comment="it's 1 to 3"
-- case:old-writer expand
INSERT INTO {{tickets}} VALUES (21);
-- case:new-writer expand
INSERT INTO {{tickets}} VALUES (22, 3);
-- case:check contract
SELECT {{priority}}, count(*) FROM {{tickets}} GROUP BY 1 ORDER BY 1;
-- = 2 | 21
-- = 3 | 1
-- case:fresh
CREATE TABLE {{tickets}} (id int CONSTRAINT pk PRIMARY KEY, {{priority}} integer DEFAULT 2 NOT NULL);
COMMENT ON COLUMN {{tickets}}.{{priority}} IS 'it''s 1 to 3';
