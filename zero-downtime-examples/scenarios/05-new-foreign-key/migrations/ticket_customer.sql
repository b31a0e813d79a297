-- athanor:revision  fk05
-- athanor:message   tickets.customer_id points to customers

-- athanor:expand lock-timeout=200ms
-- Not yet for the rows that are there, so nothing is read under the lock; new rows are checked from now on.
ALTER TABLE tickets ADD CONSTRAINT tickets_customer_fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;

-- athanor:backfill name=no-orphans table=tickets target-chunk-time=50ms
UPDATE tickets SET customer_id = NULL
 WHERE ${chunk}
   AND NOT EXISTS (SELECT FROM customers WHERE customers.id = tickets.customer_id)
   AND customer_id IS NOT NULL;

-- athanor:verify name=none-left
SELECT count(*) FROM tickets LEFT JOIN customers ON customers.id = customer_id
 WHERE customer_id IS NOT NULL AND customers.id IS NULL;

-- athanor:contract
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_customer_fk;
