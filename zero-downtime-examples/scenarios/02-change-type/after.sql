-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id, price_cents' FROM pg_attribute
 WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT format_type(atttypid, atttypmod) = 'bigint' FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'price_cents';
SELECT attnotnull FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attname = 'price_cents';
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
