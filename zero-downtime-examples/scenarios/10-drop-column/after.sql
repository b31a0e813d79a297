-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id, subject' FROM pg_attribute
 WHERE attrelid = 'tickets'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
