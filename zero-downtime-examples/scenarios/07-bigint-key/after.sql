-- What must hold at the end: each query gives true.
SELECT format_type(atttypid, atttypmod) = 'bigint' FROM pg_attribute WHERE attrelid = 'tickets'::regclass AND attname = 'id';
SELECT format_type(atttypid, atttypmod) = 'bigint' FROM pg_attribute WHERE attrelid = 'comments'::regclass AND attname = 'ticket_id';
SELECT convalidated AND contype = 'f' AND pg_get_constraintdef(oid) = 'FOREIGN KEY (ticket_id) REFERENCES tickets(id) ON DELETE CASCADE' FROM pg_constraint WHERE conname = 'comments_ticket_fk';
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'comments'::regclass AND indisvalid AND pg_get_indexdef(indexrelid, 1, true) = 'ticket_id';
SELECT count(*) = 1 FROM pg_constraint WHERE conrelid = 'tickets'::regclass AND contype = 'p' AND pg_get_constraintdef(oid) = 'PRIMARY KEY (id)';
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
