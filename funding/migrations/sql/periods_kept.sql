-- The amounts of what is signed are kept with its terms.
CREATE FUNCTION funding_period_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM funding_annexeversion
        WHERE id = coalesce(OLD.version_id, NEW.version_id) AND asp_id IS NULL
          AND state NOT IN ('BROUILLON', 'SAISI')
    ) THEN
        RAISE EXCEPTION
            'Une annexe signée ne se modifie plus : préparez un avenant de modification.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'version_kept';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER period_kept BEFORE INSERT OR UPDATE OR DELETE ON funding_annexeperiod
FOR EACH ROW EXECUTE FUNCTION funding_period_kept();
