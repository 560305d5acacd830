-- By hand: every structure of the country at once, without the territories' sums.
INSERT INTO peer_outcomereport
    (structure_id, year, as_of, durable, transition, positive, other, withdrawn, too_short,
     too_few_hours, minima_share, effort)
WITH left_ AS (
    SELECT c.structure_id, s.kind, c.person_id, c.hired_on, e.exited_on, m.category
    FROM parcours_exit e
    JOIN parcours_contract c ON c.id = e.contract_id
    JOIN structures_structure s ON s.id = c.structure_id
    JOIN parcours_exitmotive m ON m.code = e.motive_id
    WHERE e.exited_on BETWEEN make_date(%(year)s, 1, 1) AND make_date(%(year)s, 12, 31)
      AND e.exited_on <= %(on)s
),
law AS MATERIALIZED (
    SELECT legal_value('sortie_heures_minimales', 'ACI', 'METROPOLE', %(on)s, %(on)s)
               AS hours_of_year,
           legal_value('sortie_heures_minimales', 'AI', 'METROPOLE', %(on)s, %(on)s)
               AS hours_of_stay,
           legal_value('sortie_mois_par_jour', '', 'METROPOLE', %(on)s, %(on)s)
               AS months_a_day,
           legal_value('sortie_duree_minimale', 'ACI', 'METROPOLE', %(on)s, %(on)s)
               AS least_months
),
worked AS (
    SELECT l.structure_id, l.person_id, l.hired_on, sum(h.hours) AS in_stay,
           sum(h.hours) FILTER (WHERE extract(year FROM st.month) = %(year)s) AS in_year
    FROM left_ l
    JOIN parcours_contract c USING (structure_id, person_id, hired_on)
    JOIN parcours_monthlyhours h ON h.contract_id = c.id
    JOIN parcours_monthlystatement st ON st.id = h.statement_id
    WHERE st.month <= %(on)s
    GROUP BY 1, 2, 3
),
judged AS (
    SELECT l.structure_id, CASE
        WHEN l.category = 'WITHDRAWN' THEN 'WITHDRAWN'
        WHEN coalesce(CASE WHEN l.kind IN ('ACI', 'EI') THEN in_year ELSE in_stay END, 0)
             < CASE WHEN l.kind IN ('ACI', 'EI') THEN hours_of_year ELSE hours_of_stay END
            THEN 'HOURS'
        WHEN l.kind IN ('ACI', 'EI')
            AND (l.exited_on - l.hired_on) * months_a_day <= least_months THEN 'SHORT'
        ELSE l.category END AS verdict
    FROM left_ l LEFT JOIN worked w USING (structure_id, person_id, hired_on)
    CROSS JOIN law
),
counts AS (
    SELECT structure_id, count(*) FILTER (WHERE verdict = 'DURABLE') AS durable,
           count(*) FILTER (WHERE verdict = 'TRANSITION') AS transition,
           count(*) FILTER (WHERE verdict = 'POSITIVE') AS positive,
           count(*) FILTER (WHERE verdict = 'OTHER') AS other,
           count(*) FILTER (WHERE verdict = 'WITHDRAWN') AS withdrawn,
           count(*) FILTER (WHERE verdict = 'SHORT') AS short,
           count(*) FILTER (WHERE verdict = 'HOURS') AS few
    FROM judged GROUP BY 1
),
public AS (
    SELECT structure_id, round(avg(has::int), 6) AS share FROM (
        SELECT c.structure_id, c.person_id,
               bool_or(c.rsa <> 'NON' OR c.is_ass OR c.is_aah) AS has
        FROM parcours_contract c
        WHERE EXISTS (
            SELECT FROM parcours_monthlyhours h
            JOIN parcours_monthlystatement st ON st.id = h.statement_id
            WHERE h.contract_id = c.id AND h.hours >= 1 AND st.month <= %(on)s
              AND st.month >= make_date(%(year)s, 1, 1)
              AND st.month < make_date(%(year)s + 1, 1, 1)
        )
        GROUP BY 1, 2
    ) p GROUP BY 1
),
effort AS (
    SELECT v.structure_id, round(sum(w.supervision_etp) / nullif(sum(w.etp), 0), 6) AS ratio
    FROM funding_annexeversion w
    JOIN funding_annexefinanciere a ON a.id = w.annexe_id AND a.year = %(year)s
    JOIN structures_convention v ON v.id = a.convention_id
    WHERE w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE') AND w.supervision_etp IS NOT NULL
    GROUP BY 1
)
SELECT DISTINCT ON (v.structure_id) v.structure_id, %(year)s,
       least(make_date(%(year)s, 12, 31), %(on)s), coalesce(durable, 0),
       coalesce(transition, 0), coalesce(positive, 0), coalesce(other, 0),
       coalesce(withdrawn, 0), coalesce(short, 0), coalesce(few, 0), share, ratio
FROM structures_convention v
LEFT JOIN counts USING (structure_id)
LEFT JOIN public USING (structure_id)
LEFT JOIN effort USING (structure_id)
WHERE v.state <> 'DRAFT' AND v.starts_on <= least(make_date(%(year)s, 12, 31), %(on)s)
  AND v.ends_on >= make_date(%(year)s, 1, 1)
ORDER BY v.structure_id
