-- case:table numbers numbers
-- case:irreversible
-- case:setup
CREATE SEQUENCE {{numbers}} INCREMENT BY 10;
-- case:operation
-- athanor:operation alter-sequence name={{numbers}} options="INCREMENT BY 1"
-- case:fresh
CREATE SEQUENCE {{numbers}} INCREMENT BY 1;
