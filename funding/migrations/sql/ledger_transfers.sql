-- Transfers: locked and checked before each row, posted after the statement.

-- One field of the text that is hashed: its length in bytes, and NULL written.
CREATE FUNCTION funding_ledger_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(octet_length(value) || ':' || value, '-');

-- The text a link's hash covers: the whole transfer and the links before it.
CREATE FUNCTION funding_ledger_text(
    t funding_transfer, source_previous text, target_previous text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN 'iae-ledger-1'
    || ',' || funding_ledger_field(t.id::text)
    || ',' || funding_ledger_field(t.kind)
    || ',' || funding_ledger_field(t.source_id::text)
    || ',' || funding_ledger_field(t.target_id::text)
    || ',' || funding_ledger_field(t.amount::text)
    || ',' || funding_ledger_field(to_char(t.effective_on::timestamp, 'YYYY-MM-DD'))
    || ',' || funding_ledger_field(t.reference)
    || ',' || funding_ledger_field(t.idempotency_key::text)
    || ',' || funding_ledger_field(t.corrects_id::text)
    || ',' || funding_ledger_field(t.by_id::text)
    || ',' || funding_ledger_field(
        to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || ',' || funding_ledger_field(source_previous)
    || ',' || funding_ledger_field(target_previous);

CREATE FUNCTION funding_ledger_hash(
    t funding_transfer, source_previous text, target_previous text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN encode(
    sha256(convert_to(funding_ledger_text(t, source_previous, target_previous), 'UTF8')),
    'hex');

-- Several transfers in one transaction: all their accounts first, in one order.
CREATE FUNCTION funding_ledger_lock(accounts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM funding_account WHERE id = ANY (accounts) ORDER BY id
        FOR NO KEY UPDATE;
END $$;

-- Nobody writes until the transaction ends, so that an anchor leaves no id in flight.
CREATE FUNCTION funding_ledger_hold() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE funding_transfer IN SHARE MODE;
END $$;

CREATE FUNCTION funding_transfer_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held record;
    allowed boolean;
BEGIN
    -- The locks are taken in id order. Foreign keys are checked at commit: look now.
    WITH locked AS MATERIALIZED (
        SELECT id, envelope_id, annexe_id, bucket FROM funding_account
        WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE
    )
    SELECT s.envelope_id AS source_envelope, t.envelope_id AS target_envelope,
           s.annexe_id AS source_annexe, t.annexe_id AS target_annexe,
           s.bucket AS source_bucket, t.bucket AS target_bucket, r.tie
    INTO held
    FROM locked s JOIN locked t ON t.id = NEW.target_id
    LEFT JOIN funding_transferrule r ON r.kind = NEW.kind
        AND r.source_bucket = s.bucket AND r.target_bucket = t.bucket
    WHERE s.id = NEW.source_id AND s.id <> t.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Un mouvement va d’un compte ouvert à un autre.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_two_accounts';
    END IF;
    allowed := CASE
        WHEN NEW.kind = 'CORRECTION' THEN EXISTS (
            SELECT FROM funding_transfer c WHERE c.id = NEW.corrects_id
            AND c.kind <> 'CORRECTION'
            AND c.source_id = NEW.target_id AND c.target_id = NEW.source_id)
        WHEN held.tie = 'SAME_ANNEXE' THEN held.source_envelope = held.target_envelope
            AND held.source_annexe = held.target_annexe
        WHEN held.tie = 'SAME_ENVELOPE' THEN held.source_envelope = held.target_envelope
        WHEN held.tie = 'ROOT' THEN EXISTS (
            SELECT FROM funding_envelope WHERE parent_id IS NULL
            AND id = coalesce(held.source_envelope, held.target_envelope))
        WHEN held.tie = 'CHILD' THEN funding_ledger_mother(
            held.source_envelope, held.target_envelope)
        WHEN held.tie = 'PARENT' THEN funding_ledger_mother(
            held.target_envelope, held.source_envelope)
    END;
    IF allowed IS NOT TRUE THEN
        RAISE EXCEPTION 'Ce mouvement n’est pas permis : % de % vers %.',
            NEW.kind, held.source_bucket, held.target_bucket
            USING ERRCODE = 'check_violation', CONSTRAINT = CASE NEW.kind
                WHEN 'CORRECTION' THEN 'ledger_correction' ELSE 'ledger_rule' END;
    END IF;
    -- Only now, under both locks: the order of ids is the order of the chain.
    NEW.id := nextval('funding_transfer_id_seq');
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

CREATE FUNCTION funding_ledger_mother(mother bigint, child bigint) RETURNS boolean
LANGUAGE sql STABLE
RETURN EXISTS (
    SELECT FROM funding_envelope c JOIN funding_envelope m ON m.id = c.parent_id
    WHERE c.id = child AND m.id = mother AND m.year = c.year);

CREATE FUNCTION funding_ledger_too_little(
    account bigint, remaining numeric, asked numeric
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'Il reste % € dans ce compte ; ce mouvement en demande %.',
        remaining, asked
        USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_insufficient',
        DETAIL = json_build_object('account', account,
            'remaining', remaining::text, 'asked', asked::text)::text;
END $$;

-- What corrections take back never exceeds what was moved. The accounts are locked, so
-- no other correction of the same transfer is under way.
CREATE FUNCTION funding_ledger_check_corrections(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    excess record;
BEGIN
    SELECT t.id, t.amount, sum(c.amount) AS taken INTO excess
    FROM funding_transfer t JOIN funding_transfer c ON c.corrects_id = t.id
    WHERE t.id = ANY (ids) GROUP BY t.id HAVING sum(c.amount) > t.amount LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Le mouvement % est de % € : ses corrections en reprendraient %.',
            excess.id, excess.amount, excess.taken
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_correction_rest',
            DETAIL = json_build_object('transfer', excess.id,
                'amount', excess.amount::text, 'taken', excess.taken::text)::text;
    END IF;
END $$;

-- A refused statement is refused whole. Rows are posted in id order, as if each had been
-- sent alone: no account passes below zero even between two rows of one statement.
CREATE FUNCTION funding_transfer_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved funding_transfer;
    source funding_account;
    target funding_account;
    step record;
    hashes text[] := '{}';
    source_heads text[] := '{}';
    target_heads text[] := '{}';
BEGIN
    CASE (SELECT count(*) FROM added)
    WHEN 0 THEN
        RETURN NULL;
    WHEN 1 THEN
        SELECT * INTO moved FROM added;
        SELECT * INTO source FROM funding_account WHERE id = moved.source_id;
        SELECT * INTO target FROM funding_account WHERE id = moved.target_id;
        IF source.balance < moved.amount AND source.bucket <> 'OUTSIDE' THEN
            PERFORM funding_ledger_too_little(source.id, source.balance, moved.amount);
        END IF;
        hashes[1] := funding_ledger_hash(moved, source.head, target.head);
        INSERT INTO funding_link (transfer_id, source_previous, target_previous, hash)
        VALUES (moved.id, source.head, target.head, hashes[1]);
        UPDATE funding_account SET head = hashes[1], balance = balance
            + CASE WHEN id = moved.source_id THEN -moved.amount ELSE moved.amount END
        WHERE id IN (moved.source_id, moved.target_id);
        IF moved.corrects_id IS NOT NULL THEN
            PERFORM funding_ledger_check_corrections(ARRAY[moved.corrects_id]);
        END IF;
    ELSE
        FOR step IN
            WITH numbered AS (
                SELECT id, row_number() OVER (ORDER BY id) AS n FROM added
            ), leg AS (
                SELECT n, true AS gives, source_id AS account_id, -amount AS change
                FROM added JOIN numbered USING (id)
                UNION ALL
                SELECT n, false, target_id, amount FROM added JOIN numbered USING (id)
            ), chained AS (
                SELECT n, gives, account_id, head, bucket,
                    -- the row of this statement that touched the account before
                    lag(n) OVER same AS last,
                    balance + sum(change) OVER same - change AS remaining
                FROM leg JOIN funding_account a ON a.id = account_id
                WINDOW same AS (PARTITION BY account_id ORDER BY n)
            )
            SELECT n, row(added.*)::funding_transfer AS moved,
                s.last AS source_last, s.head AS source_head, s.remaining,
                s.bucket, t.last AS target_last, t.head AS target_head
            FROM added JOIN numbered USING (id)
            JOIN chained s USING (n) JOIN chained t USING (n)
            WHERE s.gives AND NOT t.gives ORDER BY n
        LOOP
            moved := step.moved;
            IF step.remaining < moved.amount AND step.bucket <> 'OUTSIDE' THEN
                PERFORM funding_ledger_too_little(
                    moved.source_id, step.remaining, moved.amount);
            END IF;
            source_heads[step.n] := coalesce(hashes[step.source_last], step.source_head);
            target_heads[step.n] := coalesce(hashes[step.target_last], step.target_head);
            hashes[step.n] := funding_ledger_hash(
                moved, source_heads[step.n], target_heads[step.n]);
        END LOOP;
        INSERT INTO funding_link (transfer_id, source_previous, target_previous, hash)
        SELECT id, source_heads[n], target_heads[n], hashes[n]
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM added) numbered;
        UPDATE funding_account a
        SET balance = balance + change, head = hashes[last]
        FROM (
            SELECT account_id, sum(change) AS change, max(n) AS last FROM (
                SELECT id, row_number() OVER (ORDER BY id) AS n, source_id, target_id,
                    amount FROM added
            ) numbered,
            LATERAL (VALUES (source_id, -amount), (target_id, amount)) leg (account_id, change)
            GROUP BY account_id
        ) total WHERE a.id = account_id;
        PERFORM funding_ledger_check_corrections(
            (SELECT array_agg(corrects_id) FROM added WHERE corrects_id IS NOT NULL));
    END CASE;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_transfer_before BEFORE INSERT ON funding_transfer
    FOR EACH ROW EXECUTE FUNCTION funding_transfer_before();
CREATE TRIGGER ledger_transfer_after AFTER INSERT ON funding_transfer
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION funding_transfer_after();

-- Append-only, for the owner as well.
CREATE TRIGGER ledger_transfer_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_transfer
    EXECUTE FUNCTION funding_ledger_refuse(
        'Un mouvement ne se modifie pas : enregistrez une correction.');
CREATE TRIGGER ledger_link_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_link
    EXECUTE FUNCTION funding_ledger_refuse('Un maillon ne se modifie pas.');
CREATE TRIGGER ledger_link_from_transfer BEFORE INSERT ON funding_link
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION funding_ledger_refuse('Un maillon naît de son mouvement.');
