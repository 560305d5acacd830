-- The file of a request is written as a draft, corrected when the service asks for it,
-- and read for ever after; only the decision on sales is added while it is examined.
CREATE FUNCTION structures_refuse_request() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', 'Ce dossier est envoyé : il ne se modifie plus. Le service peut '
        'demander une correction des champs qu’il commente.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'request_kept';
END $$;

CREATE FUNCTION structures_request_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said text;
    decision text[] := ARRAY['sales_decided_on', 'sales_decision', 'saved_at', 'saved_by_id'];
BEGIN
    SELECT state INTO said FROM structures_convention
    WHERE id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.convention_id
                     ELSE NEW.convention_id END);
    IF said IN ('DRAFT', 'CORRECTION')
       OR (said = 'INSTRUCTION' AND TG_OP = 'UPDATE'
           AND to_jsonb(OLD) - decision = to_jsonb(NEW) - decision) THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    PERFORM structures_refuse_request();
    RETURN NULL;
END $$;

CREATE TRIGGER request_kept BEFORE INSERT OR UPDATE OR DELETE
ON structures_conventionrequest
FOR EACH ROW EXECUTE FUNCTION structures_request_kept();

CREATE FUNCTION structures_request_post_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM structures_conventionrequest r
        JOIN structures_convention c ON c.id = r.convention_id
        WHERE r.id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.request_id
                           ELSE NEW.request_id END)
          AND c.state NOT IN ('DRAFT', 'CORRECTION')
    ) THEN
        PERFORM structures_refuse_request();
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER request_post_kept BEFORE INSERT OR UPDATE OR DELETE
ON structures_requestpost
FOR EACH ROW EXECUTE FUNCTION structures_request_post_kept();

-- An attachment is joined, taken out once, and never becomes another.
CREATE FUNCTION structures_attachment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    removal text[] := ARRAY['removed_at', 'removed_by_id'];
BEGIN
    IF EXISTS (
        SELECT FROM structures_convention
        WHERE id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.convention_id
                         ELSE NEW.convention_id END)
          AND state NOT IN ('DRAFT', 'CORRECTION')
    ) THEN
        PERFORM structures_refuse_request();
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.removed_at IS NOT NULL
        OR to_jsonb(OLD) - removal <> to_jsonb(NEW) - removal) THEN
        RAISE EXCEPTION '%', 'Une pièce jointe ne se modifie pas : retirez-la, puis '
            'joignez la nouvelle.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'attachment_kept';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER attachment_kept BEFORE INSERT OR UPDATE OR DELETE
ON structures_attachment
FOR EACH ROW EXECUTE FUNCTION structures_attachment_kept();

-- What was signed, refused or dropped never opens again.
CREATE FUNCTION structures_convention_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', 'Une convention signée, refusée ou abandonnée ne redevient pas un '
        'dossier à instruire : ouvrez une nouvelle demande.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'convention_kept';
END $$;

CREATE TRIGGER convention_never_reopened BEFORE UPDATE OF state ON structures_convention
FOR EACH ROW
WHEN (OLD.state NOT IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY')
      AND NEW.state IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY'))
EXECUTE FUNCTION structures_convention_kept();
