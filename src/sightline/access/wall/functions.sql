-- What the policies ask. All of it belongs to the tables' owner and runs with the owner's rights, so that nothing that a request may say goes into
-- it but who is signed in, what for, and whose page is made. What it gives are numbers of people and records, never a value.

CREATE SCHEMA IF NOT EXISTS walled;
CREATE TABLE IF NOT EXISTS wall_right (role text, may text, PRIMARY KEY (role, may));
CREATE TABLE IF NOT EXISTS wall_tier (agency text, source text, tier text, PRIMARY KEY (agency, source));
CREATE TABLE IF NOT EXISTS wall_work (why text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS wall_kind (kind text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS wall_free (kind text, name text, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS wall_secret (secret bytea NOT NULL);
INSERT INTO wall_secret SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'utf8'))
    WHERE NOT EXISTS (SELECT FROM wall_secret);

-- The moment. A database's clock and a web server's never agree quite: what was opened a moment ago by the other's counts.
CREATE OR REPLACE FUNCTION wall_begun(from_at timestamptz) RETURNS boolean LANGUAGE sql VOLATILE
    RETURN from_at <= clock_timestamp() + interval '5 seconds';
CREATE OR REPLACE FUNCTION wall_lasts(until_at timestamptz) RETURNS boolean LANGUAGE sql VOLATILE
    RETURN until_at IS NULL OR until_at > clock_timestamp();

CREATE OR REPLACE FUNCTION wall_number(name text) RETURNS bigint LANGUAGE sql STABLE
    RETURN CASE WHEN current_setting(name, true) ~ '^[0-9]{1,18}$' THEN current_setting(name, true)::bigint END;

-- Who is signed in, in the newest post that they hold; nobody where they hold none or the account is closed.
CREATE OR REPLACE FUNCTION wall_post(OUT user_id bigint, OUT post_id bigint, OUT role text, OUT agency text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT p.user_id, p.id, p.role, a.kind INTO user_id, post_id, role, agency
    FROM public.access_post p JOIN public.access_user u ON u.id = p.user_id JOIN public.agencies_agency a ON a.id = p.agency_id
    WHERE u.id = public.wall_number('sightline.user') AND u.is_active AND public.wall_begun(p.held_from) AND public.wall_lasts(p.held_until)
    ORDER BY p.held_from DESC, p.id DESC LIMIT 1;
END $$;

CREATE OR REPLACE FUNCTION wall_me() RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT user_id FROM wall_post());

CREATE OR REPLACE FUNCTION wall_may(what text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.wall_post() p JOIN public.wall_right r ON r.role = p.role WHERE r.may = what);
END $$;

CREATE OR REPLACE FUNCTION wall_reviews() RETURNS boolean LANGUAGE sql STABLE
    RETURN wall_may('review_access') OR coalesce((SELECT role = 'partner_lead' FROM wall_post()), false);

-- Whom they have opened in an emergency that lasts: nobody, where they have not lately said again who they are.
CREATE OR REPLACE FUNCTION wall_emergencies() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me bigint := public.wall_me();
BEGIN
    IF coalesce(current_setting('sightline.confirmed', true), '') <> 'yes' THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT b.person_id FROM public.access_breakglass b WHERE b.user_id = me AND b.person_id IS NOT NULL
                 AND public.wall_begun(b.from_at) AND public.wall_lasts(b.until_at));
END $$;

-- Those whose existence they may not learn: sealed, or kept from them by a conflict of interest; an emergency opening lifts both while it lasts.
CREATE OR REPLACE FUNCTION wall_hidden() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me bigint := public.wall_me(); opened bigint[] := public.wall_emergencies();
BEGIN
    RETURN ARRAY(SELECT h.person_id FROM (
        SELECT r.person_id FROM public.access_restriction r
        WHERE r.state = 'sealed' AND public.wall_begun(r.from_at) AND public.wall_lasts(r.until_at)
        UNION SELECT x.person_id FROM public.access_exclusion x
        WHERE x.user_id = me AND public.wall_begun(x.from_at) AND public.wall_lasts(x.until_at)) AS h
    WHERE h.person_id <> ALL (opened));
