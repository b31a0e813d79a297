-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, first_name, id, last_name' FROM pg_attribute
 WHERE attrelid = 'customers'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
