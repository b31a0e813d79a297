-- athanor:revision  rename01
-- athanor:message   tickets.subject becomes tickets.title

-- athanor:operation rename-column table=tickets from=subject to=title
