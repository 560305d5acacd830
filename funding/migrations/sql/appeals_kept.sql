-- A refused file becomes a draft again only when an appeal against the refusal is upheld;
-- what came of an appeal is written once.
DROP TRIGGER version_never_reopened ON funding_annexeversion;
CREATE TRIGGER version_never_reopened BEFORE UPDATE OF state ON funding_annexeversion
FOR EACH ROW
WHEN (NEW.asp_id IS NULL AND OLD.state NOT IN ('BROUILLON', 'SAISI', 'REJETE')
      AND NEW.state IN ('BROUILLON', 'SAISI'))
EXECUTE FUNCTION funding_version_kept();

CREATE FUNCTION funding_reopened_by_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM funding_appeal p JOIN funding_statuschange c ON c.id = p.change_id
        WHERE c.version_id = NEW.id AND c.act = 'REJECT' AND p.outcome = 'UPHELD'
    ) THEN
        RAISE EXCEPTION
            'Une annexe refusée ne se reprend qu’après un recours accueilli.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'version_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_reopened_by_appeal BEFORE UPDATE OF state ON funding_annexeversion
FOR EACH ROW
WHEN (NEW.asp_id IS NULL AND OLD.state = 'REJETE'
      AND NEW.state IN ('BROUILLON', 'SAISI'))
EXECUTE FUNCTION funding_reopened_by_appeal();

CREATE FUNCTION funding_appeal_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Un recours ne s’efface pas, et son issue s’enregistre une fois.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'appeal_kept';
END $$;
CREATE TRIGGER appeal_kept BEFORE UPDATE ON funding_appeal
FOR EACH ROW
WHEN (OLD.outcome <> '' OR (OLD.change_id, OLD.kind, OLD.notified_on, OLD.filed_on,
      OLD.reason, OLD.by_id) IS DISTINCT FROM (NEW.change_id, NEW.kind, NEW.notified_on,
      NEW.filed_on, NEW.reason, NEW.by_id))
EXECUTE FUNCTION funding_appeal_kept();
CREATE TRIGGER appeal_never_erased BEFORE DELETE ON funding_appeal
FOR EACH ROW EXECUTE FUNCTION funding_appeal_kept();
