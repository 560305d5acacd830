"""What a year adds to the ledger, re-proved: payments, FDI, closings."""

from funding.enums import Bucket, FdiStatus, TransferKind
from funding.figures.audit import by_sql
from funding.figures.audit_annexes import quoted
from funding.rules.closing import SETTLING

PAYMENTS = """
SELECT format('paiement %s de %s : ses mouvements font %s', p.reference, p.amount,
    coalesce(sum(t.amount), 0))
FROM funding_payment p
LEFT JOIN funding_payment_transfers l ON l.payment_id = p.id
LEFT JOIN funding_transfer t ON t.id = l.transfer_id
GROUP BY p.id HAVING coalesce(sum(t.amount), 0) <> p.amount
"""
# What a FDI request holds: nothing before it is agreed, never more than was agreed.
FDI = f"""
WITH held AS (
    SELECT fdi_id, sum(balance) AS euros FROM funding_account
    WHERE bucket IN ('{Bucket.COMMITTED}', '{Bucket.PAID}') AND fdi_id IS NOT NULL
    GROUP BY fdi_id
)
SELECT format('demande FDI %s : engagé %s, accordé %s', r.id, coalesce(euros, 0),
    coalesce(r.agreed, 0))
FROM funding_fdirequest r LEFT JOIN held ON held.fdi_id = r.id
WHERE coalesce(euros, 0) > coalesce(r.agreed, 0)
    OR r.status IN ('{FdiStatus.AGREED}', '{FdiStatus.ADVANCED}')
        AND coalesce(euros, 0) <> r.agreed
    OR r.status = '{FdiStatus.SETTLED}' AND coalesce(euros, 0) <> r.approved
"""
CLOSED = f"""
SELECT DISTINCT format('mouvement %s : %s après la clôture de l’enveloppe %s', t.id, t.kind,
    c.envelope_id)
FROM funding_closing c JOIN funding_account k ON k.envelope_id = c.envelope_id
JOIN funding_transfer t ON k.id IN (t.source_id, t.target_id)
LEFT JOIN funding_transfer o ON o.id = t.corrects_id
WHERE t.id > c.last_transfer AND t.kind NOT IN ({quoted(sorted(SETTLING))})
    AND (o.kind IN ('{TransferKind.PAYMENT}', '{TransferKind.CLAWBACK}')) IS NOT TRUE
"""
YEAR = [
    by_sql("paiements", "Chaque paiement est la somme de ses mouvements", PAYMENTS),
    by_sql("fdi", "Une aide FDI tient ce qui lui a été accordé", FDI),
    by_sql("clotures", "Un exercice clos ne fait plus que se solder", CLOSED),
]
