-- case:table people people
-- case:name street street
-- case:name town town
-- case:name address address
-- case:setup
CREATE TABLE {{people}} (id bigint PRIMARY KEY, {{street}} text, {{town}} varchar(40));
INSERT INTO {{people}} SELECT n, 'Road ' || n, 'Town' FROM generate_series(1, 200) n;
INSERT INTO {{people}} VALUES (201, NULL, NULL);
-- case:operation
-- athanor:operation merge-columns table='{{people}}' from='{{street}}, {{town}}' to={{address}} type=jsonb up="jsonb_build_object('s', {{street}}, 't', {{town}})" down="{{address}} ->> 's'" down="{{address}} ->> 't'" was=text was='varchar(40)'
-- case:old-writer expand
INSERT INTO {{people}} VALUES (1001, 'Lane', 'Ely');
UPDATE {{people}} SET {{town}} = 'Rye' WHERE id = 1;
-- case:new-writer expand
INSERT INTO {{people}} (id, {{address}}) VALUES (1002, '{"s": "Mews", "t": "Wye"}');
UPDATE {{people}} SET {{address}} = '{"s": "Row", "t": "Ash"}' WHERE id = 2;
-- case:check backfill
SELECT id, {{street}}, {{town}}, {{address}} FROM {{people}} WHERE id IN (1, 2, 3, 1001, 1002) ORDER BY 1;
-- = 1 | Road 1 | Rye | {"s": "Road 1", "t": "Rye"}
-- = 2 | Row | Ash | {"s": "Row", "t": "Ash"}
-- = 3 | Road 3 | Town | {"s": "Road 3", "t": "Town"}
-- = 1001 | Lane | Ely | {"s": "Lane", "t": "Ely"}
-- = 1002 | Mews | Wye | {"s": "Mews", "t": "Wye"}
-- case:fresh
CREATE TABLE {{people}} (id bigint PRIMARY KEY, {{address}} jsonb);
-- case:check undo
SELECT id, {{street}}, {{town}} FROM {{people}} WHERE id IN (1, 2, 201) ORDER BY 1;
-- = 1 | Road 1 | Rye
-- = 2 | Row | Ash
-- = 201 | NULL | NULL
