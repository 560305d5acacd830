-- Puts the table `found` in the consumption of the annexes: what is not in it goes.
CREATE TEMP TABLE written ON COMMIT DROP AS
WITH gone AS (
    DELETE FROM funding_consumption k
    USING funding_annexefinanciere a, structures_convention v, structures_structure s,
          structures_commune o
    WHERE a.id = k.annexe_id AND v.id = a.convention_id AND s.id = v.structure_id
      AND o.code = s.commune_id AND o.departement_id = %(departement)s
      AND (%(structure)s::bigint IS NULL OR s.id = %(structure)s)
      AND k.month >= make_date(%(year)s, 1, 1) AND k.month < make_date(%(year)s + 1, 1, 1)
      AND NOT EXISTS (
          SELECT FROM found f WHERE f.annexe_id = k.annexe_id AND f.month = k.month
      )
    RETURNING v.structure_id
),
put AS (
    INSERT INTO funding_consumption AS k
        (annexe_id, version_id, month, persons, hours, etp, amount, due)
    SELECT annexe_id, version_id, month, persons, hours, etp, amount, due
    FROM found WHERE annexe_id IS NOT NULL
    ON CONFLICT (annexe_id, month) DO UPDATE
    SET version_id = excluded.version_id, persons = excluded.persons,
        hours = excluded.hours, etp = excluded.etp, amount = excluded.amount,
        due = excluded.due
    WHERE (k.version_id, k.persons, k.hours, k.etp, k.amount, k.due)
          IS DISTINCT FROM (excluded.version_id, excluded.persons, excluded.hours,
                            excluded.etp, excluded.amount, excluded.due)
    RETURNING annexe_id, month, (xmax = 0) AS is_new
)
SELECT f.structure_id, p.is_new FROM put p JOIN found f USING (annexe_id, month)
UNION ALL
SELECT structure_id, false FROM gone;

