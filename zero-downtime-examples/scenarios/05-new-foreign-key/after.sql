-- What must hold at the end: each query gives true.
SELECT convalidated AND contype = 'f' AND pg_get_constraintdef(oid) = 'FOREIGN KEY (customer_id) REFERENCES customers(id)' FROM pg_constraint WHERE conname = 'tickets_customer_fk';
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'tickets'::regclass AND indisvalid AND pg_get_indexdef(indexrelid, 1, true) = 'customer_id';
