-- case:table statuses statuses
-- case:name code code
-- case:name title title
-- case:setup
CREATE TABLE {{statuses}} ({{code}} uuid CONSTRAINT pk PRIMARY KEY, {{title}} text DEFAULT 'none', since date);
INSERT INTO {{statuses}} VALUES ('00000000-0000-0000-0000-000000000000', 'was there');
-- case:operation
-- athanor:operation bulk-insert table={{statuses}} columns={{code}},{{title}},since key={{code}}
VALUES ('00000000-0000-0000-0000-000000000001', 'New; (really), it''s', '2026-01-01'),
  ('00000000-0000-0000-0000-000000000002', DEFAULT, NULL), -- a comment
  ('00000000-0000-0000-0000-000000000003', upper('x' || ', y'), date '2026-01-01' + 1) -- last
-- case:check expand
SELECT {{title}}, since FROM {{statuses}} ORDER BY {{code}};
-- = was there | NULL
-- = New; (really), it's | 2026-01-01
-- = none | NULL
-- = X, Y | 2026-01-02
-- case:fresh
CREATE TABLE {{statuses}} ({{code}} uuid CONSTRAINT pk PRIMARY KEY, {{title}} text DEFAULT 'none', since date);
-- case:check undo
SELECT {{title}} FROM {{statuses}};
-- = was there
