-- case:table notes notes
-- case:setup
SELECT 1;
-- case:operation
-- athanor:operation create-table table={{notes}} partition-by="RANGE (created)"
id bigint, created date NOT NULL;
-- case:fresh
CREATE TABLE {{notes}} (id bigint, created date NOT NULL) PARTITION BY RANGE (created);
