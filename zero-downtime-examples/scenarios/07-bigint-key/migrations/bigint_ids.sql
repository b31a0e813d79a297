-- athanor:revision  bigint07
-- athanor:message   tickets.id and what points to it become bigint

-- athanor:operation change-type table=tickets column=id type=bigint was=integer target-chunk-time=50ms lock-timeout=200ms
-- athanor:operation change-type table=comments column=ticket_id type=bigint was=integer target-chunk-time=50ms lock-timeout=200ms
