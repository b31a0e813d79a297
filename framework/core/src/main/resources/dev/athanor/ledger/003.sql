-- Downgrades, stamps, and the picture of the schema that drift is told from. ${schema} is the quoted name of the state schema.

ALTER TABLE ${schema}.revision ADD COLUMN undoing boolean NOT NULL DEFAULT false;
ALTER TABLE ${schema}.revision ADD COLUMN stamped boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN ${schema}.revision.undoing IS 'a downgrade of it was begun; phase is then the last one that is not undone yet';
COMMENT ON COLUMN ${schema}.revision.stamped IS 'was set as applied without being run';

ALTER TABLE ${schema}.run ADD COLUMN action text NOT NULL DEFAULT 'upgrade' CHECK (action IN ('upgrade', 'downgrade'));

CREATE TABLE ${schema}.snapshot (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  taken_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor           text NOT NULL,
  picture         text NOT NULL
);
COMMENT ON TABLE ${schema}.snapshot IS 'the schema as the newest run left it; what differs from it later was changed by somebody else';
