-- case:table notes notes
-- case:irreversible
-- case:setup
CREATE TABLE {{notes}} (id int);
-- case:operation
-- athanor:operation drop-table table={{notes}}
-- case:fresh
SELECT 1;
