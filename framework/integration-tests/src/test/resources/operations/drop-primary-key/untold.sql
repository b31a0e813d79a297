-- case:table lines lines
-- case:name ticket ticket_id
-- case:name key lines_key
-- case:irreversible
-- case:setup
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL CONSTRAINT {{key}} PRIMARY KEY);
-- case:operation
-- athanor:operation drop-primary-key table={{lines}} name={{key}}
-- case:fresh
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL);
