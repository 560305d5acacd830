-- Score of the modulated share: each structure of a département is placed between the
-- lowest and the highest of its kind in the région, on three criteria (R22).
CREATE TEMP TABLE marked ON COMMIT DROP AS
WITH region AS (
    SELECT r.id, r.structure_id, s.kind, o.departement_id,
           r.minima_share AS public, r.effort,
           (r.durable + r.transition + r.positive)::numeric
               / nullif(r.durable + r.transition + r.positive + r.other, 0) AS results
    FROM funding_outcomereport r
    JOIN structures_structure s ON s.id = r.structure_id
    JOIN structures_commune o ON o.code = s.commune_id
    JOIN structures_departement d ON d.code = o.departement_id
    WHERE r.year = %(year)s
      AND d.region_id = (
          SELECT region_id FROM structures_departement WHERE code = %(departement)s
      )
),
span AS (
    SELECT kind, min(public) AS public_low, max(public) AS public_high,
           min(effort) AS effort_low, max(effort) AS effort_high,
           min(results) AS results_low, max(results) AS results_high
    FROM region GROUP BY 1
),
weight AS (
    SELECT legal_value('modulation_poids', 'PUBLIC', 'METROPOLE', day, day) AS public,
           legal_value('modulation_poids', 'EFFORT', 'METROPOLE', day, day) AS effort,
           legal_value('modulation_poids', 'RESULTATS', 'METROPOLE', day, day) AS results
    FROM (SELECT least(make_date(%(year)s, 12, 31), %(business_on)s) AS day) d
)
SELECT r.id, r.structure_id,
       round(
           w.public * coalesce(
               (r.public - public_low) / nullif(public_high - public_low, 0),
               CASE WHEN r.public IS NOT NULL THEN 1 END)
           + w.effort * coalesce(
               (r.effort - effort_low) / nullif(effort_high - effort_low, 0),
               CASE WHEN r.effort IS NOT NULL THEN 1 END)
           + w.results * coalesce(
               (r.results - results_low) / nullif(results_high - results_low, 0),
               CASE WHEN r.results IS NOT NULL THEN 1 END),
           6) AS score,
       concat_ws(', ',
           CASE WHEN r.public IS NULL THEN 'aucun salarié n’a d’heures dans l’année' END,
           CASE WHEN r.effort IS NULL THEN 'ETP d’encadrement inconnus' END,
           CASE WHEN r.results IS NULL THEN 'aucune sortie examinée' END) AS missing
FROM region r JOIN span USING (kind) CROSS JOIN weight w
WHERE r.departement_id = %(departement)s;

CREATE TEMP TABLE written ON COMMIT DROP AS
WITH put AS (
    UPDATE funding_outcomereport r SET score = m.score
    FROM marked m, funding_outcomereport before
    WHERE m.id = r.id AND before.id = r.id AND r.score IS DISTINCT FROM m.score
    RETURNING m.structure_id, before.score IS NULL AS is_new
)
SELECT * FROM put;

INSERT INTO funding_stepline (step_id, structure_id, annexe_id, outcome, reason)
SELECT %(step)s, m.structure_id, NULL,
       CASE WHEN m.score IS NULL THEN 'BLOCKED'
            WHEN w.is_new THEN 'CREATED'
            WHEN w.is_new IS NOT NULL THEN 'REFRESHED'
            ELSE 'UNCHANGED' END,
       CASE WHEN m.score IS NULL
            THEN 'Pas de score de modulation : ' || m.missing || '.' ELSE '' END
FROM marked m LEFT JOIN written w USING (structure_id);
