-- An envelope bears the annexes of its year, its territory and its perimeter, and no
-- other (R82). Look-ups by primary key, one row at a time: they cost the same whatever
-- the planner believes of a table filled in the same transaction.

-- The name of what forbids it, or NULL. A day of the annexe's year in the perimeter is
-- enough: a commune that left in March was helped in February.
CREATE FUNCTION funding_cannot_bear(envelope bigint, annexe bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bearer record;
    borne_year integer;
    place text;
    home text;
BEGIN
    SELECT year, region_id, departement_id, perimeter_id INTO bearer
        FROM funding_envelope WHERE id = envelope;
    SELECT a.year, (
        SELECT (SELECT s.commune_id FROM structures_structure s WHERE s.id = v.structure_id)
        FROM structures_convention v WHERE v.id = a.convention_id
    ) INTO borne_year, place FROM funding_annexefinanciere a WHERE a.id = annexe;
    SELECT departement_id INTO home FROM structures_commune WHERE code = place;
    IF bearer.year <> borne_year THEN
        RETURN 'ledger_account_year';
    END IF;
    IF coalesce(bearer.departement_id <> home, bearer.region_id <> (
        SELECT region_id FROM structures_departement WHERE code = home
    )) THEN
        RETURN 'envelope_territory_of_annexe';
    END IF;
    IF bearer.perimeter_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM structures_perimetercommune m
        WHERE m.perimeter_id = bearer.perimeter_id AND m.commune_id = place
          AND m.since <= make_date(borne_year, 12, 31)
          AND (m.until IS NULL OR m.until >= make_date(borne_year, 1, 1))
    ) THEN
        RETURN 'envelope_perimeter_of_annexe';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION funding_refuse_bearing(forbidden text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', CASE forbidden
        WHEN 'ledger_account_year' THEN
            'Une annexe est portée par une enveloppe de la même année.'
        WHEN 'envelope_territory_of_annexe' THEN
            'Une enveloppe ne porte que les annexes des structures de son territoire.'
        ELSE 'Cette enveloppe est réservée à un périmètre : la commune de la structure '
            'n’y était pas cette année-là.'
        END USING ERRCODE = 'check_violation', CONSTRAINT = forbidden;
END $$;

-- The rights of the owner: what is looked up is not what the caller may see.
CREATE FUNCTION funding_account_borne() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    forbidden text;
BEGIN
    SELECT min(funding_cannot_bear(added.envelope_id, added.annexe_id)) INTO forbidden
    FROM added WHERE added.annexe_id IS NOT NULL;
    IF forbidden IS NOT NULL THEN
        PERFORM funding_refuse_bearing(forbidden);
    END IF;
    RETURN NULL;
END $$;
-- No change to watch: an account keeps its envelope and its annexe.
CREATE TRIGGER account_borne AFTER INSERT ON funding_account
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION funding_account_borne();

CREATE FUNCTION funding_part_borne() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    forbidden text;
BEGIN
    SELECT min(funding_cannot_bear(added.envelope_id, (
        SELECT w.annexe_id FROM funding_annexeversion w WHERE w.id = added.version_id
    ))) INTO forbidden FROM added;
    IF forbidden IS NOT NULL THEN
        PERFORM funding_refuse_bearing(forbidden);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER part_borne AFTER INSERT ON funding_annexepart
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION funding_part_borne();
CREATE TRIGGER part_borne_changed AFTER UPDATE ON funding_annexepart
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION funding_part_borne();

-- The other ends: what an envelope is for, and whose an annexe and a version are.
CREATE FUNCTION funding_bearing_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    forbidden text;
BEGIN
    SELECT min(funding_cannot_bear(b.envelope_id, b.annexe_id)) INTO forbidden FROM (
        SELECT p.envelope_id, w.annexe_id
        FROM funding_annexepart p JOIN funding_annexeversion w ON w.id = p.version_id
        WHERE CASE TG_TABLE_NAME WHEN 'funding_envelope' THEN p.envelope_id
              WHEN 'funding_annexeversion' THEN w.id ELSE w.annexe_id END = NEW.id
        UNION ALL
        SELECT k.envelope_id, k.annexe_id FROM funding_account k
        WHERE k.annexe_id IS NOT NULL AND CASE TG_TABLE_NAME
              WHEN 'funding_envelope' THEN k.envelope_id
              WHEN 'funding_annexefinanciere' THEN k.annexe_id END = NEW.id
    ) b;
    IF forbidden IS NOT NULL THEN
        PERFORM funding_refuse_bearing(forbidden);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER envelope_bearing_kept AFTER UPDATE ON funding_envelope
    FOR EACH ROW WHEN (
        (OLD.year, OLD.region_id, OLD.departement_id, OLD.perimeter_id)
        IS DISTINCT FROM (NEW.year, NEW.region_id, NEW.departement_id, NEW.perimeter_id))
    EXECUTE FUNCTION funding_bearing_kept();
CREATE TRIGGER annexe_bearing_kept AFTER UPDATE ON funding_annexefinanciere
    FOR EACH ROW WHEN (
        (OLD.year, OLD.convention_id) IS DISTINCT FROM (NEW.year, NEW.convention_id))
    EXECUTE FUNCTION funding_bearing_kept();
CREATE TRIGGER version_bearing_kept AFTER UPDATE ON funding_annexeversion
    FOR EACH ROW WHEN (OLD.annexe_id <> NEW.annexe_id)
    EXECUTE FUNCTION funding_bearing_kept();
