-- A FDI request is kept on its line of an agenda as a convention is.
CREATE OR REPLACE FUNCTION funding_agenda_kept() RETURNS trigger LANGUAGE plpgsql AS $$
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
        OR (OLD.session_id, OLD.convention_id, OLD.fdi_id, OLD.sense)
           IS DISTINCT FROM (NEW.session_id, NEW.convention_id, NEW.fdi_id, NEW.sense)) THEN
        RAISE EXCEPTION '%', 'Un avis enregistré ne se retire pas : inscrivez le dossier à une '
            'autre séance pour qu’il soit revu.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'opinion_kept';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
