-- Accounts: opened empty, written by the ledger alone, and never moved elsewhere.

-- Two updates of every transfer land on accounts: leave room for them on the page.
ALTER TABLE funding_account SET (fillfactor = 70);

CREATE FUNCTION funding_account_opened() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.balance <> 0 OR NEW.head <> '' THEN
        RAISE EXCEPTION 'Un compte s’ouvre vide : l’argent y vient par un mouvement.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_empty';
    END IF;
    -- Once is enough, as these columns never change; a CHECK would cost every transfer.
    IF NOT (CASE
        WHEN NEW.bucket = 'OUTSIDE' THEN
            NEW.envelope_id IS NULL AND NEW.annexe_id IS NULL
        WHEN NEW.bucket IN ('AVAILABLE', 'FROZEN') THEN
            NEW.envelope_id IS NOT NULL AND NEW.annexe_id IS NULL
        WHEN NEW.bucket IN ('RESERVED', 'COMMITTED', 'PAID') THEN
            NEW.envelope_id IS NOT NULL AND NEW.annexe_id IS NOT NULL
        ELSE false
    END) THEN
        RAISE EXCEPTION 'Ce compartiment ne va pas avec cette enveloppe et cette annexe.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_owner';
    END IF;
    -- Held until commit, so that the envelope cannot change mothers meanwhile.
    PERFORM FROM funding_envelope WHERE id = NEW.envelope_id FOR SHARE;
    PERFORM FROM funding_annexefinanciere WHERE id = NEW.annexe_id FOR SHARE;
    IF EXISTS (
        SELECT FROM funding_envelope e, funding_annexefinanciere a
        WHERE e.id = NEW.envelope_id AND a.id = NEW.annexe_id AND a.year <> e.year
    ) THEN
        RAISE EXCEPTION 'Une annexe est portée par une enveloppe de la même année.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_account_year';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_opened BEFORE INSERT ON funding_account
    FOR EACH ROW EXECUTE FUNCTION funding_account_opened();

-- Refuses whatever fires it; the sentence and the name come from the trigger.
CREATE FUNCTION funding_ledger_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0]
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

-- Depth 0 is a statement somebody sent; the ledger's own updates come from a trigger. A
-- setting would not do: anybody may set one. A trigger takes the owner's right to create.
CREATE TRIGGER ledger_account_balance BEFORE UPDATE OR DELETE ON funding_account
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION funding_ledger_refuse(
        'Un solde ne change que par un mouvement : enregistrez une correction.');
-- UPDATE OF, not WHEN: an unchanged column is free, a WHEN is parsed by every transfer.
CREATE TRIGGER ledger_account_identity
    BEFORE UPDATE OF id, envelope_id, annexe_id, bucket ON funding_account
    FOR EACH ROW EXECUTE FUNCTION funding_ledger_refuse(
        'Un compte garde son enveloppe, son annexe et son compartiment.');
CREATE TRIGGER ledger_account_truncate BEFORE TRUNCATE ON funding_account
    EXECUTE FUNCTION funding_ledger_refuse('Le grand livre ne s’efface pas.');

-- Money would change hands without a transfer if what holds it became something else.
CREATE FUNCTION funding_ledger_keep() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM funding_account
        WHERE CASE TG_TABLE_NAME WHEN 'funding_envelope' THEN envelope_id
              ELSE annexe_id END = OLD.id
    ) THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation',
            CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_envelope_kept BEFORE UPDATE ON funding_envelope
    FOR EACH ROW WHEN (
        (OLD.id, OLD.year, OLD.level, OLD.line, OLD.region_id, OLD.departement_id,
         OLD.parent_id)
        IS DISTINCT FROM (NEW.id, NEW.year, NEW.level, NEW.line, NEW.region_id,
         NEW.departement_id, NEW.parent_id))
    EXECUTE FUNCTION funding_ledger_keep(
        'Cette enveloppe a des comptes : elle garde son année, sa ligne, son territoire '
        'et sa mère. Créez-en une autre et rendez-lui l’argent par des mouvements.');
CREATE TRIGGER ledger_annexe_kept BEFORE UPDATE ON funding_annexefinanciere
    FOR EACH ROW WHEN (
        (OLD.id, OLD.year, OLD.convention_id)
        IS DISTINCT FROM (NEW.id, NEW.year, NEW.convention_id))
    EXECUTE FUNCTION funding_ledger_keep(
        'Cette annexe a des comptes : elle garde son année et sa convention.');
