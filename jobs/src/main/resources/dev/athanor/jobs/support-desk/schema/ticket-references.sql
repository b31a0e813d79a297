ALTER TABLE tickets VALIDATE CONSTRAINT tickets_user_fk, VALIDATE CONSTRAINT tickets_agent_fk;
