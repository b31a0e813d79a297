-- athanor:revision  index11
-- athanor:message   an index on the requester of tickets

-- athanor:operation create-index table=tickets name=tickets_requester columns=requester
