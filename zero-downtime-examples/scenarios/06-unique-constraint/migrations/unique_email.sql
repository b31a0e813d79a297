-- athanor:revision  unique06
-- athanor:message   customers.email is unique

-- athanor:expand transaction=none
-- Built beside the application; the constraint takes it over. From here on ON CONFLICT (email) works.
CREATE UNIQUE INDEX CONCURRENTLY customers_email_key ON customers (email);

-- athanor:contract lock-timeout=200ms
ALTER TABLE customers ADD CONSTRAINT customers_email_key UNIQUE USING INDEX customers_email_key;

-- athanor:contract transaction=none
DROP INDEX CONCURRENTLY customers_email;
