-- What the closed months of a year use of the annexes of a département (R25-R33).
-- Fills the temporary table `found`: one row per annexe and month, or a month that no
-- annexe covers (annexe_id NULL).
CREATE TEMP TABLE found ON COMMIT DROP AS
WITH law AS MATERIALIZED (
    SELECT legal_value('beneficiaire_heures_minimales', '', 'METROPOLE',
                       %(business_on)s, %(business_on)s) AS minimum
),
place AS MATERIALIZED (
    SELECT s.id FROM structures_structure s
    JOIN structures_commune o ON o.code = s.commune_id
    WHERE o.departement_id = %(departement)s
),
-- Read once for the département: looked up hour by hour, contracts cost most of the job.
people AS MATERIALIZED (
    SELECT id, person_id FROM parcours_contract
    WHERE structure_id IN (SELECT id FROM place)
      AND starts_on < make_date(%(year)s + 1, 1, 1)
),
month_hours AS MATERIALIZED (
    SELECT st.convention_id, v.structure_id, st.month,
           sum(h.hours) AS hours,
           count(DISTINCT c.person_id) FILTER (WHERE h.hours >= law.minimum) AS persons
    FROM parcours_monthlystatement st
    JOIN structures_convention v ON v.id = st.convention_id
    JOIN parcours_monthlyhours h ON h.statement_id = st.id
    JOIN people c ON c.id = h.contract_id
    CROSS JOIN law
    WHERE v.structure_id IN (SELECT id FROM place)
      AND st.state = 'VALIDE'
      AND st.month >= make_date(%(year)s, 1, 1)
      AND st.month < make_date(%(year)s + 1, 1, 1)
      AND st.month <= %(business_on)s
    GROUP BY 1, 2, 3
),
-- The version in force in the month: the current one, else the last archived one that
-- covered it (R92).
covered AS (
    SELECT m.*, p.annexe_id, p.version_id, p.hours_per_etp, p.unit_amount, p.ceiling
    FROM month_hours m
    LEFT JOIN LATERAL (
        SELECT a.id AS annexe_id, w.id AS version_id, w.hours_per_etp,
               -- Of the month, when the socle changes within the year (R100).
               coalesce((
                   SELECT p.unit_amount FROM funding_annexeperiod p
                   WHERE p.version_id = w.id
                     AND date_trunc('month', p.starts_on) <= m.month
                   ORDER BY p.starts_on DESC LIMIT 1
               ), w.unit_amount) AS unit_amount,
               w.total AS ceiling
        FROM funding_annexefinanciere a
        JOIN funding_annexeversion w ON w.annexe_id = a.id
        WHERE a.convention_id = m.convention_id
          AND w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE', 'HISTORISE')
          AND date_trunc('month', w.starts_on) <= m.month AND w.ends_on >= m.month
        ORDER BY w.state <> 'HISTORISE' DESC, w.modification DESC, w.id DESC
        LIMIT 1
    ) p ON true
),
-- The year's amount is capped at the annexe's total (R31): the months that pass it are
-- due only for what was left.
cumulated AS (
    SELECT *,
           round(least(ceiling, sum(hours / hours_per_etp * unit_amount) OVER so_far), 2)
               AS due_so_far
    FROM covered
    WINDOW so_far AS (PARTITION BY annexe_id ORDER BY month)
)
SELECT structure_id, annexe_id, version_id, month, persons, hours,
       round(hours * 12 / hours_per_etp, 6) AS etp,
       round(hours / hours_per_etp * unit_amount, 2) AS amount,
       due_so_far - coalesce(lag(due_so_far) OVER (PARTITION BY annexe_id ORDER BY month), 0)
           AS due
FROM cumulated;

CREATE TEMP TABLE written ON COMMIT DROP AS
WITH gone AS (
    DELETE FROM funding_consumption k
    USING funding_annexefinanciere a, structures_convention v, structures_structure s,
          structures_commune o
    WHERE a.id = k.annexe_id AND v.id = a.convention_id AND s.id = v.structure_id
      AND o.code = s.commune_id AND o.departement_id = %(departement)s
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

INSERT INTO funding_stepline (step_id, structure_id, annexe_id, outcome, reason)
SELECT %(step)s, f.structure_id, NULL,
       CASE WHEN bool_or(f.annexe_id IS NULL) THEN 'BLOCKED'
            WHEN bool_or(w.is_new) THEN 'CREATED'
            WHEN count(w.is_new) > 0 THEN 'REFRESHED'
            ELSE 'UNCHANGED' END,
       CASE WHEN bool_or(f.annexe_id IS NULL) THEN
           'Aucune annexe en vigueur pour '
           || string_agg(DISTINCT to_char(f.month, 'MM/YYYY'), ', ')
                  FILTER (WHERE f.annexe_id IS NULL)
           || ' : ces heures ne consomment rien. Saisissez l’annexe de ces mois.'
           ELSE '' END
FROM (SELECT DISTINCT structure_id, annexe_id, month FROM found) f
LEFT JOIN (
    SELECT structure_id, bool_or(is_new) AS is_new FROM written GROUP BY 1
) w USING (structure_id)
GROUP BY f.structure_id;
