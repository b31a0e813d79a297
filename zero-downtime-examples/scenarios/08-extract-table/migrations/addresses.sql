-- athanor:revision  extract08
-- athanor:message   street and city move from customers to addresses

-- athanor:expand lock-timeout=200ms
CREATE TABLE addresses (
  customer_id bigint PRIMARY KEY REFERENCES customers ON DELETE CASCADE,
  street      text,
  city        text
);

-- What is written on one side is written on the other. Each writes only what differs there, so the two do not call
-- each other for ever.
CREATE FUNCTION customers_to_addresses() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    INSERT INTO addresses AS a (customer_id, street, city) VALUES (NEW.id, NEW.street, NEW.city)
    ON CONFLICT (customer_id) DO UPDATE SET street = excluded.street, city = excluded.city
      WHERE (a.street, a.city) IS DISTINCT FROM (excluded.street, excluded.city);
    RETURN NULL;
  END
  $function$;
CREATE FUNCTION addresses_to_customers() RETURNS trigger LANGUAGE plpgsql AS $function$
  BEGIN
    UPDATE customers SET street = NEW.street, city = NEW.city
     WHERE id = NEW.customer_id AND (street, city) IS DISTINCT FROM (NEW.street, NEW.city);
    RETURN NULL;
  END
  $function$;
CREATE TRIGGER addresses_to_customers AFTER INSERT OR UPDATE ON addresses
  FOR EACH ROW EXECUTE FUNCTION addresses_to_customers();

-- athanor:expand lock-timeout=200ms
-- A section of its own: one transaction that locks both tables could meet the application the other way round.
CREATE TRIGGER customers_to_addresses_insert AFTER INSERT ON customers
  FOR EACH ROW WHEN (num_nonnulls(NEW.street, NEW.city) > 0) EXECUTE FUNCTION customers_to_addresses();
CREATE TRIGGER customers_to_addresses_update AFTER UPDATE OF street, city ON customers
  FOR EACH ROW WHEN ((NEW.street, NEW.city) IS DISTINCT FROM (OLD.street, OLD.city))
  EXECUTE FUNCTION customers_to_addresses();

-- athanor:backfill name=addresses table=customers target-chunk-time=50ms
INSERT INTO addresses (customer_id, street, city)
SELECT id, street, city FROM customers WHERE ${chunk}
ON CONFLICT (customer_id) DO NOTHING;

-- athanor:verify name=same
SELECT count(*) FROM customers c LEFT JOIN addresses a ON a.customer_id = c.id
 WHERE a.customer_id IS NULL OR (a.street, a.city) IS DISTINCT FROM (c.street, c.city);

-- athanor:contract lock-timeout=200ms
DROP TRIGGER addresses_to_customers ON addresses;
-- athanor:contract lock-timeout=200ms
DROP TRIGGER customers_to_addresses_insert ON customers;
DROP TRIGGER customers_to_addresses_update ON customers;
DROP FUNCTION customers_to_addresses();
DROP FUNCTION addresses_to_customers();
ALTER TABLE customers DROP COLUMN street, DROP COLUMN city;
