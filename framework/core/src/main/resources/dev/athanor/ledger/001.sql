-- Durable truth of Athanor. ${schema} is the quoted name of the state schema.
-- The tables lease, schema_version and event are made by bootstrap.sql, before anything can be under the lease.

CREATE TABLE ${schema}.revision (
  id              text PRIMARY KEY,
  application     bigint GENERATED ALWAYS AS IDENTITY,
  phase           text CHECK (phase IN ('expand', 'backfill', 'contract')),
  checksum        text NOT NULL,
  actor           text NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  expanded_at     timestamptz,
  backfilled_at   timestamptz,
  applied_at      timestamptz
);
COMMENT ON COLUMN ${schema}.revision.phase IS 'last finished phase; null while expand is unfinished; contract = applied';
COMMENT ON COLUMN ${schema}.revision.application IS 'differs each time the revision is applied anew';

CREATE TABLE ${schema}.section (
  revision_id     text NOT NULL REFERENCES ${schema}.revision (id) ON DELETE CASCADE,
  ordinal         integer NOT NULL,
  statements_done integer NOT NULL DEFAULT 0,
  attempted       boolean NOT NULL DEFAULT false,
  finished_at     timestamptz,
  result          bigint,
  checksum        text,
  PRIMARY KEY (revision_id, ordinal)
);
COMMENT ON COLUMN ${schema}.section.attempted IS 'the statement after statements_done has been begun (transaction=none only)';
COMMENT ON COLUMN ${schema}.section.result IS 'verify: rows still wrong when last counted';

CREATE TABLE ${schema}.backfill (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision_id     text NOT NULL REFERENCES ${schema}.revision (id) ON DELETE CASCADE,
  ordinal         integer NOT NULL,
  name            text NOT NULL,
  table_name      text NOT NULL,
  key_columns     text[] NOT NULL,
  checksum        text,
  state           text NOT NULL CHECK (state IN ('running', 'stopped', 'failed', 'done')),
  rows_estimated  bigint NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at     timestamptz,
  UNIQUE (revision_id, ordinal)
);

CREATE TABLE ${schema}.backfill_range (
  backfill_id     bigint NOT NULL REFERENCES ${schema}.backfill (id) ON DELETE CASCADE,
  range_no        integer NOT NULL,
  lower_key       text[],
  upper_key       text[] NOT NULL,
  cursor_key      text[],
  state           text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'running', 'failed', 'done')),
  fencing_token   bigint NOT NULL,
  chunks          bigint NOT NULL DEFAULT 0,
  rows_walked     bigint NOT NULL DEFAULT 0,
  rows_changed    bigint NOT NULL DEFAULT 0,
  attempts        integer NOT NULL DEFAULT 0,
  error           text,
  updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (backfill_id, range_no)
) WITH (fillfactor = 30);
COMMENT ON COLUMN ${schema}.backfill_range.lower_key IS 'exclusive; null: from the first key';
COMMENT ON COLUMN ${schema}.backfill_range.cursor_key IS 'inclusive: done up to and with this key; null: nothing done';

CREATE TABLE ${schema}.backfill_chunk (
  backfill_id     bigint NOT NULL,
  range_no        integer NOT NULL,
  chunk_no        bigint NOT NULL,
  lower_key       text[],
  upper_key       text[] NOT NULL,
  rows_walked     bigint NOT NULL,
  rows_changed    bigint NOT NULL,
  statement_ms    bigint NOT NULL,
  fencing_token   bigint NOT NULL,
  committed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (backfill_id, range_no, chunk_no)
);
COMMENT ON TABLE ${schema}.backfill_chunk IS 'recent chunks; no foreign key, because its check would lock the hot range row once more per chunk';

CREATE TABLE ${schema}.quarantine (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  backfill_id     bigint NOT NULL REFERENCES ${schema}.backfill (id) ON DELETE CASCADE,
  range_no        integer NOT NULL,
  row_key         text[] NOT NULL,
  sqlstate        text NOT NULL,
  message         text NOT NULL,
  quarantined_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (backfill_id, row_key)
);

CREATE TABLE ${schema}.command (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  backfill_id     bigint NOT NULL REFERENCES ${schema}.backfill (id) ON DELETE CASCADE,
  verb            text NOT NULL,
  argument        text,
  actor           text NOT NULL,
  reason          text,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  obeyed_at       timestamptz
);

CREATE TABLE ${schema}.run (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revisions       text[] NOT NULL,
  phase           text CHECK (phase IN ('expand', 'backfill', 'contract')),
  actor           text NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at     timestamptz,
  outcome         text CHECK (outcome IN ('done', 'replaced'))
);
COMMENT ON TABLE ${schema}.run IS 'what was asked for, so that resume can go on with it and with no more';
COMMENT ON COLUMN ${schema}.run.phase IS 'only this phase; null: all of them';

COMMENT ON COLUMN ${schema}.section.checksum IS 'of the statements that are done, which must not be changed any more';
COMMENT ON COLUMN ${schema}.backfill.checksum IS 'of the statement, which must not be changed once a chunk is done';
