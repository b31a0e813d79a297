-- case:table status status
-- case:setup
SELECT 1;
-- case:operation
-- athanor:operation create-enum name={{status}} values="'new', 'in progress', 'it''s', 'a,b'" comment="life of a ticket"
-- case:fresh
CREATE TYPE {{status}} AS ENUM ('new', 'in progress', 'it''s', 'a,b');
COMMENT ON TYPE {{status}} IS 'life of a ticket';