END $$;

CREATE OR REPLACE FUNCTION wall_hidden_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people bigint[] := public.wall_hidden();
BEGIN
    RETURN ARRAY(SELECT l.record_id FROM public.people_link l WHERE l.identity_id = ANY(people) AND l.until_at IS NULL);
END $$;

-- Those whose record is open to them: by an involvement that is live, or in an emergency. `whole`: not by a typed reason alone where it is restricted.
CREATE OR REPLACE FUNCTION wall_opened(whole boolean) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE me bigint := public.wall_me(); gone bigint[] := public.wall_hidden();
BEGIN
    IF me IS NULL OR NOT public.wall_may('read_when_involved') THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT DISTINCT i.person_id FROM public.access_involvement i
    WHERE i.user_id = me AND public.wall_begun(i.from_at) AND public.wall_lasts(i.until_at)
      AND i.person_id <> ALL (gone) AND (i.why <> 'break_glass' OR current_setting('sightline.confirmed', true) = 'yes')
      AND (NOT whole OR i.why IN (SELECT w.why FROM public.wall_work w) OR NOT EXISTS (
          SELECT FROM public.access_restriction r WHERE r.person_id = i.person_id AND r.state = 'restricted'
          AND public.wall_begun(r.from_at) AND public.wall_lasts(r.until_at)))
    UNION SELECT unnest(public.wall_emergencies()));
END $$;

-- Those around somebody opened, or at a place: worked out once by wall_say_*, and held for this transaction under a seal that only the owner can make.
CREATE OR REPLACE FUNCTION wall_sealed(said text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE key bytea := (SELECT secret FROM public.wall_secret);
BEGIN
    RETURN encode(sha256(key || sha256(key || convert_to(
        pg_current_xact_id()::text || ' ' || coalesce(public.wall_me()::text, '') || ' ' || said, 'utf8'))), 'hex');
END $$;
REVOKE ALL ON FUNCTION wall_sealed(text) FROM PUBLIC;

CREATE OR REPLACE FUNCTION wall_circle() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE said text := current_setting('sightline.around', true);
BEGIN
    IF coalesce(said, '') = '' OR split_part(said, ':', 2) <> public.wall_sealed(split_part(said, ':', 1)) THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT unnest(string_to_array(split_part(said, ':', 1), ',')::bigint[]) EXCEPT SELECT unnest(public.wall_hidden()));
END $$;

