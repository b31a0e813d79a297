ALTER TABLE tickets
  ADD CONSTRAINT tickets_user_fk FOREIGN KEY (user_id) REFERENCES users NOT VALID,
  ADD CONSTRAINT tickets_agent_fk FOREIGN KEY (agent_id) REFERENCES agents NOT VALID;
ALTER TABLE comments
  ADD CONSTRAINT comments_ticket_fk FOREIGN KEY (ticket_id) REFERENCES tickets NOT VALID,
  ADD CONSTRAINT comments_agent_fk FOREIGN KEY (agent_id) REFERENCES agents NOT VALID;
ALTER TABLE customer_satisfaction
  ADD CONSTRAINT satisfaction_ticket_fk FOREIGN KEY (ticket_id) REFERENCES tickets NOT VALID;
