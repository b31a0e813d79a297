-- Operators' control of backfills, rows set aside, and how a running backfill does. ${schema} is the quoted name of the state schema.

ALTER TABLE ${schema}.backfill DROP CONSTRAINT backfill_state_check;
ALTER TABLE ${schema}.backfill ADD CONSTRAINT backfill_state_check
  CHECK (state IN ('running', 'stopped', 'failed', 'done', 'cancelled'));
ALTER TABLE ${schema}.backfill
  ADD COLUMN control_version     bigint NOT NULL DEFAULT 0,
  ADD COLUMN paused_by           text,
  ADD COLUMN paused_reason       text,
  ADD COLUMN paused_at           timestamptz,
  ADD COLUMN cancelled_by        text,
  ADD COLUMN cancelled_reason    text,
  ADD COLUMN cancelled_at        timestamptz,
  ADD COLUMN max_rows_per_second bigint,
  ADD COLUMN chunk_size          integer,
  ADD COLUMN target_chunk_ms     bigint,
  ADD COLUMN workers             integer,
  ADD COLUMN skip_limit          bigint;
COMMENT ON COLUMN ${schema}.backfill.control_version IS 'grows with every operator''s command; each chunk looks at it under the lock of its range';
COMMENT ON COLUMN ${schema}.backfill.paused_at IS 'paused since; null: not paused';
COMMENT ON COLUMN ${schema}.backfill.max_rows_per_second IS 'set by an operator; null: as the directive says, and so the columns behind it';

ALTER TABLE ${schema}.backfill_range
  ADD COLUMN rows_quarantined bigint NOT NULL DEFAULT 0,
  ADD COLUMN failed_key       text[],
  ADD COLUMN sqlstate         text;
COMMENT ON COLUMN ${schema}.backfill_range.failed_key IS 'the one row at which a failed range stands; null: the failure is not one row''s';

ALTER TABLE ${schema}.quarantine
  ADD COLUMN retry    boolean NOT NULL DEFAULT false,
  ADD COLUMN attempts integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN ${schema}.quarantine.retry IS 'an operator has asked for another try';

ALTER TABLE ${schema}.command
  ADD COLUMN old_value text,
  ADD COLUMN new_value text,
  ADD COLUMN obeyed_by text;
CREATE INDEX command_open ON ${schema}.command (backfill_id) WHERE obeyed_at IS NULL;

CREATE TABLE ${schema}.backfill_vitals (
  backfill_id      bigint PRIMARY KEY REFERENCES ${schema}.backfill (id) ON DELETE CASCADE,
  beat_at          timestamptz NOT NULL,
  fencing_token    bigint NOT NULL,
  state            text NOT NULL CHECK (state IN ('running', 'throttled', 'paused')),
  reason           text NOT NULL,
  rows_per_second  double precision,
  active_ms        bigint NOT NULL DEFAULT 0,
  workers          integer NOT NULL,
  workers_wanted   integer NOT NULL,
  chunk_rows       integer NOT NULL,
  chunk_ms         bigint NOT NULL,
  utilisation      double precision NOT NULL,
  signals          jsonb NOT NULL DEFAULT '[]'
) WITH (fillfactor = 30);
COMMENT ON TABLE ${schema}.backfill_vitals IS 'what the process that runs a backfill said of it last, about once a second';
COMMENT ON COLUMN ${schema}.backfill_vitals.active_ms IS 'time at work over all runs, pauses left out';
COMMENT ON COLUMN ${schema}.backfill_vitals.workers IS 'that may run at once now; workers_wanted: if nothing held them back';
COMMENT ON COLUMN ${schema}.backfill_vitals.signals IS 'name, value, unit, limit and utilisation of each signal that was read';
