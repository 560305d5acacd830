-- A refused convention becomes a draft again only when an appeal is upheld.
DROP TRIGGER convention_never_reopened ON structures_convention;
CREATE TRIGGER convention_never_reopened BEFORE UPDATE OF state ON structures_convention
FOR EACH ROW
WHEN (OLD.state NOT IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY', 'REJECTED')
      AND NEW.state IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY'))
EXECUTE FUNCTION structures_convention_kept();

CREATE FUNCTION funding_convention_reopened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM funding_appeal p JOIN funding_statuschange c ON c.id = p.change_id
        WHERE c.convention_id = NEW.id AND c.act = 'REJECT' AND p.outcome = 'UPHELD'
    ) THEN
        RAISE EXCEPTION '%', 'Une convention refusée ne se reprend qu’après un recours '
            'accueilli : sinon, ouvrez une nouvelle demande.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'convention_kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER convention_reopened_by_appeal BEFORE UPDATE OF state
ON structures_convention
FOR EACH ROW
WHEN (OLD.state = 'REJECTED'
      AND NEW.state IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY'))
EXECUTE FUNCTION funding_convention_reopened();
