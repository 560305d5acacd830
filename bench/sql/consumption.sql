-- By hand: the whole country at once, into an empty table, with nothing kept beside.
INSERT INTO peer_consumption (annexe_id, version_id, month, persons, hours, etp, amount, due)
WITH used AS (
    SELECT a.id AS annexe_id, w.id AS version_id, st.month, w.total, w.hours_per_etp,
           w.unit_amount, sum(h.hours) AS hours,
           count(DISTINCT c.person_id) FILTER (WHERE h.hours >= 1) AS persons
    FROM parcours_monthlystatement st
    JOIN parcours_monthlyhours h ON h.statement_id = st.id
    JOIN parcours_contract c ON c.id = h.contract_id
    JOIN funding_annexefinanciere a
        ON a.convention_id = st.convention_id AND a.year = %(year)s
    JOIN funding_annexeversion w
        ON w.annexe_id = a.id AND w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
    WHERE st.state = 'VALIDE' AND st.month <= %(on)s
      AND st.month >= make_date(%(year)s, 1, 1) AND st.month < make_date(%(year)s + 1, 1, 1)
    GROUP BY a.id, w.id, st.month
),
summed AS (
    SELECT *, round(least(total, sum(hours / hours_per_etp * unit_amount)
                    OVER (PARTITION BY annexe_id ORDER BY month)), 2) AS so_far
    FROM used
)
SELECT annexe_id, version_id, month, persons, hours, round(hours * 12 / hours_per_etp, 6),
       round(hours / hours_per_etp * unit_amount, 2),
       so_far - coalesce(lag(so_far) OVER (PARTITION BY annexe_id ORDER BY month), 0)
FROM summed
