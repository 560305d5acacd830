-- A modulated share above the legal maximum, an annexe outside its convention.

-- The share the law allows on the day of the modulation (R21): in prison, its own.
CREATE FUNCTION funding_modulation_within() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    day date;
    prison boolean;
    socle numeric;
    most numeric;
BEGIN
    SELECT coalesce(NEW.notified_on, make_date(a.year, 12, 31)), (
        SELECT v.measure LIKE '%\_MP' FROM structures_convention v
        WHERE v.id = a.convention_id
    ) INTO day, prison FROM funding_annexefinanciere a WHERE a.id = NEW.annexe_id;
    SELECT max(w.total), coalesce(bool_or(w.is_prison), false) OR prison
        INTO socle, prison FROM funding_annexeversion w
        WHERE w.annexe_id = NEW.annexe_id;
    IF prison THEN
        most := legal_value('modulation_part_maximale', '', 'PRISON', day, day);
    END IF;
    most := coalesce(
        most, legal_value('modulation_part_maximale', '', 'METROPOLE', day, day));
    IF most IS NULL OR NEW.rate > most OR NEW.amount > round(NEW.base * most, 2) THEN
        RAISE EXCEPTION 'La part modulée dépasse le maximum légal : % % du montant socle.',
            coalesce(trim_scale(most * 100)::text, '0'), '%'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'modulation_within_law';
    END IF;
    IF NEW.base > coalesce(socle, 0) THEN
        RAISE EXCEPTION 'La base d’une modulation ne dépasse pas le montant de l’annexe.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'modulation_base_of_annexe';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER modulation_within_law BEFORE INSERT OR UPDATE ON funding_modulation
    FOR EACH ROW EXECUTE FUNCTION funding_modulation_within();

CREATE FUNCTION funding_refuse_version_outside() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Les dates d’une annexe sont dans celles de sa convention.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'version_in_convention';
END $$;

CREATE FUNCTION funding_version_inside(annexe bigint, since date, until date)
RETURNS boolean LANGUAGE sql STABLE
RETURN (SELECT since >= v.starts_on AND until <= v.ends_on
        FROM structures_convention v WHERE v.id = (
            SELECT a.convention_id FROM funding_annexefinanciere a WHERE a.id = annexe));

CREATE FUNCTION funding_versions_in_convention() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM added WHERE added.asp_id IS NULL AND NOT
            funding_version_inside(added.annexe_id, added.starts_on, added.ends_on)) > 0
    THEN
        PERFORM funding_refuse_version_outside();
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER version_in_convention AFTER INSERT ON funding_annexeversion
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION funding_versions_in_convention();

CREATE FUNCTION funding_version_in_convention() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT funding_version_inside(NEW.annexe_id, NEW.starts_on, NEW.ends_on) THEN
        PERFORM funding_refuse_version_outside();
    END IF;
    RETURN NULL;
END $$;
-- Only when its dates or its annexe change: a state may move on after the ASP cut the
-- convention short.
CREATE TRIGGER version_in_convention_changed AFTER UPDATE ON funding_annexeversion
    FOR EACH ROW WHEN (NEW.asp_id IS NULL AND
        (OLD.annexe_id, OLD.starts_on, OLD.ends_on, OLD.asp_id)
        IS DISTINCT FROM (NEW.annexe_id, NEW.starts_on, NEW.ends_on, NEW.asp_id))
    EXECUTE FUNCTION funding_version_in_convention();
