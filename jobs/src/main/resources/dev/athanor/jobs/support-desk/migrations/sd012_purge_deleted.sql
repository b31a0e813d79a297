-- athanor:revision  sd012
-- athanor:revises   sd011
-- athanor:message   delete from the live tables what stands in the archive
-- athanor:created   2026-11-21T10:50:00Z

-- athanor:backfill name=purge table=tickets key=id
-- A ticket goes with all that hangs on it, in one statement, and only when the archive holds the very same. Everything is locked
-- before it is compared: so it is compared as it is, and not as it was when the statement began.
WITH due AS (
  SELECT t.id FROM tickets AS t JOIN tickets_archive AS a ON a.id = t.id
   WHERE ${chunk:t}
     AND t.deleted_at < now() - interval '30 days'
     AND to_jsonb(t) = to_jsonb(a) - 'archived_at' - 'purged_at'
     FOR UPDATE OF t),
live_comments AS (SELECT c.* FROM comments AS c JOIN due ON due.id = c.ticket_id FOR UPDATE OF c),
live_ratings AS (SELECT s.* FROM customer_satisfaction AS s JOIN due ON due.id = s.ticket_id FOR UPDATE OF s),
changed AS (
  SELECT coalesce(c.ticket_id, k.ticket_id) AS id
    FROM live_comments AS c
    FULL JOIN (SELECT k.* FROM comments_archive AS k JOIN due ON due.id = k.ticket_id) AS k ON k.id = c.id
   WHERE to_jsonb(c) IS DISTINCT FROM to_jsonb(k)
  UNION ALL
  SELECT coalesce(s.ticket_id, k.ticket_id)
    FROM live_ratings AS s
    FULL JOIN (SELECT k.* FROM customer_satisfaction_archive AS k JOIN due ON due.id = k.ticket_id) AS k ON k.id = s.id
   WHERE to_jsonb(s) IS DISTINCT FROM to_jsonb(k)),
gone AS (SELECT id FROM due WHERE NOT EXISTS (SELECT FROM changed WHERE changed.id = due.id)),
gone_comments AS (DELETE FROM comments AS c USING gone WHERE c.ticket_id = gone.id),
gone_ratings AS (DELETE FROM customer_satisfaction AS s USING gone WHERE s.ticket_id = gone.id),
noted AS (UPDATE tickets_archive AS a SET purged_at = now() FROM gone WHERE a.id = gone.id)
DELETE FROM tickets AS t USING gone WHERE t.id = gone.id;

-- athanor:verify name=purged
-- What has come of age since the archive was made is not in it, and stays.
SELECT count(*) FROM tickets AS t JOIN tickets_archive AS a ON a.id = t.id
 WHERE t.deleted_at < now() - interval '30 days';
-- athanor:verify name=nothing-half-gone
SELECT count(*) FROM tickets_archive AS a
 WHERE a.purged_at IS NOT NULL
   AND (EXISTS (SELECT FROM tickets AS t WHERE t.id = a.id)
     OR EXISTS (SELECT FROM comments AS c WHERE c.ticket_id = a.id)
     OR EXISTS (SELECT FROM customer_satisfaction AS s WHERE s.ticket_id = a.id));

-- athanor:undo backfill
-- What was purged, and nothing that somebody else has deleted.
INSERT INTO tickets
SELECT (jsonb_populate_record(NULL::tickets, to_jsonb(a))).* FROM tickets_archive AS a
 WHERE a.purged_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM tickets AS t WHERE t.id = a.id);
INSERT INTO comments
SELECT k.* FROM comments_archive AS k JOIN tickets_archive AS a ON a.id = k.ticket_id
 WHERE a.purged_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM comments AS c WHERE c.id = k.id);
INSERT INTO customer_satisfaction
SELECT k.* FROM customer_satisfaction_archive AS k JOIN tickets_archive AS a ON a.id = k.ticket_id
 WHERE a.purged_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM customer_satisfaction AS s WHERE s.id = k.id);
-- athanor:allow DM1 those that are back, and no others
UPDATE tickets_archive SET purged_at = NULL WHERE purged_at IS NOT NULL;
