-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id, status_id' FROM pg_attribute
 WHERE attrelid = 'tickets'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT attnotnull FROM pg_attribute WHERE attrelid = 'tickets'::regclass AND attname = 'status_id';
SELECT convalidated AND contype = 'f' AND pg_get_constraintdef(oid) = 'FOREIGN KEY (status_id) REFERENCES statuses(id)' FROM pg_constraint WHERE conname = 'tickets_status_fk';
SELECT to_regtype('ticket_status') IS NULL;
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
