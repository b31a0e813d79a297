-- athanor:revision  rename01
-- athanor:message   tickets.subject becomes tickets.title

-- athanor:operation rename-column table=tickets from=subject to=title target-chunk-time=50ms lock-timeout=200ms
