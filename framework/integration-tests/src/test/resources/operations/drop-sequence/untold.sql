-- case:table numbers numbers
-- case:irreversible
-- case:setup
CREATE SEQUENCE {{numbers}} INCREMENT BY 10;
-- case:operation
-- athanor:operation drop-sequence name={{numbers}}
-- case:fresh
SELECT 1;
