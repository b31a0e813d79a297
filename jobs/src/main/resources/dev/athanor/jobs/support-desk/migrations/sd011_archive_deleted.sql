-- athanor:revision  sd011
-- athanor:revises   sd010
-- athanor:message   copy what was marked as deleted a month ago or earlier into archive tables
-- athanor:created   2026-11-21T10:40:00Z
-- athanor:after     contract

-- athanor:expand
-- Of the shape that the tables have now; hence "after contract".
CREATE TABLE tickets_archive (LIKE tickets, archived_at timestamptz NOT NULL DEFAULT now(), purged_at timestamptz, PRIMARY KEY (id));
CREATE TABLE comments_archive (LIKE comments, PRIMARY KEY (id));
CREATE INDEX ix_comments_archive_ticket ON comments_archive (ticket_id);
CREATE TABLE customer_satisfaction_archive (LIKE customer_satisfaction, PRIMARY KEY (id), UNIQUE (ticket_id));

-- athanor:backfill name=tickets table=tickets key=id
INSERT INTO tickets_archive
SELECT t.* FROM tickets AS t
 WHERE ${chunk:t}
   AND t.deleted_at < now() - interval '30 days'
    ON CONFLICT (id) DO NOTHING;

-- athanor:backfill name=comments table=comments key=id
INSERT INTO comments_archive
SELECT c.* FROM comments AS c JOIN tickets AS t ON t.id = c.ticket_id
 WHERE ${chunk:c}
   AND t.deleted_at < now() - interval '30 days'
    ON CONFLICT (id) DO NOTHING;

-- athanor:backfill name=ratings table=customer_satisfaction key=id
INSERT INTO customer_satisfaction_archive
SELECT s.* FROM customer_satisfaction AS s JOIN tickets AS t ON t.id = s.ticket_id
 WHERE ${chunk:s}
   AND t.deleted_at < now() - interval '30 days'
    ON CONFLICT (id) DO NOTHING;

-- What comes of age while the backfills run, or later, is not called missing: counted is by the time when they began, and a day is allowed.
-- athanor:verify name=tickets-archived
SELECT count(*) FROM tickets AS t LEFT JOIN tickets_archive AS a ON a.id = t.id
 WHERE t.deleted_at < (SELECT coalesce(min(archived_at), now()) - interval '31 days' FROM tickets_archive)
   AND to_jsonb(t) IS DISTINCT FROM to_jsonb(a) - 'archived_at' - 'purged_at';
-- athanor:verify name=comments-archived
SELECT count(*) FROM comments AS c JOIN tickets AS t ON t.id = c.ticket_id LEFT JOIN comments_archive AS a ON a.id = c.id
 WHERE t.deleted_at < (SELECT coalesce(min(archived_at), now()) - interval '31 days' FROM tickets_archive)
   AND to_jsonb(c) IS DISTINCT FROM to_jsonb(a);
-- athanor:verify name=ratings-archived
SELECT count(*) FROM customer_satisfaction AS s JOIN tickets AS t ON t.id = s.ticket_id
  LEFT JOIN customer_satisfaction_archive AS a ON a.id = s.id
 WHERE t.deleted_at < (SELECT coalesce(min(archived_at), now()) - interval '31 days' FROM tickets_archive)
   AND to_jsonb(s) IS DISTINCT FROM to_jsonb(a);

-- athanor:undo expand
DROP TABLE customer_satisfaction_archive;
-- athanor:undo expand
DROP TABLE comments_archive;
-- athanor:undo expand
DROP TABLE tickets_archive;
