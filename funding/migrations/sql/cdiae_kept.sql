-- Once its minutes are closed, a session of the CDIAE says what it said for ever.
CREATE FUNCTION funding_cdiae_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', 'Le procès-verbal de cette séance est arrêté : ses avis ne changent '
        'plus. Inscrivez le dossier à une autre séance.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cdiae_kept';
END $$;

CREATE TRIGGER cdiae_session_kept BEFORE UPDATE OR DELETE ON funding_cdiaesession
FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL)
EXECUTE FUNCTION funding_cdiae_kept();

CREATE FUNCTION funding_agenda_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM funding_cdiaesession
        WHERE closed_at IS NOT NULL
          AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.session_id
                          ELSE OLD.session_id END,
                     CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id
                          ELSE NEW.session_id END)
    ) THEN
        RAISE EXCEPTION '%', 'Le procès-verbal de cette séance est arrêté : ses avis ne '
            'changent plus. Inscrivez le dossier à une autre séance.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'cdiae_kept';
    END IF;
    -- An opinion given is given: it was the ground of what followed.
    IF TG_OP <> 'INSERT' AND OLD.sense <> '' AND (TG_OP = 'DELETE'
        OR (OLD.session_id, OLD.convention_id, OLD.sense)
           IS DISTINCT FROM (NEW.session_id, NEW.convention_id, NEW.sense)) THEN
        RAISE EXCEPTION '%', 'Un avis enregistré ne se retire pas : inscrivez le dossier à une '
            'autre séance pour qu’il soit revu.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'opinion_kept';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER agenda_kept BEFORE INSERT OR UPDATE OR DELETE ON funding_agendaitem
FOR EACH ROW EXECUTE FUNCTION funding_agenda_kept();
