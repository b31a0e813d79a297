-- A plain SQL revision, for the harness itself: what an operation becomes is nothing else.
-- case:table tickets tickets
-- case:name status status
-- case:name done done
-- case:setup
CREATE TABLE {{tickets}} (id bigint GENERATED ALWAYS AS IDENTITY, {{status}} text NOT NULL, CONSTRAINT pk PRIMARY KEY (id));
INSERT INTO {{tickets}} ({{status}}) SELECT CASE WHEN n % 2 = 0 THEN 'open' ELSE 'closed' END FROM generate_series(1, 10) n;
GRANT SELECT ON {{tickets}} TO desk_reader;
COMMENT ON COLUMN {{tickets}}.{{status}} IS 'open or closed';

-- case:operation
-- athanor:expand
ALTER TABLE {{tickets}} ADD COLUMN {{done}} boolean;
-- athanor:backfill table={{tickets}} where="{{done}} IS NULL"
UPDATE {{tickets}} SET {{done}} = {{status}} = 'closed' WHERE ${chunk} AND {{done}} IS NULL;
-- athanor:verify name=none-left
SELECT count(*) FROM {{tickets}} WHERE {{done}} IS NULL;
-- athanor:contract
ALTER TABLE {{tickets}} ADD CONSTRAINT done_known CHECK ({{done}} IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE {{tickets}} VALIDATE CONSTRAINT done_known;
-- athanor:undo contract
ALTER TABLE {{tickets}} DROP CONSTRAINT done_known;
-- athanor:undo expand
ALTER TABLE {{tickets}} DROP COLUMN {{done}};

-- case:old-writer expand
INSERT INTO {{tickets}} ({{status}}) VALUES ('open');
-- case:new-writer expand
INSERT INTO {{tickets}} ({{status}}, {{done}}) VALUES ('closed', false);

-- case:check backfill
SELECT {{status}}, {{done}}, count(*) FROM {{tickets}} GROUP BY 1, 2 ORDER BY 1, 2;
-- = closed | f | 1
-- = closed | t | 5
-- = open | f | 6
SELECT 1 FROM {{tickets}} WHERE {{done}} IS NULL;

-- case:refused contract 23514
INSERT INTO {{tickets}} ({{status}}) VALUES ('open');
-- case:new-writer contract
INSERT INTO {{tickets}} ({{status}}, {{done}}) VALUES ('last', true);

-- case:fresh
CREATE TABLE {{tickets}} (
  id bigint GENERATED ALWAYS AS IDENTITY,
  {{done}} boolean,
  {{status}} text NOT NULL,
  CONSTRAINT pk PRIMARY KEY (id),
  CONSTRAINT done_known CHECK ({{done}} IS NOT NULL));
GRANT SELECT ON {{tickets}} TO desk_reader;
COMMENT ON COLUMN {{tickets}}.{{status}} IS 'open or closed';

-- case:old-writer undo
INSERT INTO {{tickets}} ({{status}}) VALUES ('after');
-- case:check undo
SELECT count(*), count(*) FILTER (WHERE {{status}} = 'last') FROM {{tickets}};
-- = 14 | 1
