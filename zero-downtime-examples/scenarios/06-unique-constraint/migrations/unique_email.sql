-- athanor:revision  unique06
-- athanor:message   customers.email is unique

-- athanor:operation add-unique table=customers name=customers_email_key columns=email lock-timeout=200ms

-- athanor:contract transaction=none
-- The plain index is of no use any more.
DROP INDEX CONCURRENTLY customers_email;
