-- case:table normalised normalised
-- case:setup
SELECT 1;
-- case:operation
-- athanor:operation create-function signature="{{normalised}}(text)"
CREATE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
-- undo
BEGIN RETURN lower(email); END $f$;
-- case:fresh
CREATE FUNCTION {{normalised}}(email text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$
-- undo
BEGIN RETURN lower(email); END $f$;
