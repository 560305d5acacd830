-- What the closed months of a year use of the annexes of a département (R25-R33): a row
-- per annexe and month, or a month that no annexe covers (annexe_id NULL). Of one
-- structure only when it is named, with one month still open when it is.
WITH law AS MATERIALIZED (
    SELECT legal_value('beneficiaire_heures_minimales', '', 'METROPOLE',
                       %(business_on)s, %(business_on)s) AS minimum
),
place AS MATERIALIZED (
    SELECT s.id FROM structures_structure s
    JOIN structures_commune o ON o.code = s.commune_id
    WHERE o.departement_id = %(departement)s
      AND (%(structure)s::bigint IS NULL OR s.id = %(structure)s)
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
      AND (st.state = 'VALIDE' OR st.id = %(also)s::bigint)
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
FROM cumulated
