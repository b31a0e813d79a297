-- case:table normalised normalised
-- case:setup
CREATE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE sql AS 'SELECT email';
-- case:operation
-- athanor:operation create-function
CREATE OR REPLACE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE sql AS 'SELECT lower(email)';
-- undo
CREATE OR REPLACE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE sql AS 'SELECT email';
-- case:fresh
CREATE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE sql AS 'SELECT lower(email)';
