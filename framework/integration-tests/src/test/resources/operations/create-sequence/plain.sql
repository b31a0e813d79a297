-- case:table numbers numbers
-- case:setup
SELECT 1;
-- case:operation
-- athanor:operation create-sequence name={{numbers}} options="AS int START WITH 1000 INCREMENT BY 10"
-- case:fresh
CREATE SEQUENCE {{numbers}} AS int START WITH 1000 INCREMENT BY 10;
