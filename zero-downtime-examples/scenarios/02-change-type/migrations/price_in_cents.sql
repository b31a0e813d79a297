-- athanor:revision  type02
-- athanor:message   orders.price, a text, becomes orders.price_cents, a bigint

-- athanor:expand lock-timeout=200ms
ALTER TABLE orders ADD COLUMN price_cents bigint;

-- Whoever writes one of the two writes both.
CREATE FUNCTION orders_price() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    IF NEW.price_cents IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.price_cents IS DISTINCT FROM OLD.price_cents) THEN
      NEW.price := NEW.price_cents / 100 || '.' || lpad((NEW.price_cents % 100)::text, 2, '0');
    ELSE
      NEW.price_cents := (NEW.price::numeric * 100)::bigint;
    END IF;
    RETURN NEW;
  END
  $function$;
CREATE TRIGGER orders_price BEFORE INSERT OR UPDATE OF price, price_cents ON orders
  FOR EACH ROW WHEN (NEW.price_cents IS DISTINCT FROM (NEW.price::numeric * 100)::bigint)
  EXECUTE FUNCTION orders_price();

-- athanor:backfill name=price-cents table=orders target-chunk-time=50ms
UPDATE orders SET price_cents = (price::numeric * 100)::bigint WHERE ${chunk} AND price_cents IS NULL;

-- athanor:verify name=same
SELECT count(*) FROM orders WHERE price_cents IS DISTINCT FROM (price::numeric * 100)::bigint;

-- athanor:contract lock-timeout=200ms
ALTER TABLE orders ADD CONSTRAINT orders_price_cents_set CHECK (price_cents IS NOT NULL) NOT VALID;
-- athanor:contract
ALTER TABLE orders VALIDATE CONSTRAINT orders_price_cents_set;
-- athanor:contract lock-timeout=200ms
DROP TRIGGER orders_price ON orders;
DROP FUNCTION orders_price();
ALTER TABLE orders
  ALTER COLUMN price_cents SET NOT NULL,
  DROP CONSTRAINT orders_price_cents_set,
  DROP COLUMN price;
