-- The peer: two tables, foreign keys, and nothing else than "never below zero". The locks
-- are taken before the row and the money moves after it, its fastest safe form.
CREATE SCHEMA bare;
SET search_path = bare;
CREATE TABLE account (
    id bigint PRIMARY KEY,
    balance numeric(16, 2) NOT NULL DEFAULT 0 CHECK (balance >= 0)
);
CREATE TABLE transfer (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source bigint NOT NULL REFERENCES account,
    target bigint NOT NULL REFERENCES account,
    amount numeric(16, 2) NOT NULL CHECK (amount > 0),
    idempotency_key uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (source <> target)
);
CREATE FUNCTION transfer_lock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bare, pg_temp AS $$
BEGIN
    PERFORM 1 FROM account WHERE id IN (NEW.source, NEW.target) ORDER BY id
        FOR NO KEY UPDATE;
    RETURN NEW;
END $$;
CREATE FUNCTION transfer_post() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = bare, pg_temp AS $$
BEGIN
    UPDATE account SET balance = balance
        + CASE WHEN id = NEW.source THEN -NEW.amount ELSE NEW.amount END
    WHERE id IN (NEW.source, NEW.target);
    RETURN NULL;
END $$;
CREATE TRIGGER transfer_lock BEFORE INSERT ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_lock();
CREATE TRIGGER transfer_post AFTER INSERT ON transfer
    FOR EACH ROW EXECUTE FUNCTION transfer_post();

-- The same accounts on both sides: one national envelope and a hundred under it, frozen
-- money beside each.
SET search_path = public;
INSERT INTO structures_region (code, name)
SELECT to_hex(n), 'Région ' || n FROM generate_series(16, 115) n;
INSERT INTO funding_envelope (year, level, line) VALUES (2019, 'NATIONAL', 'FIE');
INSERT INTO funding_envelope (year, level, line, region_id, parent_id)
SELECT 2019, 'REGIONAL', 'FIE', r.code, m.id
FROM structures_region r, funding_envelope m WHERE m.level = 'NATIONAL';
INSERT INTO funding_account (envelope_id, bucket)
SELECT id, bucket FROM funding_envelope, (VALUES ('AVAILABLE'), ('FROZEN')) b (bucket);
INSERT INTO funding_transfer
    (source_id, target_id, amount, kind, reference, effective_on, idempotency_key)
SELECT o.id, a.id, 1e9, 'NOTIFICATION', '', '2019-01-01', gen_random_uuid()
FROM funding_account o, funding_account a JOIN funding_envelope e ON e.id = a.envelope_id
WHERE o.bucket = 'OUTSIDE' AND a.bucket = 'AVAILABLE' AND e.level = 'NATIONAL';
INSERT INTO funding_transfer
    (source_id, target_id, amount, kind, reference, effective_on, idempotency_key)
SELECT m.id, a.id, 1e6, 'DELEGATION', '', '2019-01-01', gen_random_uuid()
FROM funding_account a JOIN funding_envelope e ON e.id = a.envelope_id
JOIN funding_account m ON m.envelope_id = e.parent_id AND m.bucket = 'AVAILABLE'
WHERE a.bucket = 'AVAILABLE';
INSERT INTO bare.account SELECT id, balance FROM funding_account WHERE balance >= 0;
