ALTER TABLE comments VALIDATE CONSTRAINT comments_ticket_fk, VALIDATE CONSTRAINT comments_agent_fk;
ALTER TABLE customer_satisfaction VALIDATE CONSTRAINT satisfaction_ticket_fk;
