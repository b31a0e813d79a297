ALTER TABLE comments ADD PRIMARY KEY (id);
CREATE INDEX ix_comments_ticket ON comments (ticket_id);
ALTER TABLE customer_satisfaction
  ADD PRIMARY KEY (id),
  ADD UNIQUE (ticket_id),
  ADD CHECK (score BETWEEN 1 AND 5);
