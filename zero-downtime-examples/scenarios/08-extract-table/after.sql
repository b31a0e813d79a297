-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id' FROM pg_attribute
 WHERE attrelid = 'customers'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT string_agg(attname, ', ' ORDER BY attname) = 'city, customer_id, street' FROM pg_attribute
 WHERE attrelid = 'addresses'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT count(*) = 1 FROM pg_constraint WHERE conrelid = 'addresses'::regclass AND contype = 'f' AND convalidated
   AND pg_get_constraintdef(oid) = 'FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE';
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
