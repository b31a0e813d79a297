-- case:table numbers numbers
-- case:setup
CREATE SEQUENCE {{numbers}} INCREMENT BY 10;
-- case:operation
-- athanor:operation drop-sequence name={{numbers}} options="INCREMENT BY 10"
-- case:fresh
SELECT 1;
