-- athanor:revision  split03
-- athanor:message   customers.full_name becomes first_name and last_name

-- athanor:expand lock-timeout=200ms
ALTER TABLE customers ADD COLUMN first_name text, ADD COLUMN last_name text;

-- Whoever writes one shape writes both.
CREATE FUNCTION customers_names() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    IF NEW.first_name IS NOT NULL AND (TG_OP = 'INSERT'
        OR (NEW.first_name, NEW.last_name) IS DISTINCT FROM (OLD.first_name, OLD.last_name)) THEN
      NEW.full_name := NEW.first_name || ' ' || NEW.last_name;
    ELSE
      NEW.first_name := split_part(NEW.full_name, ' ', 1);
      NEW.last_name := split_part(NEW.full_name, ' ', 2);
    END IF;
    RETURN NEW;
  END
  $function$;
CREATE TRIGGER customers_names BEFORE INSERT OR UPDATE OF full_name, first_name, last_name ON customers
  FOR EACH ROW WHEN (NEW.full_name IS DISTINCT FROM NEW.first_name || ' ' || NEW.last_name)
  EXECUTE FUNCTION customers_names();

-- athanor:backfill name=names table=customers target-chunk-time=50ms
UPDATE customers
   SET first_name = split_part(full_name, ' ', 1), last_name = split_part(full_name, ' ', 2)
 WHERE ${chunk} AND first_name IS NULL;

-- athanor:verify name=same
SELECT count(*) FROM customers WHERE full_name IS DISTINCT FROM first_name || ' ' || last_name;

-- athanor:contract lock-timeout=200ms
DROP TRIGGER customers_names ON customers;
DROP FUNCTION customers_names();
ALTER TABLE customers DROP COLUMN full_name;
