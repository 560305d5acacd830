-- Transfers: locked and checked before each row, posted after the statement.

-- A field that may be empty, in the text that is hashed: its length in bytes, or “-”.
CREATE FUNCTION funding_ledger_field(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(octet_length(value)::text || ':' || value, '-');

-- The text a link's hash covers: the whole transfer and the links before it, each field
-- with its length. Days, keys and instants have theirs written: always 10, 36 and 27.
CREATE FUNCTION funding_ledger_text(
    t funding_transfer, source_previous text, target_previous text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN format(
    'iae-ledger-1,%s:%s,%s:%s,%s:%s,%s:%s,%s:%s,10:%s,%s:%s,36:%s,%s,%s,27:%s,%s:%s,%s:%s',
    octet_length(t.id::text), t.id,
    octet_length(t.kind), t.kind,
    octet_length(t.source_id::text), t.source_id,
    octet_length(t.target_id::text), t.target_id,
    octet_length(t.amount::text), t.amount,
    to_char(t.effective_on::timestamp, 'YYYY-MM-DD'),
    octet_length(t.reference), t.reference,
    t.idempotency_key,
    funding_ledger_field(t.corrects_id::text),
    funding_ledger_field(t.by_id::text),
    to_char(t.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    octet_length(source_previous), source_previous,
    octet_length(target_previous), target_previous);

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

-- The number a statement brings would be drawn before the locks: ours comes after.
ALTER TABLE funding_transfer ALTER id DROP IDENTITY, ALTER id SET DEFAULT 0;
CREATE SEQUENCE funding_transfer_chain OWNED BY funding_transfer.id;

CREATE FUNCTION funding_transfer_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    low funding_account;
    high funding_account;
    source funding_account;
    target funding_account;
    rule text;
    allowed boolean := false;
BEGIN
    -- In id order, whichever gives: two statements of one row take a third of the time
    -- of one statement that sorts two.
    SELECT * INTO low FROM funding_account
        WHERE id = least(NEW.source_id, NEW.target_id) FOR NO KEY UPDATE;
    SELECT * INTO high FROM funding_account
        WHERE id = greatest(NEW.source_id, NEW.target_id) FOR NO KEY UPDATE;
    IF low.id IS NULL OR high.id IS NULL OR low.id = high.id THEN
        RAISE EXCEPTION 'Un mouvement va d’un compte ouvert à un autre.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_two_accounts';
    END IF;
    IF low.id = NEW.source_id THEN
        source := low; target := high;
    ELSE
        source := high; target := low;
    END IF;
    SELECT tie INTO rule FROM funding_transferrule
        WHERE kind = NEW.kind
        AND source_bucket = source.bucket AND target_bucket = target.bucket;
    -- IF, not one CASE: a branch without a query is evaluated without one.
    IF NEW.kind = 'CORRECTION' THEN
        allowed := EXISTS (
            SELECT FROM funding_transfer WHERE id = NEW.corrects_id
            AND kind <> 'CORRECTION'
            AND source_id = NEW.target_id AND target_id = NEW.source_id);
    ELSIF NEW.corrects_id IS NOT NULL THEN
        allowed := false;
    ELSIF rule = 'SAME_ANNEXE' THEN
        allowed := source.envelope_id = target.envelope_id
            AND source.annexe_id = target.annexe_id;
    ELSIF rule = 'SAME_ENVELOPE' THEN
        allowed := source.envelope_id = target.envelope_id;
    ELSIF rule = 'ROOT' THEN
        allowed := EXISTS (
            SELECT FROM funding_envelope WHERE parent_id IS NULL
            AND id = coalesce(source.envelope_id, target.envelope_id));
    ELSIF rule = 'CHILD' THEN
        allowed := funding_ledger_mother(source.envelope_id, target.envelope_id);
    ELSIF rule = 'PARENT' THEN
        allowed := funding_ledger_mother(target.envelope_id, source.envelope_id);
    END IF;
    IF NOT allowed THEN
        RAISE EXCEPTION 'Ce mouvement n’est pas permis : % de % vers %.',
            NEW.kind, source.bucket, target.bucket
            USING ERRCODE = 'check_violation', CONSTRAINT = CASE NEW.kind
                WHEN 'CORRECTION' THEN 'ledger_correction' ELSE 'ledger_rule' END;
    END IF;
    -- Only now, under both locks: the order of ids is the order of the chain.
    NEW.id := nextval('funding_transfer_chain');
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

-- Several rows of one statement, in id order, as if each had been sent alone: no account
-- passes below zero even between two of them. The queries are planned at each call: the
-- plan that suits two rows would take hours for a COPY.
CREATE FUNCTION funding_ledger_post_many(ids bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    step record;
    hashes text[] := '{}';
    source_heads text[] := '{}';
    target_heads text[] := '{}';
BEGIN
    FOR step IN EXECUTE $q$
        WITH numbered AS (
            SELECT n, t FROM unnest($1) WITH ORDINALITY one (id, n)
            JOIN funding_transfer t USING (id)
        ), leg AS (
            SELECT n, true AS gives, (t).source_id AS account_id, -(t).amount AS change
            FROM numbered
            UNION ALL
            SELECT n, false, (t).target_id, (t).amount FROM numbered
        ), chained AS (
            -- `last`: the row before this one that touched the account
            SELECT n, gives, head, bucket, lag(n) OVER same AS last,
                balance + sum(change) OVER same - change AS remaining
            FROM leg JOIN funding_account a ON a.id = account_id
            WINDOW same AS (PARTITION BY account_id ORDER BY n)
        ), both_legs AS (
            SELECT n, max(head) FILTER (WHERE gives) AS source_head,
                max(last) FILTER (WHERE gives) AS source_last,
                max(head) FILTER (WHERE NOT gives) AS target_head,
                max(last) FILTER (WHERE NOT gives) AS target_last,
                max(remaining) FILTER (WHERE gives AND bucket <> 'OUTSIDE') AS remaining
            FROM chained GROUP BY n
        )
        SELECT both_legs.*, t, (t).source_id, (t).amount
        FROM both_legs JOIN numbered USING (n) ORDER BY n
        $q$ USING ids
    LOOP
        IF step.remaining < step.amount THEN
            PERFORM funding_ledger_too_little(
                step.source_id, step.remaining, step.amount);
        END IF;
        source_heads[step.n] := coalesce(hashes[step.source_last], step.source_head);
        target_heads[step.n] := coalesce(hashes[step.target_last], step.target_head);
        hashes[step.n] := funding_ledger_hash(
            step.t, source_heads[step.n], target_heads[step.n]);
    END LOOP;
    INSERT INTO funding_link (transfer_id, source_previous, target_previous, hash)
    SELECT * FROM unnest(ids, source_heads, target_heads, hashes);
    EXECUTE $q$
        UPDATE funding_account a SET balance = balance + change, head = l.hash
        FROM (
            SELECT account_id, sum(change) AS change, max(t.id) AS last
            FROM unnest($1) one (id) JOIN funding_transfer t USING (id), LATERAL (
                VALUES (source_id, -amount), (target_id, amount)
            ) leg (account_id, change) GROUP BY account_id
        ) total JOIN funding_link l ON l.transfer_id = total.last
        WHERE a.id = account_id
        $q$ USING ids;
    PERFORM funding_ledger_check_corrections(ARRAY(
        SELECT corrects_id FROM funding_transfer
        WHERE id = ANY (ids) AND corrects_id IS NOT NULL));
END $$;

-- Posts what a statement added; when it refuses, it refuses the whole statement.
CREATE FUNCTION funding_transfer_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved funding_transfer;
    rows bigint;
    remaining numeric;
    source_bucket text;
    source_head text;
    target_head text;
    drawn text;
BEGIN
    SELECT a.* INTO moved FROM added a LIMIT 1;
    SELECT count(*) INTO rows FROM added;
    IF rows <> 1 THEN
        PERFORM funding_ledger_post_many(ARRAY(SELECT id FROM added ORDER BY id));
        RETURN NULL;
    END IF;
    SELECT s.balance, s.bucket, s.head, t.head
    INTO remaining, source_bucket, source_head, target_head
    FROM funding_account s, funding_account t
    WHERE s.id = moved.source_id AND t.id = moved.target_id;
    IF remaining < moved.amount AND source_bucket <> 'OUTSIDE' THEN
        PERFORM funding_ledger_too_little(moved.source_id, remaining, moved.amount);
    END IF;
    drawn := funding_ledger_hash(moved, source_head, target_head);
    INSERT INTO funding_link (transfer_id, source_previous, target_previous, hash)
    VALUES (moved.id, source_head, target_head, drawn);
    UPDATE funding_account SET head = drawn, balance = balance
        + CASE WHEN id = moved.source_id THEN -moved.amount ELSE moved.amount END
    WHERE id IN (moved.source_id, moved.target_id);
    IF moved.corrects_id IS NOT NULL THEN
        PERFORM funding_ledger_check_corrections(ARRAY[moved.corrects_id]);
    END IF;
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

-- Checked with the row, while its accounts are locked by us: at commit, a deferred check
-- would lock them a second time.
DO $$
DECLARE
    key text;
BEGIN
    FOR key IN SELECT conname FROM pg_constraint
        WHERE conrelid = 'funding_transfer'::regclass AND contype = 'f'
    LOOP
        EXECUTE format(
            'ALTER TABLE funding_transfer ALTER CONSTRAINT %I NOT DEFERRABLE', key);
    END LOOP;
END $$;
