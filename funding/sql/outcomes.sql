-- Exits of a year by structure of a département, with what the rules leave out (R60-R67).
CREATE TEMP TABLE stays ON COMMIT DROP AS
SELECT c.structure_id, s.kind, c.person_id, c.hired_on, e.exited_on, m.category
FROM parcours_exit e
JOIN parcours_exitmotive m ON m.code = e.motive_id
JOIN parcours_contract c ON c.id = e.contract_id
JOIN structures_structure s ON s.id = c.structure_id
JOIN structures_commune o ON o.code = s.commune_id
WHERE o.departement_id = %(departement)s
  AND e.exited_on >= make_date(%(year)s, 1, 1)
  AND e.exited_on < make_date(%(year)s + 1, 1, 1)
  AND e.exited_on <= %(business_on)s;

-- ACI and EI: hours of the year; AI and ETTI: hours of the whole stay.
CREATE TEMP TABLE judged ON COMMIT DROP AS
WITH law AS MATERIALIZED (
    SELECT kind,
           legal_value('sortie_heures_minimales', kind, 'METROPOLE', day, day) AS hours,
           legal_value('sortie_duree_minimale', kind, 'METROPOLE', day, day) AS months,
           legal_value('sortie_mois_par_jour', '', 'METROPOLE', day, day) AS month_of_day
    FROM unnest(ARRAY['ACI', 'AI', 'EI', 'ETTI']) AS kind,
         (SELECT least(make_date(%(year)s, 12, 31), %(business_on)s) AS day) d
),
worked AS (
    SELECT t.structure_id, t.person_id, t.hired_on,
           sum(h.hours) AS in_stay,
           sum(h.hours) FILTER (
               WHERE st.month >= make_date(%(year)s, 1, 1)
                 AND st.month < make_date(%(year)s + 1, 1, 1)
           ) AS in_year
    FROM (SELECT DISTINCT structure_id, person_id, hired_on FROM stays) t
    JOIN parcours_contract c USING (structure_id, person_id, hired_on)
    JOIN parcours_monthlyhours h ON h.contract_id = c.id
    JOIN parcours_monthlystatement st ON st.id = h.statement_id
    WHERE st.month <= %(business_on)s
    GROUP BY 1, 2, 3
)
SELECT t.*,
       CASE
           WHEN t.category = 'WITHDRAWN' THEN 'WITHDRAWN'
           WHEN coalesce(CASE WHEN t.kind IN ('ACI', 'EI') THEN w.in_year
                              ELSE w.in_stay END, 0) < l.hours THEN 'TOO_FEW_HOURS'
           WHEN (t.exited_on - t.hired_on) * l.month_of_day <= l.months THEN 'TOO_SHORT'
           ELSE t.category
       END AS verdict
FROM stays t
JOIN law l USING (kind)
LEFT JOIN worked w USING (structure_id, person_id, hired_on);

