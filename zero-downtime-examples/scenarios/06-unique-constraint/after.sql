-- What must hold at the end: each query gives true.
SELECT convalidated AND contype = 'u' AND pg_get_constraintdef(oid) = 'UNIQUE (email)' FROM pg_constraint WHERE conname = 'customers_email_key';
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'customers'::regclass AND indisvalid AND pg_get_indexdef(indexrelid, 1, true) = 'email';
