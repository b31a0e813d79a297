-- What must hold at the end: each query gives true.
SELECT attnotnull FROM pg_attribute WHERE attrelid = 'tickets'::regclass AND attname = 'priority';
SELECT count(*) = 0 FROM pg_constraint WHERE conrelid = 'tickets'::regclass AND contype = 'c';
SELECT count(*) = 0 FROM pg_trigger WHERE NOT tgisinternal;