CREATE TEMP TABLE reports ON COMMIT DROP AS
WITH law AS MATERIALIZED (
    SELECT legal_value('beneficiaire_heures_minimales', '', 'METROPOLE',
                       %(business_on)s, %(business_on)s) AS minimum
),
concerned AS MATERIALIZED (
    SELECT s.id AS structure_id, s.kind, s.commune_id
    FROM structures_structure s JOIN structures_commune o ON o.code = s.commune_id
    WHERE o.departement_id = %(departement)s
      AND (
          EXISTS (
              SELECT FROM structures_convention v
              WHERE v.structure_id = s.id AND v.state <> 'DRAFT'
                AND v.starts_on < make_date(%(year)s + 1, 1, 1)
                AND v.ends_on >= make_date(%(year)s, 1, 1)
                AND v.starts_on <= %(business_on)s
          )
          OR s.id IN (SELECT structure_id FROM judged)
      )
),
counts AS (
    SELECT structure_id,
           count(*) FILTER (WHERE verdict = 'DURABLE') AS durable,
           count(*) FILTER (WHERE verdict = 'TRANSITION') AS transition,
           count(*) FILTER (WHERE verdict = 'POSITIVE') AS positive,
           count(*) FILTER (WHERE verdict = 'OTHER') AS other,
           count(*) FILTER (WHERE verdict = 'WITHDRAWN') AS withdrawn,
           count(*) FILTER (WHERE verdict = 'TOO_SHORT') AS too_short,
           count(*) FILTER (WHERE verdict = 'TOO_FEW_HOURS') AS too_few_hours
    FROM judged GROUP BY 1
),
people AS MATERIALIZED (
    SELECT id, person_id, rsa <> 'NON' OR is_ass OR is_aah AS has_minima
    FROM parcours_contract
    WHERE structure_id IN (SELECT structure_id FROM concerned)
      AND starts_on < make_date(%(year)s + 1, 1, 1)
),
-- Who worked at least an hour in the year, and who of them lives on minima sociaux.
present AS MATERIALIZED (
    SELECT v.structure_id, c.person_id,
           bool_or(c.has_minima) AS has_minima
    FROM parcours_monthlystatement st
    JOIN structures_convention v ON v.id = st.convention_id
    JOIN concerned k ON k.structure_id = v.structure_id
    JOIN parcours_monthlyhours h ON h.statement_id = st.id
    JOIN people c ON c.id = h.contract_id
    CROSS JOIN law
    WHERE h.hours >= law.minimum
      AND st.month >= make_date(%(year)s, 1, 1)
      AND st.month < make_date(%(year)s + 1, 1, 1)
      AND st.month <= %(business_on)s
    GROUP BY 1, 2
),
minima AS (
    SELECT structure_id,
           round(count(*) FILTER (WHERE has_minima)::numeric / count(*), 6) AS share
    FROM present GROUP BY 1
),
effort AS (
    SELECT v.structure_id, round(sum(w.supervision_etp) / nullif(sum(w.etp), 0), 6) AS ratio
    FROM funding_annexeversion w
    JOIN funding_annexefinanciere a ON a.id = w.annexe_id AND a.year = %(year)s
    JOIN structures_convention v ON v.id = a.convention_id
    WHERE w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
      AND w.supervision_etp IS NOT NULL
      AND v.structure_id IN (SELECT structure_id FROM concerned)
    GROUP BY 1
)
SELECT k.structure_id, k.kind, k.commune_id,
       coalesce(c.durable, 0) AS durable, coalesce(c.transition, 0) AS transition,
       coalesce(c.positive, 0) AS positive, coalesce(c.other, 0) AS other,
       coalesce(c.withdrawn, 0) AS withdrawn, coalesce(c.too_short, 0) AS too_short,
       coalesce(c.too_few_hours, 0) AS too_few_hours,
       m.share AS minima_share, f.ratio AS effort
FROM concerned k
LEFT JOIN counts c USING (structure_id)
LEFT JOIN minima m USING (structure_id)
LEFT JOIN effort f USING (structure_id);

