-- athanor:revision  bigint07
-- athanor:message   tickets.id and what points to it become bigint

-- athanor:operation replace-primary-key table=tickets column=id type=bigint was=integer references=comments(ticket_id) target-chunk-time=50ms lock-timeout=200ms
