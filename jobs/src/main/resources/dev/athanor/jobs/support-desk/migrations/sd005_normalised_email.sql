-- athanor:revision  sd005
-- athanor:revises   sd004
-- athanor:message   keep the e-mail address of customers in one normal form beside what they typed
-- athanor:created   2026-11-21T09:40:00Z

-- athanor:expand
ALTER TABLE users ADD COLUMN email_normalised text;

-- The part of a domain between two dots, as RFC 3492 encodes it.
CREATE FUNCTION support_desk_punycode(label text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
  AS $function$
  DECLARE
    digits CONSTANT text := 'abcdefghijklmnopqrstuvwxyz0123456789';
    points integer[] := (SELECT array_agg(ascii(letter) ORDER BY place)
                           FROM unnest(string_to_array(label, NULL)) WITH ORDINALITY AS letters (letter, place));
    code text := coalesce((SELECT string_agg(chr(point), '' ORDER BY place)
                             FROM unnest(points) WITH ORDINALITY AS coded (point, place) WHERE point < 128), '');
    basic CONSTANT integer := length(code);
    handled integer := basic;
    lowest bigint := 128;
    next_lowest bigint;
    delta bigint := 0;
    bias bigint := 72;
    point integer;
    rest bigint;
    step bigint;
    threshold bigint;
  BEGIN
    code := CASE WHEN basic > 0 THEN code || '-' ELSE '' END;
    WHILE handled < cardinality(points) LOOP
      next_lowest := (SELECT min(one) FROM unnest(points) AS one WHERE one >= lowest);
      delta := delta + (next_lowest - lowest) * (handled + 1);
      lowest := next_lowest;
      FOREACH point IN ARRAY points LOOP
        IF point < lowest THEN
          delta := delta + 1;
        ELSIF point = lowest THEN
          rest := delta;
          step := 36;
          LOOP
            threshold := least(greatest(step - bias, 1), 26);
            EXIT WHEN rest < threshold;
            code := code || substr(digits, (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
            rest := (rest - threshold) / (36 - threshold);
            step := step + 36;
          END LOOP;
          code := code || substr(digits, rest::integer + 1, 1);
          delta := CASE WHEN handled = basic THEN delta / 700 ELSE delta / 2 END;
          delta := delta + delta / (handled + 1);
          bias := 0;
          WHILE delta > 455 LOOP
            delta := delta / 35;
            bias := bias + 36;
          END LOOP;
          bias := bias + 36 * delta / (delta + 38);
          delta := 0;
          handled := handled + 1;
        END IF;
      END LOOP;
      delta := delta + 1;
      lowest := lowest + 1;
    END LOOP;
    RETURN 'xn--' || code;
  END
  $function$;

-- The one place that knows the rule: no blanks around it, all letters small, domains as they stand in the DNS. Dots and
-- "+tag" in front of the @ mean something at some providers only, so they stay. NULL for what is no address.
CREATE FUNCTION support_desk_normalise_email(address text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path FROM CURRENT
  AS $function$
    SELECT parts[1] || '@' || (
             SELECT string_agg(CASE WHEN label ~ '^[ -~]*$' THEN label ELSE support_desk_punycode(label) END, '.' ORDER BY place)
               FROM unnest(string_to_array(parts[2], '.')) WITH ORDINALITY AS labels (label, place))
      FROM regexp_match(
             lower(translate(btrim(normalize(address, NFKC), E' \t\r\n\f'), '。', '.')),
             '^(\S+)@([^@\s.]+(?:\.[^@\s.]+)*)\.?$') AS parts
  $function$;

CREATE FUNCTION support_desk_set_normalised_email() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT
  AS $function$
  BEGIN
    NEW.email_normalised := support_desk_normalise_email(NEW.email);
    RETURN NEW;
  END
  $function$;

-- athanor:expand
-- Both application versions write the address as it was typed; the normal form is nobody's to write.
CREATE TRIGGER support_desk_normalise_email BEFORE INSERT OR UPDATE OF email, email_normalised ON users
  FOR EACH ROW WHEN (NEW.email_normalised IS DISTINCT FROM support_desk_normalise_email(NEW.email))
  EXECUTE FUNCTION support_desk_set_normalised_email();

-- athanor:backfill name=normalise table=users key=id
UPDATE users
   SET email_normalised = support_desk_normalise_email(email)
 WHERE ${chunk}
   AND email_normalised IS DISTINCT FROM support_desk_normalise_email(email);

-- athanor:verify name=every-address-normal
SELECT count(*) FROM users WHERE email_normalised IS DISTINCT FROM support_desk_normalise_email(email);

-- athanor:undo expand
DROP TRIGGER support_desk_normalise_email ON users;
DROP FUNCTION support_desk_set_normalised_email();
DROP FUNCTION support_desk_normalise_email(text);
DROP FUNCTION support_desk_punycode(text);
ALTER TABLE users DROP COLUMN email_normalised;
