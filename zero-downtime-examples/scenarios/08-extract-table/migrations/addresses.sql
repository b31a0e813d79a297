-- athanor:revision  extract08
-- athanor:message   street and city move from customers to addresses

-- athanor:operation extract-table table=customers columns='street, city' into=addresses key=id to-key=customer_id on-delete=cascade lock-timeout=200ms target-chunk-time=50ms
