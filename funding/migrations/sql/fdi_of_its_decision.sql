-- Until it is agreed a FDI request holds nothing: the year of its decision may bear it.

DROP TRIGGER fdi_borne ON funding_fdirequest;
CREATE TRIGGER fdi_borne
    BEFORE INSERT OR UPDATE OF kind, agreed, decided_on, envelope_id
    ON funding_fdirequest FOR EACH ROW EXECUTE FUNCTION funding_fdi_borne();
DROP TRIGGER fdi_kept ON funding_fdirequest;
CREATE TRIGGER fdi_kept BEFORE UPDATE ON funding_fdirequest
    FOR EACH ROW WHEN (OLD.structure_id IS DISTINCT FROM NEW.structure_id
        OR OLD.envelope_id IS DISTINCT FROM NEW.envelope_id AND OLD.status <> 'ADVISED')
    EXECUTE FUNCTION funding_ledger_refuse(
        'Une demande FDI garde sa structure, et son enveloppe une fois décidée.');
