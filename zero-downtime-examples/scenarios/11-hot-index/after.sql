-- What must hold at the end: each query gives true.
SELECT count(*) = 1 FROM pg_index WHERE indrelid = 'tickets'::regclass AND indisvalid AND pg_get_indexdef(indexrelid, 1, true) = 'requester';