CREATE TEMP TABLE written ON COMMIT DROP AS
WITH gone AS (
    DELETE FROM funding_outcomereport r
    USING structures_structure s, structures_commune o
    WHERE r.structure_id = s.id AND o.code = s.commune_id AND r.year = %(year)s
      AND o.departement_id = %(departement)s
      AND NOT EXISTS (SELECT FROM reports n WHERE n.structure_id = r.structure_id)
    RETURNING r.structure_id
),
put AS (
    INSERT INTO funding_outcomereport AS r
        (structure_id, year, as_of, durable, transition, positive, other, withdrawn,
         too_short, too_few_hours, minima_share, effort)
    SELECT structure_id, %(year)s, least(make_date(%(year)s, 12, 31), %(business_on)s),
           durable, transition, positive, other, withdrawn, too_short, too_few_hours,
           minima_share, effort
    FROM reports
    ON CONFLICT (structure_id, year) DO UPDATE
    SET as_of = excluded.as_of, durable = excluded.durable,
        transition = excluded.transition, positive = excluded.positive,
        other = excluded.other, withdrawn = excluded.withdrawn,
        too_short = excluded.too_short, too_few_hours = excluded.too_few_hours,
        minima_share = excluded.minima_share, effort = excluded.effort
    WHERE (r.as_of, r.durable, r.transition, r.positive, r.other, r.withdrawn,
           r.too_short, r.too_few_hours, r.minima_share, r.effort)
          IS DISTINCT FROM
          (excluded.as_of, excluded.durable, excluded.transition, excluded.positive,
           excluded.other, excluded.withdrawn, excluded.too_short,
           excluded.too_few_hours, excluded.minima_share, excluded.effort)
    RETURNING structure_id, (xmax = 0) AS is_new
)
SELECT structure_id, is_new FROM put
UNION ALL
SELECT structure_id, false FROM gone;

INSERT INTO funding_stepline (step_id, structure_id, annexe_id, outcome, reason)
SELECT %(step)s, r.structure_id, NULL,
       CASE WHEN w.is_new THEN 'CREATED'
            WHEN w.is_new IS NOT NULL THEN 'REFRESHED'
            ELSE 'UNCHANGED' END,
       ''
FROM reports r LEFT JOIN written w USING (structure_id);

-- By kind: the département, then the part of each perimeter that lies in it.
CREATE TEMP TABLE rollups ON COMMIT DROP AS
WITH placed AS (
    SELECT NULL::bigint AS perimeter_id, r.* FROM reports r
    UNION ALL
    SELECT p.perimeter_id, r.* FROM reports r
    JOIN structures_perimetercommune p ON p.commune_id = r.commune_id
    WHERE p.since <= least(make_date(%(year)s, 12, 31), %(business_on)s)
      AND (p.until IS NULL OR p.until >= least(make_date(%(year)s, 12, 31), %(business_on)s))
)
SELECT perimeter_id, kind, count(*) AS structures,
       sum(durable) AS durable, sum(transition) AS transition, sum(positive) AS positive,
       sum(other) AS other, sum(withdrawn) AS withdrawn, sum(too_short) AS too_short,
       sum(too_few_hours) AS too_few_hours
FROM placed GROUP BY 1, 2;

DELETE FROM funding_outcomerollup k
WHERE k.departement_id = %(departement)s AND k.year = %(year)s
  AND NOT EXISTS (
      SELECT FROM rollups n
      WHERE n.kind = k.kind AND n.perimeter_id IS NOT DISTINCT FROM k.perimeter_id
  );

INSERT INTO funding_outcomerollup AS k
    (departement_id, perimeter_id, kind, year, as_of, structures, durable, transition,
     positive, other, withdrawn, too_short, too_few_hours)
SELECT %(departement)s, perimeter_id, kind, %(year)s,
       least(make_date(%(year)s, 12, 31), %(business_on)s), structures, durable,
       transition, positive, other, withdrawn, too_short, too_few_hours
FROM rollups
ON CONFLICT (departement_id, perimeter_id, kind, year) DO UPDATE
SET as_of = excluded.as_of, structures = excluded.structures, durable = excluded.durable,
    transition = excluded.transition, positive = excluded.positive, other = excluded.other,
    withdrawn = excluded.withdrawn, too_short = excluded.too_short,
    too_few_hours = excluded.too_few_hours
WHERE (k.as_of, k.structures, k.durable, k.transition, k.positive, k.other, k.withdrawn,
       k.too_short, k.too_few_hours)
      IS DISTINCT FROM
      (excluded.as_of, excluded.structures, excluded.durable, excluded.transition,
       excluded.positive, excluded.other, excluded.withdrawn, excluded.too_short,
       excluded.too_few_hours);
