-- What is signed keeps its terms for ever; only the ASP's own rows follow the ASP.
CREATE FUNCTION funding_version_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION
        'Une annexe signée ne se modifie plus : préparez un avenant de modification.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'version_kept';
END $$;

CREATE TRIGGER version_terms_kept BEFORE UPDATE ON funding_annexeversion
FOR EACH ROW
WHEN (OLD.asp_id IS NULL AND NEW.asp_id IS NULL
      AND OLD.state NOT IN ('BROUILLON', 'SAISI')
      AND (OLD.annexe_id, OLD.modification, OLD.starts_on, OLD.ends_on, OLD.etp,
           OLD.unit_amount, OLD.hours_per_etp, OLD.total, OLD.cofinanced, OLD.cofinancer,
           OLD.is_prison, OLD.supervision_etp, OLD.forecast_exits, OLD.forecast_dynamic,
           OLD.forecast_durable, OLD.forecast_transition, OLD.forecast_positive,
           OLD.signed_on)
          IS DISTINCT FROM
          (NEW.annexe_id, NEW.modification, NEW.starts_on, NEW.ends_on, NEW.etp,
           NEW.unit_amount, NEW.hours_per_etp, NEW.total, NEW.cofinanced, NEW.cofinancer,
           NEW.is_prison, NEW.supervision_etp, NEW.forecast_exits, NEW.forecast_dynamic,
           NEW.forecast_durable, NEW.forecast_transition, NEW.forecast_positive,
           NEW.signed_on))
EXECUTE FUNCTION funding_version_kept();

CREATE TRIGGER version_never_erased BEFORE DELETE ON funding_annexeversion
FOR EACH ROW
WHEN (OLD.state NOT IN ('BROUILLON', 'SAISI'))
EXECUTE FUNCTION funding_version_kept();

-- Nor does a signed annexe become a draft again.
CREATE TRIGGER version_never_reopened BEFORE UPDATE OF state ON funding_annexeversion
FOR EACH ROW
WHEN (NEW.asp_id IS NULL AND OLD.state NOT IN ('BROUILLON', 'SAISI')
      AND NEW.state IN ('BROUILLON', 'SAISI'))
EXECUTE FUNCTION funding_version_kept();

CREATE FUNCTION funding_part_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM funding_annexeversion
        WHERE id = OLD.version_id AND asp_id IS NULL
          AND state NOT IN ('BROUILLON', 'SAISI')
    ) THEN
        RAISE EXCEPTION
            'Une annexe signée ne se modifie plus : préparez un avenant de modification.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'version_kept';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER part_kept BEFORE UPDATE OR DELETE ON funding_annexepart
FOR EACH ROW EXECUTE FUNCTION funding_part_kept();
