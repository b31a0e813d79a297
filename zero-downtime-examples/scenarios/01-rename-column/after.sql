-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id, title' FROM pg_attribute
 WHERE attrelid = 'tickets'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT attnotnull FROM pg_attribute WHERE attrelid = 'tickets'::regclass AND attname = 'title';
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'tickets'::regclass AND indisvalid AND pg_get_indexdef(indexrelid, 1, true) = 'title';
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
