ALTER TABLE users ADD PRIMARY KEY (id), ADD UNIQUE (email);
ALTER TABLE agents ADD PRIMARY KEY (id);
ALTER TABLE tickets ADD PRIMARY KEY (id);
CREATE INDEX ix_tickets_user ON tickets (user_id);
-- The queue of an agent: few rows, and no column that the revisions here change.
CREATE INDEX ix_tickets_queue ON tickets (agent_id, created_at) WHERE resolved_at IS NULL;
