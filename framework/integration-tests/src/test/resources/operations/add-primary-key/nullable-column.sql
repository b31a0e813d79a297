-- case:table lines lines
-- case:name ticket ticket_id
-- case:name position position
-- case:name key lines_key
-- case:setup
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL, {{position}} int, words text);
INSERT INTO {{lines}} SELECT 1, n, 'word' FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation add-primary-key table={{lines}} name={{key}} columns={{ticket}},{{position}} nullable={{position}}
-- case:old-writer expand
INSERT INTO {{lines}} VALUES (1, 21, 'old');
-- case:refused contract 23505
INSERT INTO {{lines}} VALUES (1, 21, 'again');
-- case:refused contract 23502
INSERT INTO {{lines}} VALUES (1, NULL, 'none');
-- case:fresh
CREATE TABLE {{lines}} ({{ticket}} int NOT NULL, {{position}} int NOT NULL, words text, CONSTRAINT {{key}} PRIMARY KEY ({{ticket}}, {{position}}));
-- case:old-writer undo
INSERT INTO {{lines}} VALUES (1, NULL, 'none');
