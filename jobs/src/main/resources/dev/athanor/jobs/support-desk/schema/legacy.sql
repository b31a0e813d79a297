-- The desk as it was years ago, and as the complete set of revisions finds it: integer keys out of a serial, ratings in the
-- tickets, tickets that are deleted by a mark, addresses as people typed them, telephone numbers that anybody can read.

ALTER TABLE tickets
  ADD COLUMN satisfaction_score smallint CHECK (satisfaction_score BETWEEN 1 AND 5),
  ADD COLUMN satisfaction_remark text,
  ADD COLUMN satisfaction_at timestamptz,
  ADD COLUMN deleted_at timestamptz;
UPDATE tickets
   SET satisfaction_score = rated.score, satisfaction_remark = rated.remark, satisfaction_at = rated.created_at
  FROM customer_satisfaction AS rated
 WHERE rated.ticket_id = tickets.id;
UPDATE tickets SET deleted_at = created_at + interval '14 days' WHERE status = 'closed' AND id % 40 = 7;
DROP TABLE customer_satisfaction;

ALTER TABLE comments DROP CONSTRAINT comments_ticket_fk;
ALTER TABLE tickets ALTER COLUMN id DROP IDENTITY;
ALTER TABLE tickets ALTER COLUMN id TYPE integer;
ALTER TABLE comments ALTER COLUMN ticket_id TYPE integer;
CREATE SEQUENCE tickets_id_seq AS integer OWNED BY tickets.id;
SELECT setval('tickets_id_seq', coalesce(max(id) + 1, 1), false) FROM tickets;
ALTER TABLE tickets ALTER COLUMN id SET DEFAULT nextval('tickets_id_seq');
ALTER TABLE comments ADD CONSTRAINT comments_ticket_fk FOREIGN KEY (ticket_id) REFERENCES tickets;

ALTER TABLE users DROP CONSTRAINT users_email_key, ADD COLUMN phone text;
UPDATE users
   SET phone = CASE WHEN id % 5 > 0 THEN '+49 30 ' || 5550000 + id END,
       email = CASE
         WHEN id % 29 = 1 THEN 'unknown'
         WHEN id % 17 = 5 THEN 'User' || id || '@Bücher.example'
         WHEN id % 17 = 6 THEN 'user' || id - 1 || '@xn--bcher-kva.example'
         WHEN id % 10 = 3 THEN ' USER' || id - 1 || '@Example.COM '
         ELSE email
       END;
