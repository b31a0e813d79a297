-- case:table events events
-- case:name amount amount
-- case:setup
CREATE TABLE {{events}} (n int, {{amount}} int);
INSERT INTO {{events}} SELECT n, n FROM generate_series(1, 5000) n;
INSERT INTO {{events}} VALUES (5001, NULL);
-- case:operation
-- athanor:operation change-type table={{events}} column={{amount}} type=bigint was=integer chunk-size=300
-- case:old-writer expand
UPDATE {{events}} SET {{amount}} = 0 WHERE n = 7;
-- case:check contract
SELECT count(*), sum({{amount}}), count({{amount}}) FROM {{events}};
-- = 5001 | 12502493 | 5000
-- case:fresh
CREATE TABLE {{events}} (n int, {{amount}} bigint);
-- case:check undo
SELECT count(*), sum({{amount}}) FROM {{events}};
-- = 5001 | 12502493
