"""The ledger re-proved from its transfers, without trusting balances, links or triggers."""

from django.conf import settings
from django.db import connection

from funding.figures.audit import Check, Finding, by_sql, found
from funding.models import TransferRule
from funding.rules.transfers import ROUTES

LEG = """
    leg AS (
        SELECT source_id AS account_id, id, -amount AS change FROM funding_transfer
        UNION ALL SELECT target_id, id, amount FROM funding_transfer
    )
"""
BALANCES = f"""
WITH {LEG}
SELECT format('compte %s : son solde est %s, ses mouvements font %s',
    a.id, a.balance, coalesce(sum(change), 0))
FROM funding_account a LEFT JOIN leg ON leg.account_id = a.id
GROUP BY a.id HAVING a.balance <> coalesce(sum(change), 0)
"""
NOTIFIED = """
SELECT format('les comptes tiennent %s, les notifications nettes font %s', held, given)
FROM (
    SELECT coalesce(sum(balance), 0) AS held FROM funding_account
    WHERE bucket <> 'OUTSIDE'
) accounts, (
    SELECT coalesce(sum(CASE WHEN s.bucket = 'OUTSIDE' THEN amount ELSE 0 END)
        - sum(CASE WHEN t.bucket = 'OUTSIDE' THEN amount ELSE 0 END), 0) AS given
    FROM funding_transfer JOIN funding_account s ON s.id = source_id
    JOIN funding_account t ON t.id = target_id
) transfers WHERE held <> given
"""
BELOW_ZERO = f"""
WITH {LEG}, running AS (
    SELECT account_id, id, sum(change) OVER (PARTITION BY account_id ORDER BY id) AS held
    FROM leg
)
SELECT format('compte %s : %s après le mouvement %s', account_id, held, running.id)
FROM running JOIN funding_account a ON a.id = account_id
WHERE held < 0 AND a.bucket <> 'OUTSIDE'
"""
# What an envelope received from its mother, or a root from outside, and what is still
# under it: the children never hold more than was passed down to them.
TREE = """
WITH RECURSIVE below (top, id) AS (
    SELECT id, id FROM funding_envelope
    UNION ALL
    SELECT top, e.id FROM below JOIN funding_envelope e ON e.parent_id = below.id
), held AS (
    SELECT top, coalesce(sum(balance), 0) AS euros
    FROM below LEFT JOIN funding_account a ON a.envelope_id = below.id GROUP BY top
), side AS (
    SELECT t.envelope_id AS child, s.envelope_id AS mother, amount
    FROM funding_transfer JOIN funding_account s ON s.id = source_id
    JOIN funding_account t ON t.id = target_id
    UNION ALL
    SELECT s.envelope_id, t.envelope_id, -amount
    FROM funding_transfer JOIN funding_account s ON s.id = source_id
    JOIN funding_account t ON t.id = target_id
), received AS (
    SELECT e.id, coalesce(sum(amount), 0) AS euros
    FROM funding_envelope e LEFT JOIN side ON side.child = e.id
        AND side.mother IS NOT DISTINCT FROM e.parent_id GROUP BY e.id
)
SELECT format('enveloppe %s : reçu de sa mère %s, tenu par elle et ses filles %s',
    received.id, received.euros, held.euros)
FROM received JOIN held ON held.top = received.id WHERE received.euros <> held.euros
"""
RULES = """
SELECT format('mouvement %s : %s de %s vers %s', t.id, t.kind, s.bucket, g.bucket)
FROM funding_transfer t
JOIN funding_account s ON s.id = source_id JOIN funding_account g ON g.id = target_id
LEFT JOIN funding_envelope se ON se.id = s.envelope_id
LEFT JOIN funding_envelope ge ON ge.id = g.envelope_id
LEFT JOIN funding_transferrule r ON r.kind = t.kind
    AND r.source_bucket = s.bucket AND r.target_bucket = g.bucket
LEFT JOIN funding_transfer c ON c.id = t.corrects_id
WHERE t.amount <= 0 OR t.amount = 'NaN' OR t.kind <> 'CORRECTION' AND c.id IS NOT NULL
OR (CASE
    WHEN t.kind = 'CORRECTION' THEN c.kind <> 'CORRECTION'
        AND c.source_id = t.target_id AND c.target_id = t.source_id
    WHEN r.tie = 'SAME_ANNEXE' THEN se.id = ge.id
        AND s.annexe_id IS NOT DISTINCT FROM g.annexe_id
        AND s.fdi_id IS NOT DISTINCT FROM g.fdi_id
    WHEN r.tie = 'SAME_ENVELOPE' THEN se.id = ge.id
    WHEN r.tie = 'ROOT' THEN coalesce(se.id, ge.id) IS NOT NULL
        AND coalesce(se.parent_id, ge.parent_id) IS NULL
    WHEN r.tie = 'CHILD' THEN ge.parent_id = se.id AND ge.year = se.year
    WHEN r.tie = 'PARENT' THEN se.parent_id = ge.id AND ge.year = se.year
    END) IS NOT TRUE
"""
CORRECTIONS = """
SELECT format('mouvement %s de %s : ses corrections reprennent %s', t.id, t.amount,
    sum(c.amount))
FROM funding_transfer t JOIN funding_transfer c ON c.corrects_id = t.id
GROUP BY t.id HAVING sum(c.amount) > t.amount
"""
LINKS = """
SELECT CASE WHEN l.transfer_id IS NULL THEN format('mouvement %s sans maillon', t.id)
    WHEN t.id IS NULL THEN format('maillon %s sans mouvement', l.transfer_id)
    ELSE format('mouvement %s : son contenu n’est pas celui de son empreinte', t.id) END
FROM funding_transfer t FULL JOIN funding_link l ON l.transfer_id = t.id
WHERE l.hash IS DISTINCT FROM
    funding_ledger_hash(t, l.source_previous, l.target_previous)
"""
CHAIN = """
WITH leg AS (
    SELECT source_id AS account_id, t.id, source_previous AS previous, hash
    FROM funding_transfer t JOIN funding_link l ON l.transfer_id = t.id
    UNION ALL
    SELECT target_id, t.id, target_previous, hash
    FROM funding_transfer t JOIN funding_link l ON l.transfer_id = t.id
), chained AS (
    SELECT *, lag(hash, 1, '') OVER one AS expected, lead(id) OVER one AS next
    FROM leg WINDOW one AS (PARTITION BY account_id ORDER BY id)
)
SELECT format('mouvement %s : il ne suit pas le précédent du compte %s', id, account_id)
FROM chained WHERE previous <> expected
UNION ALL
SELECT format('compte %s : sa tête de chaîne n’est pas son dernier mouvement', a.id)
FROM funding_account a LEFT JOIN chained c ON c.account_id = a.id AND c.next IS NULL
WHERE a.head <> coalesce(c.hash, '')
"""
# Their absence has changed nothing yet, perhaps; it means that somebody could.
TRIGGERS = [
    *("ledger_account_opened", "ledger_account_balance", "ledger_account_identity"),
    *("ledger_account_truncate", "ledger_envelope_kept", "ledger_annexe_kept"),
    *("ledger_transfer_before", "ledger_transfer_after"),
    *("ledger_transfer_append_only", "ledger_link_append_only"),
    *("ledger_link_from_transfer", "closing_whole", "closing_kept"),
]
RIGHTS = {
    "funding_transfer": ["UPDATE", "DELETE", "TRUNCATE"],
    "funding_link": ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    "funding_account": ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    "funding_transferrule": ["INSERT", "UPDATE", "DELETE", "TRUNCATE"],
    "funding_closing": ["UPDATE", "DELETE", "TRUNCATE"],
}


