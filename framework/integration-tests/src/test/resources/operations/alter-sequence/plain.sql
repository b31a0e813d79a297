-- case:table numbers numbers
-- case:setup
CREATE SEQUENCE {{numbers}} INCREMENT BY 10;
-- case:operation
-- athanor:operation alter-sequence name={{numbers}} options="INCREMENT BY 1 CACHE 5" was="INCREMENT BY 10 CACHE 1"
-- case:fresh
CREATE SEQUENCE {{numbers}} INCREMENT BY 1 CACHE 5;
