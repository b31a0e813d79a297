-- What must be there before the lease can be taken. ${schema} is the quoted name of the state schema.

CREATE TABLE ${schema}.lease (
  name               text PRIMARY KEY,
  owner              text NOT NULL,
  host               text NOT NULL,
  pid                bigint NOT NULL,
  process_started_at timestamptz,
  token              bigint NOT NULL,
  released           boolean NOT NULL,
  acquired_at        timestamptz NOT NULL,
  heartbeat_at       timestamptz NOT NULL,
  expires_at         timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON COLUMN ${schema}.lease.token IS 'fencing token: grows with every owner';
COMMENT ON COLUMN ${schema}.lease.process_started_at IS 'guards against a process id that was given out again';

CREATE TABLE ${schema}.schema_version (
  version         integer PRIMARY KEY,
  applied_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE ${schema}.event (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor           text NOT NULL,
  host            text NOT NULL,
  kind            text NOT NULL,
  revision_id     text,
  detail          text NOT NULL
);
