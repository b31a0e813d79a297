-- case:table lines lines
-- case:name ticket ticket_id
-- case:name key lines_key
-- case:setup
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL CONSTRAINT {{key}} PRIMARY KEY);
INSERT INTO {{lines}} SELECT generate_series(1, 20);
-- case:operation
-- athanor:operation drop-primary-key table={{lines}} name={{key}} column={{ticket}}
-- case:new-writer contract
INSERT INTO {{lines}} VALUES (1);
DELETE FROM {{lines}} WHERE {{ticket}} = 1;
-- case:fresh
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL);
-- case:old-writer undo
INSERT INTO {{lines}} VALUES (1);
