-- case:table status status
-- case:setup
CREATE TYPE {{status}} AS ENUM ('new', 'in progress');
COMMENT ON TYPE {{status}} IS 'life of a ticket';
-- case:operation
-- athanor:operation alter-enum name={{status}} add="'it''s'" before="'in progress'"
-- athanor:operation alter-enum name={{status}} add=closed after="'in progress'"
-- case:fresh
CREATE TYPE {{status}} AS ENUM ('new', 'it''s', 'in progress', 'closed');
COMMENT ON TYPE {{status}} IS 'life of a ticket';
