-- Two levels of partitions; a leaf is in another schema.
-- case:plain-names names of the leaves' indexes are derived
-- case:setup
CREATE SCHEMA archive;
CREATE TABLE tickets (id int, region text, created date) PARTITION BY LIST (region);
CREATE TABLE tickets_eu PARTITION OF tickets FOR VALUES IN ('eu') PARTITION BY RANGE (id);
CREATE TABLE archive.tickets_eu_old PARTITION OF tickets_eu FOR VALUES FROM (0) TO (10);
CREATE TABLE tickets_eu_new PARTITION OF tickets_eu FOR VALUES FROM (10) TO (100);
CREATE TABLE tickets_us_with_a_name_that_is_long_enough_to_be_shortened PARTITION OF tickets FOR VALUES IN ('us');
INSERT INTO tickets SELECT n, CASE WHEN n % 2 = 0 THEN 'eu' ELSE 'us' END, current_date FROM generate_series(1, 20) n;
-- case:operation
-- athanor:operation create-index table=tickets name=ix_tickets_created columns=created,id where="id > 3" partitioned=true
-- case:check expand
SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid::regclass::text LIKE '%created%' OR indexrelid::regclass::text LIKE '%_us_with%';
-- = 5
-- case:fresh
CREATE SCHEMA archive;
CREATE TABLE tickets (id int, region text, created date) PARTITION BY LIST (region);
CREATE TABLE tickets_eu PARTITION OF tickets FOR VALUES IN ('eu') PARTITION BY RANGE (id);
CREATE TABLE archive.tickets_eu_old PARTITION OF tickets_eu FOR VALUES FROM (0) TO (10);
CREATE TABLE tickets_eu_new PARTITION OF tickets_eu FOR VALUES FROM (10) TO (100);
CREATE TABLE tickets_us_with_a_name_that_is_long_enough_to_be_shortened PARTITION OF tickets FOR VALUES IN ('us');
CREATE INDEX tickets_eu_old_ix_tickets_created ON archive.tickets_eu_old (created, id) WHERE id > 3;
CREATE INDEX tickets_eu_new_ix_tickets_created ON tickets_eu_new (created, id) WHERE id > 3;
CREATE INDEX tickets_eu_ix_tickets_created ON tickets_eu (created, id) WHERE id > 3;
DO $$ BEGIN
  EXECUTE format('CREATE INDEX %I ON tickets_us_with_a_name_that_is_long_enough_to_be_shortened (created, id) WHERE id > 3',
    'tickets_us_with_a_name_that' || '_' || left(md5('tickets_us_with_a_name_that_is_long_enough_to_be_shortened_ix_tickets_created'), 8));
END $$;
CREATE INDEX ix_tickets_created ON tickets (created, id) WHERE id > 3;