CREATE OR REPLACE FUNCTION wall_keep_circle(people bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE said text := array_to_string(people, ',');
BEGIN
    PERFORM set_config('sightline.around', CASE WHEN said = '' THEN '' ELSE said || ':' || public.wall_sealed(said) END, true);
END $$;
REVOKE ALL ON FUNCTION wall_keep_circle(bigint[]) FROM PUBLIC;

-- Everybody tied to these people by `lives with`, and everybody tied to those, on whatever day.
CREATE OR REPLACE FUNCTION wall_living_with(people bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint[] := people; fresh bigint[] := people; gone bigint[] := public.wall_hidden();
BEGIN
    WHILE cardinality(fresh) > 0 LOOP
        SELECT coalesce(array_agg(DISTINCT o.identity_id), '{}') INTO fresh
        FROM public.people_link l JOIN LATERAL (
            SELECT r.other_id AS record_id FROM public.people_relationship r WHERE r.subject_id = l.record_id AND r.lives_with
            UNION ALL SELECT r.subject_id FROM public.people_relationship r WHERE r.other_id = l.record_id AND r.lives_with) AS t ON true
        JOIN public.people_link o ON o.record_id = t.record_id AND o.until_at IS NULL
        WHERE l.identity_id = ANY(fresh) AND l.until_at IS NULL AND o.identity_id <> ALL(found)
          AND o.identity_id <> ALL(gone);
        found := found || fresh;
    END LOOP;
    RETURN found;
END $$;
REVOKE ALL ON FUNCTION wall_living_with(bigint[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION wall_sharing_home(people bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint[] := public.wall_hidden();
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT o.identity_id), '{}') FROM (
        SELECT DISTINCT a.premises_id FROM public.people_link l JOIN public.people_address a ON a.record_id = l.record_id
        WHERE l.identity_id = ANY(people) AND l.until_at IS NULL AND a.kind IN ('home', 'foster', 'hostel', 'temporary', 'other')) AS h
    JOIN public.people_address b ON b.premises_id = h.premises_id
    JOIN public.people_link o ON o.record_id = b.record_id AND o.until_at IS NULL
    WHERE o.identity_id <> ALL(gone));
END $$;
REVOKE ALL ON FUNCTION wall_sharing_home(bigint[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION wall_say_around(person bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint[];
BEGIN
    IF person <> ALL(public.wall_opened(false)) THEN
        PERFORM public.wall_keep_circle('{}');
        RETURN;
    END IF;
    found := public.wall_living_with(ARRAY[person]);
    found := public.wall_living_with(ARRAY(SELECT DISTINCT unnest(found || public.wall_sharing_home(found))));
    SELECT found || coalesce(array_agg(DISTINCT o.identity_id), '{}') INTO found
    FROM public.people_link l JOIN LATERAL (
        SELECT r.other_id AS record_id FROM public.people_relationship r WHERE r.subject_id = l.record_id
        UNION ALL SELECT r.subject_id FROM public.people_relationship r WHERE r.other_id = l.record_id) AS t ON true
    JOIN public.people_link o ON o.record_id = t.record_id AND o.until_at IS NULL
    WHERE l.identity_id = person AND l.until_at IS NULL;
    PERFORM public.wall_keep_circle(ARRAY(SELECT DISTINCT unnest(found)));
END $$;

CREATE OR REPLACE FUNCTION wall_say_place(place bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found bigint[];
BEGIN
    SELECT coalesce(array_agg(DISTINCT l.identity_id), '{}') INTO found FROM public.people_address a
    JOIN public.people_link l ON l.record_id = a.record_id AND l.until_at IS NULL WHERE a.premises_id = place;
    IF NOT public.wall_may('search_at_first_contact') AND NOT EXISTS (
        SELECT unnest(found) INTERSECT SELECT unnest(public.wall_opened(false))) THEN found := '{}'; END IF;
    PERFORM public.wall_keep_circle(found);
END $$;

CREATE OR REPLACE FUNCTION wall_searching() RETURNS boolean LANGUAGE sql STABLE
    RETURN coalesce(current_setting('sightline.purpose', true), '') = 'searching' AND wall_may('search_at_first_contact');
CREATE OR REPLACE FUNCTION wall_standing() RETURNS boolean LANGUAGE sql STABLE
    RETURN coalesce(current_setting('sightline.purpose', true), '') = 'standing';

CREATE OR REPLACE FUNCTION wall_summing() RETURNS boolean LANGUAGE sql STABLE
    RETURN coalesce(current_setting('sightline.purpose', true), '') = 'summing';

-- Of whom they may read who somebody is; the records of those opened; of those opened and not restricted; and those whose entries there are for them.
CREATE OR REPLACE FUNCTION wall_people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT unnest(public.wall_opened(false) || public.wall_circle()));
END $$;

CREATE OR REPLACE FUNCTION wall_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people bigint[] := public.wall_people();
BEGIN
    RETURN ARRAY(SELECT l.record_id FROM public.people_link l WHERE l.identity_id = ANY(people) AND l.until_at IS NULL);
END $$;

-- For a recommendation, besides: of those around, and of whoever has a part in an entry with one of them. Their entries, not who they are.
CREATE OR REPLACE FUNCTION wall_summed_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people bigint[]; gone bigint[];
BEGIN
    IF NOT public.wall_summing() THEN RETURN '{}'; END IF;
    people := public.wall_circle(); gone := public.wall_hidden();
    RETURN ARRAY(
        SELECT m.record_id FROM public.people_link m WHERE m.until_at IS NULL AND m.identity_id <> ALL(gone) AND m.identity_id IN (
            SELECT unnest(people) UNION SELECT o.identity_id FROM public.people_link l
            JOIN public.chronology_eventperson p ON p.record_id = l.record_id JOIN public.chronology_eventperson q ON q.event_id = p.event_id
            JOIN public.people_link o ON o.record_id = q.record_id AND o.until_at IS NULL
            WHERE l.identity_id = ANY(people) AND l.until_at IS NULL));
END $$;

CREATE OR REPLACE FUNCTION wall_whole_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people bigint[] := public.wall_opened(true);
BEGIN
    RETURN public.wall_summed_records()
        || ARRAY(SELECT l.record_id FROM public.people_link l WHERE l.identity_id = ANY(people) AND l.until_at IS NULL);
END $$;

CREATE OR REPLACE FUNCTION wall_told_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE people bigint[] := public.wall_opened(false);
BEGIN
    IF public.wall_standing() THEN
        RETURN public.wall_records();
    END IF;
    RETURN public.wall_summed_records()
        || ARRAY(SELECT l.record_id FROM public.people_link l WHERE l.identity_id = ANY(people) AND l.until_at IS NULL);
END $$;

-- Whoever has a part in an entry about those whose entries there are for them: their number alone. Worked out once a query: held against each row,
-- the same question took minutes.
CREATE OR REPLACE FUNCTION wall_part_records() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE those bigint[] := public.wall_told_records(); gone bigint[] := public.wall_hidden_records();
BEGIN
    RETURN ARRAY(SELECT DISTINCT q.record_id FROM unnest(those) AS t(id)
        JOIN public.chronology_eventperson p ON p.record_id = t.id JOIN public.chronology_eventperson q ON q.event_id = p.event_id
        WHERE q.record_id <> ALL(gone));
END $$;

-- The systems of which anything may be known by this kind of agency, and those that may be read.
CREATE OR REPLACE FUNCTION wall_sources(lowest text) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT t.source FROM public.wall_tier t JOIN public.wall_post() p ON p.agency = t.agency
    WHERE t.tier = 'full' OR (lowest = 'pointer' AND t.tier = 'pointer'));
END $$;

CREATE OR REPLACE FUNCTION wall_kinds() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT k.kind FROM public.wall_kind k);
END $$;

-- Places known only through people of whom they may not know.
CREATE OR REPLACE FUNCTION wall_hidden_places() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint[] := public.wall_hidden_records();
BEGIN
    IF cardinality(gone) = 0 THEN RETURN '{}'; END IF;
    RETURN ARRAY(SELECT DISTINCT a.premises_id FROM public.people_address a WHERE a.record_id = ANY(gone)
    AND NOT EXISTS (SELECT FROM public.people_address b WHERE b.premises_id = a.premises_id AND b.record_id <> ALL(gone))
    AND NOT EXISTS (SELECT FROM public.people_marker m WHERE m.premises_id = a.premises_id AND (m.record_id IS NULL OR m.record_id <> ALL(gone))));
END $$;

-- Of what an entry says, the fields that say nothing of anybody: what a pointer may show.
CREATE OR REPLACE FUNCTION wall_free_of(of_kind text, said jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_object_agg(d.key, d.value), '{}') FROM jsonb_each(said) d
            WHERE EXISTS (SELECT FROM public.wall_free f WHERE f.kind = of_kind AND f.name = d.key));
END $$;
