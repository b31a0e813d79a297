-- athanor:revision  fk05
-- athanor:message   tickets.customer_id points to customers

-- athanor:backfill name=no-orphans table=tickets target-chunk-time=50ms
UPDATE tickets SET customer_id = NULL
 WHERE ${chunk}
   AND NOT EXISTS (SELECT FROM customers WHERE customers.id = tickets.customer_id)
   AND customer_id IS NOT NULL;

-- athanor:verify name=none-left
SELECT count(*) FROM tickets LEFT JOIN customers ON customers.id = customer_id
 WHERE customer_id IS NOT NULL AND customers.id IS NULL;

-- athanor:operation add-foreign-key table=tickets name=tickets_customer_fk column=customer_id references=customers(id) index=tickets_customer lock-timeout=200ms
