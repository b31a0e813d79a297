-- athanor:revision  notnull04
-- athanor:message   tickets.priority becomes NOT NULL

-- athanor:operation set-not-null table=tickets column=priority up="'normal'" target-chunk-time=50ms lock-timeout=200ms