def rules_differ() -> Finding:
    """The table of permitted transfers against the one the code knows."""
    known = {
        (str(kind), str(it.source), str(it.target), str(it.tie))
        for kind, it in ROUTES.items()
    }
    held = set(
        TransferRule.objects.values_list(
            "kind", "source_bucket", "target_bucket", "tie"
        )
    )
    return found(
        [f"règle en trop : {' '.join(it)}" for it in sorted(held - known)]
        + [f"règle absente : {' '.join(it)}" for it in sorted(known - held)]
    )


def guards_down() -> Finding:
    """Triggers switched off, the check dropped, rights the application should not have."""
    role = settings.DATABASES["default"]["USER"]
    rights = [(table, right) for table, names in RIGHTS.items() for right in names]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            " WHERE tgname = ANY (%s) AND tgenabled IN ('O', 'A')",
            [TRIGGERS],
        )
        armed = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            "SELECT FROM pg_constraint"
            " WHERE conname = 'account_never_below_zero' AND convalidated"
        )
        checked = cursor.fetchone() is not None
        cursor.execute(
            "SELECT held.right, held.table FROM unnest(%s::text[], %s::text[])"
            ' held ("table", "right") WHERE has_table_privilege(%s, held.table, "right")',
            [*map(list, zip(*rights, strict=True)), role],
        )
        held = cursor.fetchall()
    return found(
        [f"déclencheur absent ou coupé : {it}" for it in TRIGGERS if it not in armed]
        + ([] if checked else ["la contrainte « jamais sous zéro » manque"])
        + [
            f"le rôle de l’application peut {right} sur {table}"
            for right, table in held
        ]
    )


LEDGER = [
    by_sql("soldes", "Chaque solde est la somme de ses mouvements", BALANCES),
    by_sql(
        "notifications", "La somme des soldes est celle des notifications", NOTIFIED
    ),
    by_sql("jamais-negatif", "Aucun compte n’est jamais passé sous zéro", BELOW_ZERO),
    by_sql("enveloppes", "Les filles tiennent ce que leur mère leur a délégué", TREE),
    by_sql("regles", "Chaque mouvement est permis entre ses deux comptes", RULES),
    by_sql("corrections", "Aucune correction ne reprend trop", CORRECTIONS),
    by_sql("empreintes", "Chaque mouvement est celui de son empreinte", LINKS),
    by_sql("chaine", "Chaque mouvement suit le précédent de ses comptes", CHAIN),
    Check(
        "mouvements-permis", "La table des mouvements permis est la nôtre", rules_differ
    ),
    Check("gardes", "Les gardes de la base sont en place", guards_down),
]
