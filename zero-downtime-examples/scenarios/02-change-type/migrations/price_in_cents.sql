-- athanor:revision  type02
-- athanor:message   orders.price, a text, becomes orders.price_cents, a bigint

-- athanor:operation change-type table=orders column=price type=bigint was=text to=price_cents up="(price::numeric * 100)::bigint" down="price_cents / 100 || '.' || lpad((price_cents % 100)::text, 2, '0')" target-chunk-time=50ms lock-timeout=200ms
