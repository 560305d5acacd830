"""Totals of the annexes re-proved: the sum promised, its split, what the ledger engaged."""

from funding.enums import Bucket, Line, TransferKind, VersionState
from funding.figures.audit import by_sql
from funding.models.annexe import CURRENT


def quoted(values: list[str]) -> str:
    """Our own words as a list of SQL literals."""
    return ", ".join(f"'{value}'" for value in values)


IN_FORCE = quoted([*CURRENT])
# R16 and R17, as funding.rules.aide_au_poste.annexe_total says them; a test compares both.
EXPECTED = """
CASE WHEN months = 12 THEN round(etp * unit_amount, 2)
    ELSE round(etp * unit_amount / 12, 2) * months END
"""
# The same, period by period, when the socle changes within the year (R100).
BY_PERIOD = f"""
(SELECT sum({EXPECTED}) FROM (
    SELECT p.unit_amount, (extract(year FROM until) - extract(year FROM p.starts_on))::int
        * 12 + (extract(month FROM until) - extract(month FROM p.starts_on))::int
        AS months
    FROM (
        SELECT *, coalesce(lead(starts_on) OVER (ORDER BY starts_on),
            (ends_on + interval '1 month')::date) AS until
        FROM funding_annexeperiod WHERE version_id = v.id
    ) p
) periods)
"""
TOTALS = f"""
SELECT format('annexe %s, version M%s : total %s, attendu %s (%s ETP × %s sur %s mois)',
    annexe_id, modification, total, coalesce({BY_PERIOD}, {EXPECTED}), etp, unit_amount,
    months)
FROM funding_annexeversion v, LATERAL (
    SELECT (extract(year FROM ends_on) - extract(year FROM starts_on))::int * 12
        + (extract(month FROM ends_on) - extract(month FROM starts_on))::int + 1
) span (months)
WHERE state NOT IN ({quoted([VersionState.REJETE, VersionState.ANNULE])})
    AND total <> coalesce({BY_PERIOD}, {EXPECTED})
"""
PARTS = """
SELECT format('annexe %s, version M%s : total %s, parts %s', annexe_id, modification,
    total, sum(amount))
FROM funding_annexeversion v JOIN funding_annexepart p ON p.version_id = v.id
GROUP BY v.id HAVING sum(amount) <> total
"""
ONE_IN_FORCE = f"""
SELECT format('annexe %s : %s versions en vigueur', annexe_id, count(*))
FROM funding_annexeversion WHERE state IN ({IN_FORCE})
GROUP BY annexe_id HAVING count(*) > 1
"""
# What each annexe promises on each envelope: its version in force, else the one closed.
# A version without parts promises its total, on the whole of its envelopes (NULL).
PROMISED = f"""
version AS (
    SELECT DISTINCT ON (annexe_id) * FROM funding_annexeversion
    WHERE state IN ({IN_FORCE}, '{VersionState.CLOTURE}')
    ORDER BY annexe_id, state = '{VersionState.CLOTURE}', modification DESC
), promised AS (
    SELECT v.annexe_id, p.envelope_id, coalesce(p.amount, v.total) AS euros, v.state
    FROM version v LEFT JOIN funding_annexepart p ON p.version_id = v.id
    UNION ALL
    SELECT m.annexe_id, e.id, m.amount, ''
    FROM funding_modulation m JOIN funding_annexefinanciere a ON a.id = m.annexe_id
    JOIN funding_envelope e ON e.line = '{Line.IAE_MODULE}' AND e.year = a.year
    JOIN funding_account k ON k.annexe_id = a.id AND k.envelope_id = e.id
        AND k.bucket = '{Bucket.COMMITTED}'
), engaged AS (
    SELECT k.annexe_id, sum(k.balance) AS euros,
        sum(k.balance) FILTER (WHERE k.bucket = '{Bucket.COMMITTED}') AS unpaid,
        CASE WHEN e.line = '{Line.IAE_MODULE}' OR EXISTS (
            SELECT FROM version v JOIN funding_annexepart p ON p.version_id = v.id
            WHERE v.annexe_id = k.annexe_id) THEN k.envelope_id END AS envelope_id
    FROM funding_account k JOIN funding_envelope e ON e.id = k.envelope_id
    WHERE k.bucket IN ('{Bucket.COMMITTED}', '{Bucket.PAID}')
        AND k.annexe_id IS NOT NULL GROUP BY 1, 4
)
"""
# What was paid before an avenant lowered the aid stays paid until it is claimed back
# (R86): nothing more may be engaged beside it.
OVER_ENGAGED = f"""
WITH {PROMISED}
SELECT format('annexe %s, enveloppe %s : engagé %s, promis %s', engaged.annexe_id,
    engaged.envelope_id, engaged.euros, coalesce(promised.euros, 0))
FROM engaged LEFT JOIN promised ON promised.annexe_id = engaged.annexe_id
    AND promised.envelope_id IS NOT DISTINCT FROM engaged.envelope_id
WHERE engaged.euros > coalesce(promised.euros, 0)
    AND (engaged.unpaid > 0 OR promised.euros IS NULL)
"""
# What one envelope paid above its part is let pass above; the annexe as a whole then has
# nothing left to pay beyond its total. The modulated share stands apart.
NOT_MODULATED = f"""
coalesce(envelope_id, 0) NOT IN
    (SELECT id FROM funding_envelope WHERE line = '{Line.IAE_MODULE}')
"""
BEYOND_TOTAL = f"""
WITH {PROMISED}, promises AS (
    SELECT annexe_id, sum(euros) AS euros FROM promised WHERE {NOT_MODULATED} GROUP BY 1
), holds AS (
    SELECT annexe_id, sum(euros) AS euros, sum(unpaid) AS unpaid FROM engaged
    WHERE {NOT_MODULATED} GROUP BY 1
)
SELECT format('annexe %s : engagé %s, dont %s à payer, promis %s', annexe_id,
    holds.euros, holds.unpaid, promises.euros)
FROM holds JOIN promises USING (annexe_id)
WHERE holds.unpaid > 0 AND holds.euros > promises.euros
"""
GIVEN_BACK = quoted(
    [TransferKind.RELEASE, TransferKind.CLAWBACK, TransferKind.CORRECTION]
)
# An annexe the ledger knows engages all it promises, unless money was given back since.
UNDER_ENGAGED = f"""
WITH {PROMISED}
SELECT format('annexe %s, enveloppe %s : promis %s, engagé %s', promised.annexe_id,
    promised.envelope_id, promised.euros, coalesce(engaged.euros, 0))
FROM promised LEFT JOIN engaged ON engaged.annexe_id = promised.annexe_id
    AND engaged.envelope_id IS NOT DISTINCT FROM promised.envelope_id
WHERE promised.state IN ({IN_FORCE}) AND promised.euros > coalesce(engaged.euros, 0)
    AND EXISTS (SELECT FROM engaged e WHERE e.annexe_id = promised.annexe_id)
    AND NOT EXISTS (
        SELECT FROM funding_transfer t JOIN funding_account k ON k.id = t.source_id
        WHERE k.annexe_id = promised.annexe_id AND t.kind IN ({GIVEN_BACK})
            AND (promised.envelope_id IS NULL OR k.envelope_id = promised.envelope_id)
    )
"""
RESERVED = f"""
WITH reserved AS (
    SELECT annexe_id, envelope_id, sum(balance) AS euros FROM funding_account
    WHERE bucket IN ('{Bucket.RESERVED}', '{Bucket.COMMITTED}', '{Bucket.PAID}')
        AND annexe_id IS NOT NULL
    GROUP BY 1, 2 HAVING sum(balance) FILTER (WHERE bucket = '{Bucket.RESERVED}') > 0
), asked AS (
    SELECT annexe_id, envelope_id, max(amount) AS euros
    FROM funding_annexeversion v JOIN funding_annexepart p ON p.version_id = v.id
    WHERE state IN ({IN_FORCE}, '{VersionState.SAISI}') GROUP BY 1, 2
)
SELECT format('annexe %s, enveloppe %s : réservé et engagé %s, demandé %s',
    annexe_id, envelope_id, reserved.euros, coalesce(asked.euros, 0))
FROM reserved LEFT JOIN asked USING (annexe_id, envelope_id)
WHERE reserved.euros > coalesce(asked.euros, 0)
    AND EXISTS (
        SELECT FROM funding_annexeversion v JOIN funding_annexepart p
        ON p.version_id = v.id WHERE v.annexe_id = reserved.annexe_id)
"""

ANNEXES = [
    by_sql("totaux", "Chaque total est ETP × montant unitaire (R16, R17)", TOTALS),
    by_sql("parts", "Les parts d’une version font son total", PARTS),
    by_sql("en-vigueur", "Une annexe a au plus une version en vigueur", ONE_IN_FORCE),
    by_sql("trop-engage", "Le grand livre n’engage pas plus que promis", OVER_ENGAGED),
    by_sql("hors-total", "Une annexe n’engage pas plus que son total", BEYOND_TOTAL),
    by_sql("pas-engage", "Ce qui est promis est engagé", UNDER_ENGAGED),
    by_sql("reserve", "Le grand livre ne réserve pas plus que demandé", RESERVED),
]
