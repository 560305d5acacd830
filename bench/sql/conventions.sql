-- By hand: the drafts of a year, of one département or of the country, into empty tables:
-- nothing is compared with what was there, nothing is refused, nobody is told.
WITH running AS MATERIALIZED (
    SELECT v.id AS convention_id, v.structure_id, v.measure, s.kind, s.commune_id,
           o.departement_id, v.starts_on,
           greatest(v.starts_on, make_date(%(year)s, 1, 1)) AS from_on,
           least(v.ends_on, make_date(%(year)s, 12, 31)) AS to_on
    FROM structures_convention v
    JOIN structures_structure s ON s.id = v.structure_id
    JOIN structures_commune o ON o.code = s.commune_id
    WHERE v.state = 'SIGNED' AND v.measure <> 'FDI_DC'
      AND v.starts_on <= make_date(%(year)s, 12, 31)
      AND v.ends_on >= make_date(%(year)s, 1, 1)
      AND (%(departement)s::text IS NULL OR o.departement_id = %(departement)s)
),
before AS MATERIALIZED (
    SELECT DISTINCT ON (v.structure_id, v.measure)
           v.structure_id, v.measure, v.id AS convention_id, a.number, w.*
    FROM funding_annexefinanciere a
    JOIN structures_convention v ON v.id = a.convention_id AND v.state = 'SIGNED'
    JOIN funding_annexeversion w ON w.annexe_id = a.id
    WHERE a.year = %(year)s - 1 AND w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
      AND (%(departement)s::text IS NULL
           OR v.structure_id IN (SELECT structure_id FROM running))
    ORDER BY v.structure_id, v.measure, w.ends_on DESC, w.modification DESC
),
posts AS (
    SELECT p.version_id, sum(p.posts) AS every,
           coalesce(sum(p.posts) FILTER (WHERE e.line = 'ERBM'), 0) AS erbm,
           coalesce(sum(p.posts) FILTER (WHERE e.line = 'PAUVRETE'), 0) AS pauvrete
    FROM funding_annexepart p JOIN funding_envelope e ON e.id = p.envelope_id
    WHERE p.version_id IN (SELECT id FROM before)
    GROUP BY 1
),
socles AS MATERIALIZED (
    SELECT kind, from_on, legal_value('montant_socle', kind, 'METROPOLE', from_on, %(on)s) AS unit,
           legal_value('heures_par_etp', kind, 'METROPOLE', from_on, %(on)s) AS hours
    FROM (SELECT DISTINCT kind, from_on FROM running) r
),
rsa AS MATERIALIZED (
    SELECT m::date AS month,
           round(legal_value('part_rsa_cd', 'ACI', 'METROPOLE', m::date, %(on)s)
               * legal_value('rsa_forfaitaire', '', 'METROPOLE', m::date, %(on)s), 2) AS share
    FROM generate_series(make_date(%(year)s - 1, 1, 1), make_date(%(year)s, 12, 1),
                         interval '1 month') m
),
periods AS MATERIALIZED (
    SELECT since, until, sum(share) AS share
    FROM (SELECT starts_on AS since, ends_on AS until FROM before
          UNION SELECT from_on, to_on FROM running) p
    JOIN rsa ON month BETWEEN date_trunc('month', since)::date AND until
    GROUP BY 1, 2
),
priced AS (
    SELECT r.*, b.number, b.convention_id = r.convention_id AS same, q.every AS etp,
           q.erbm, q.pauvrete, o.unit, o.hours, b.cofinancer, b.supervision_etp,
           b.forecast_exits, b.forecast_dynamic, b.forecast_durable, b.forecast_transition,
           b.forecast_positive, b.cofinanced / nullif(y.share, 0) * z.share AS borne,
           (extract(year FROM r.to_on) - extract(year FROM r.from_on)) * 12
               + extract(month FROM r.to_on) - extract(month FROM r.from_on) + 1 AS months
    FROM running r
    JOIN before b USING (structure_id, measure)
    JOIN posts q ON q.version_id = b.id
    JOIN socles o USING (kind, from_on)
    LEFT JOIN periods y ON (y.since, y.until) = (b.starts_on, b.ends_on)
    LEFT JOIN periods z ON (z.since, z.until) = (r.from_on, r.to_on)
),
totalled AS (
    SELECT *, CASE WHEN months = 12 THEN round(etp * unit, 2)
                   ELSE round(etp * unit / 12, 2) * months END AS total
    FROM priced
),
prepared AS MATERIALIZED (
    SELECT *, coalesce(least(round(borne, 2), total), 0) AS cofinanced FROM totalled
),
new_annexe AS (
    INSERT INTO peer_annexefinanciere (convention_id, year, number, renewal)
    SELECT convention_id, %(year)s, CASE WHEN same THEN number ELSE '' END,
           extract(year FROM from_on)::int - extract(year FROM starts_on)::int
    FROM prepared
    RETURNING id, convention_id
),
new_version AS (
    INSERT INTO peer_annexeversion
        (annexe_id, modification, state, starts_on, ends_on, etp, unit_amount,
         hours_per_etp, total, cofinanced, cofinancer, is_prison, supervision_etp,
         forecast_exits, forecast_dynamic, forecast_durable, forecast_transition,
         forecast_positive, computed_on, note)
    SELECT n.id, 0, 'BROUILLON', from_on, to_on, etp, unit, hours, total, cofinanced,
           cofinancer, false, supervision_etp, forecast_exits, forecast_dynamic,
           forecast_durable, forecast_transition, forecast_positive, %(on)s, ''
    FROM prepared JOIN new_annexe n USING (convention_id)
    RETURNING id, annexe_id
),
bearing AS MATERIALIZED (
    SELECT w.id AS version_id, p.*
    FROM new_version w
    JOIN new_annexe n ON n.id = w.annexe_id
    JOIN prepared p USING (convention_id)
),
apart AS MATERIALIZED (
    SELECT b.version_id, e.id AS envelope_id, x.posts,
           round(x.posts * b.unit / 12 * b.months, 2) AS amount
    FROM bearing b
    CROSS JOIN LATERAL (VALUES ('ERBM', b.erbm), ('PAUVRETE', b.pauvrete)) x (line, posts)
    JOIN funding_envelope e ON e.year = %(year)s AND e.line = x.line
        AND e.departement_id = b.departement_id
    WHERE x.posts > 0
    UNION ALL
    SELECT b.version_id, e.id, round(b.etp * b.cofinanced / b.total, 2), b.cofinanced
    FROM bearing b
    JOIN funding_envelope e ON e.year = %(year)s AND e.line = 'CD'
        AND e.departement_id = b.departement_id
    WHERE b.cofinanced > 0
)
INSERT INTO peer_annexepart (version_id, envelope_id, etp, posts, amount)
SELECT version_id, envelope_id, posts, posts, amount FROM apart
UNION ALL
SELECT b.version_id, e.id, greatest(b.etp - coalesce(x.posts, 0), 0),
       greatest(b.etp - coalesce(x.posts, 0), 0), b.total - coalesce(x.amount, 0)
FROM bearing b
JOIN funding_envelope e ON e.year = %(year)s AND e.line = 'IAE_SOCLE'
    AND e.departement_id = b.departement_id
LEFT JOIN (SELECT version_id, sum(posts) AS posts, sum(amount) AS amount
           FROM apart GROUP BY 1) x USING (version_id)
