-- What must hold at the end: each query gives true.
SELECT string_agg(attname, ', ' ORDER BY attname) = 'edit, id, title' FROM pg_attribute
 WHERE attrelid = 'tickets'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT attnotnull FROM pg_attribute WHERE attrelid = 'tickets'::regclass AND attname = 'title';
