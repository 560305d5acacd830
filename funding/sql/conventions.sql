-- Draft annexes of a year for the conventions of a département that run in it (R9,
-- R15-R17, R38-R41, R82). Touches drafts only and moves no money. One statement, so that
-- its plan is made once and serves every département.
WITH department AS MATERIALIZED (
    SELECT v.id AS convention_id, v.structure_id, v.measure, v.starts_on,
           least(v.ends_on, s.closed_on) AS ends_on,
           s.kind, s.commune_id,
           CASE WHEN v.measure LIKE '%%\_MP' THEN 'PRISON'
                WHEN o.departement_id = '976' THEN 'MAYOTTE'
                ELSE 'METROPOLE' END AS place
    FROM structures_convention v
    JOIN structures_structure s ON s.id = v.structure_id
    JOIN structures_commune o ON o.code = s.commune_id
    WHERE o.departement_id = %(departement)s AND v.state = 'SIGNED'
      AND v.measure <> 'FDI_DC' AND v.starts_on <= make_date(%(year)s, 12, 31)
      -- A closed structure has no annexe to prepare beyond its last day.
      AND (s.closed_on IS NULL
           OR s.closed_on >= greatest(v.starts_on, make_date(%(year)s, 1, 1)))
),
-- The last terms of the year before, by structure and mesure: current, else closed.
before AS MATERIALIZED (
    SELECT DISTINCT ON (d.structure_id, d.measure)
           d.structure_id, d.measure, d.convention_id, a.id AS annexe_id, a.number, w.*
    FROM department d
    JOIN funding_annexefinanciere a
        ON a.convention_id = d.convention_id AND a.year = %(year)s - 1
    JOIN LATERAL (
        SELECT w.id AS version_id, w.etp, w.unit_amount, w.total, w.cofinanced,
               w.cofinancer, w.is_prison, w.supervision_etp, w.forecast_exits,
               w.forecast_dynamic, w.forecast_durable, w.forecast_transition,
               w.forecast_positive, w.starts_on AS before_starts_on,
               w.ends_on AS before_ends_on
        FROM funding_annexeversion w
        WHERE w.annexe_id = a.id AND w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
        ORDER BY w.modification DESC LIMIT 1
    ) w ON true
    ORDER BY d.structure_id, d.measure, w.before_ends_on DESC
),
-- Posts open at the end of the year before, by line: what the new year starts from.
posts AS MATERIALIZED (
    SELECT p.version_id,
           sum(p.posts) FILTER (WHERE e.line = 'ERBM') AS erbm,
           sum(p.posts) FILTER (WHERE e.line = 'PAUVRETE') AS pauvrete,
           sum(p.posts) AS every
    FROM funding_annexepart p
    JOIN funding_envelope e ON e.id = p.envelope_id
    WHERE p.version_id IN (SELECT version_id FROM before)
    GROUP BY 1
),
-- Drafts whose terms somebody wrote: they keep them, only the law is followed.
written AS MATERIALIZED (
    SELECT a.convention_id, w.id AS version_id, w.starts_on, w.ends_on, w.etp,
           w.cofinanced, w.cofinancer, w.supervision_etp,
           coalesce(sum(p.etp) FILTER (WHERE e.line = 'ERBM'), 0) AS erbm,
           coalesce(sum(p.posts) FILTER (WHERE e.line = 'ERBM'), 0) AS erbm_posts,
           coalesce(sum(p.etp) FILTER (WHERE e.line = 'PAUVRETE'), 0) AS pauvrete,
           coalesce(sum(p.posts) FILTER (WHERE e.line = 'PAUVRETE'), 0)
               AS pauvrete_posts
    FROM funding_annexefinanciere a
    JOIN funding_annexeversion w
        ON w.annexe_id = a.id AND w.state = 'BROUILLON' AND w.is_written
    LEFT JOIN funding_annexepart p ON p.version_id = w.id
    LEFT JOIN funding_envelope e ON e.id = p.envelope_id
    WHERE a.year = %(year)s AND a.asp_id IS NULL
      AND a.convention_id IN (SELECT convention_id FROM department)
    GROUP BY 1, 2
),
running AS MATERIALIZED (
    SELECT d.*, coalesce(h.starts_on, greatest(d.starts_on, make_date(%(year)s, 1, 1)))
               AS from_on,
           least(h.ends_on, d.ends_on, make_date(%(year)s, 12, 31)) AS to_on
    FROM department d
    LEFT JOIN written h USING (convention_id)
    WHERE d.ends_on >= make_date(%(year)s, 1, 1)
),
rsa AS MATERIALIZED (
    SELECT m::date AS month,
           round(
               legal_value('part_rsa_cd', 'ACI', 'METROPOLE', m::date, %(business_on)s)
               * legal_value('rsa_forfaitaire', '', 'METROPOLE', m::date, %(business_on)s),
               2) AS share
    FROM generate_series(make_date(%(year)s - 1, 1, 1), make_date(%(year)s, 12, 1),
                         interval '1 month') m
),
-- What the département bore is worth (R39), at the RSA of each period (R38).
periods AS MATERIALIZED (
    SELECT p.since, p.until, sum(r.share) AS share
    FROM (SELECT before_starts_on AS since, before_ends_on AS until FROM before
          UNION SELECT from_on, to_on FROM running) p
    JOIN rsa r ON r.month BETWEEN date_trunc('month', p.since)::date AND p.until
    GROUP BY 1, 2
),
socles AS MATERIALIZED (
    SELECT kind, place, from_on,
           legal_value('montant_socle', kind, place, from_on, %(business_on)s)
               AS unit_amount,
           legal_value('heures_par_etp', kind, 'METROPOLE', from_on, %(business_on)s)
               AS hours_per_etp
    FROM (SELECT DISTINCT kind, place, from_on FROM running) r
),
valued AS (
    SELECT r.convention_id, r.structure_id, r.measure, r.kind, r.from_on, r.to_on,
           r.commune_id, r.place = 'PRISON' AS in_prison,
           extract(year FROM r.from_on)::int - extract(year FROM r.starts_on)::int
               AS renewal,
           CASE WHEN b.convention_id = r.convention_id THEN b.number ELSE '' END AS number,
           coalesce(h.etp, q.every, b.etp) AS etp,
           coalesce(h.erbm, q.erbm, 0) AS erbm,
           coalesce(h.erbm_posts, q.erbm, 0) AS erbm_posts,
           coalesce(h.pauvrete, q.pauvrete, 0) AS pauvrete,
           coalesce(h.pauvrete_posts, q.pauvrete, 0) AS pauvrete_posts,
           (extract(year FROM r.to_on) - extract(year FROM r.from_on)) * 12
               + extract(month FROM r.to_on) - extract(month FROM r.from_on) + 1 AS months,
           o.unit_amount, o.hours_per_etp,
           coalesce(h.cofinanced, b.cofinanced / nullif(y.share, 0) * z.share) AS borne,
           coalesce(h.version_id, b.version_id) AS from_id,
           h.version_id IS NOT NULL AS is_written,
           CASE WHEN h.version_id IS NULL THEN b.cofinancer ELSE h.cofinancer END
               AS cofinancer,
           CASE WHEN h.version_id IS NULL THEN b.supervision_etp
                ELSE h.supervision_etp END AS supervision_etp,
           b.forecast_exits,
           b.forecast_dynamic, b.forecast_durable, b.forecast_transition,
           b.forecast_positive
    FROM running r
    JOIN socles o USING (kind, place, from_on)
    LEFT JOIN before b USING (structure_id, measure)
    LEFT JOIN posts q ON q.version_id = b.version_id
    LEFT JOIN written h ON h.convention_id = r.convention_id
    LEFT JOIN periods y ON (y.since, y.until) = (b.before_starts_on, b.before_ends_on)
    LEFT JOIN periods z ON (z.since, z.until) = (r.from_on, r.to_on)
),
totalled AS (
    SELECT *,
           CASE WHEN months = 12 THEN round(etp * unit_amount, 2)
                ELSE round(etp * unit_amount / 12, 2) * months END AS total
    FROM valued
),
started AS (
    -- An annexe of the year that left the drafts, or came from the ASP, is not ours;
    -- one that was prepared again is a draft beside what was dropped.
    SELECT a.convention_id, min(a.id) AS annexe_id,
           bool_or(w.state NOT IN ('BROUILLON', 'ANNULE', 'REJETE')
                   OR a.asp_id IS NOT NULL) AS yes,
           bool_and(w.state IN ('ANNULE', 'REJETE')) AS is_dropped,
           max(w.modification) FILTER (WHERE w.state = 'BROUILLON') AS modification
    FROM funding_annexefinanciere a
    LEFT JOIN funding_annexeversion w ON w.annexe_id = a.id
    WHERE a.year = %(year)s AND a.convention_id IN (SELECT convention_id FROM running)
    GROUP BY 1
),
prepared AS MATERIALIZED (
    SELECT t.*, coalesce(least(round(t.borne, 2), t.total), 0) AS cofinanced,
           s.annexe_id AS known_annexe_id, coalesce(s.yes, false) AS is_started,
           coalesce(s.modification, 0) AS modification,
           CASE
               -- Somebody said no to it: it is for somebody to begin again.
               WHEN s.is_dropped THEN
                   'L’annexe a été abandonnée ou refusée : préparez-la de nouveau '
                   || 'depuis la page de la convention.'
               WHEN coalesce(s.yes, false) THEN ''
               WHEN t.from_id IS NULL THEN
                   'Aucune annexe en vigueur en ' || (%(year)s - 1)
                   || ' : les ETP de départ sont inconnus. Préparez l’annexe depuis la page de la '
                   || 'convention, avec les postes demandés.'
               WHEN t.unit_amount IS NULL OR t.hours_per_etp IS NULL THEN
                   'Le montant socle ou les heures par ETP ne sont pas connus au '
                   || to_char(t.from_on, 'DD/MM/YYYY')
                   || '. Ajoutez la valeur légale dans l’administration.'
               WHEN NOT EXISTS (
                   SELECT FROM funding_envelope
                   WHERE year = %(year)s AND line = 'IAE_SOCLE'
                     AND departement_id = %(departement)s
               ) THEN
                   'Le département n’a pas d’enveloppe IAE en ' || (%(year)s - 1)
                   || ' ni en ' || %(year)s
                   || ' : créez-la avant de répartir les annexes.'
               ELSE ''
           END AS blocked
    FROM totalled t
    LEFT JOIN started s USING (convention_id)
),
-- What ended before the year and had an annexe: the agent must renew it first.
ended AS (
    SELECT DISTINCT ON (d.structure_id) d.structure_id, d.ends_on,
           EXISTS (
               SELECT FROM structures_convention n
               WHERE n.structure_id = d.structure_id AND n.measure = d.measure
                 AND n.state IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY')
                 AND n.ends_on >= make_date(%(year)s, 1, 1)
           ) AS has_next
    FROM department d
    WHERE d.ends_on < make_date(%(year)s, 1, 1)
      AND EXISTS (SELECT FROM before b WHERE b.convention_id = d.convention_id)
      AND NOT EXISTS (
          SELECT FROM running r
          WHERE r.structure_id = d.structure_id AND r.measure = d.measure
      )
    ORDER BY d.structure_id, d.ends_on DESC
),
put_annexes AS (
    INSERT INTO funding_annexefinanciere (convention_id, year, number, renewal)
    SELECT convention_id, %(year)s, number, renewal
    FROM prepared WHERE blocked = '' AND NOT is_started AND known_annexe_id IS NULL
    ORDER BY convention_id
    ON CONFLICT (convention_id, year) WHERE asp_id IS NULL DO NOTHING
    RETURNING id, convention_id
),
drafts AS MATERIALIZED (
    SELECT p.*, coalesce(n.id, p.known_annexe_id) AS annexe_id
    FROM prepared p
    LEFT JOIN put_annexes n USING (convention_id)
    WHERE p.blocked = '' AND NOT p.is_started
      -- None only if someone wrote it while this ran: it is theirs.
      AND coalesce(n.id, p.known_annexe_id) IS NOT NULL
),
put_versions AS (
    INSERT INTO funding_annexeversion AS w
        (annexe_id, modification, state, starts_on, ends_on, etp, unit_amount,
         hours_per_etp, total, cofinanced, cofinancer, is_prison, supervision_etp,
         forecast_exits, forecast_dynamic, forecast_durable, forecast_transition,
         forecast_positive, computed_on, note)
    SELECT annexe_id, modification, 'BROUILLON', from_on, to_on, etp, unit_amount,
           hours_per_etp, total, cofinanced, coalesce(cofinancer, ''), in_prison,
           supervision_etp, forecast_exits, forecast_dynamic, forecast_durable,
           forecast_transition, forecast_positive, %(business_on)s, ''
    FROM drafts
    ORDER BY annexe_id
    ON CONFLICT (annexe_id, modification) DO UPDATE
    SET starts_on = excluded.starts_on, ends_on = excluded.ends_on, etp = excluded.etp,
        unit_amount = excluded.unit_amount, hours_per_etp = excluded.hours_per_etp,
        total = excluded.total, cofinanced = excluded.cofinanced,
        cofinancer = excluded.cofinancer, is_prison = excluded.is_prison,
        supervision_etp = excluded.supervision_etp, computed_on = excluded.computed_on
    WHERE w.state = 'BROUILLON'
      AND (w.starts_on, w.ends_on, w.etp, w.unit_amount, w.hours_per_etp, w.total,
           w.cofinanced, w.cofinancer, w.is_prison, w.supervision_etp)
          IS DISTINCT FROM
          (excluded.starts_on, excluded.ends_on, excluded.etp, excluded.unit_amount,
           excluded.hours_per_etp, excluded.total, excluded.cofinanced,
           excluded.cofinancer, excluded.is_prison, excluded.supervision_etp)
    RETURNING w.id, w.annexe_id, (xmax = 0) AS is_new
),
versions AS MATERIALIZED (
    SELECT d.*, coalesce(n.id, w.id) AS version_id, n.is_new
    FROM drafts d
    LEFT JOIN put_versions n USING (annexe_id)
    LEFT JOIN funding_annexeversion w
        ON w.annexe_id = d.annexe_id AND w.modification = d.modification
           AND w.state = 'BROUILLON'
    WHERE coalesce(n.id, w.id) IS NOT NULL
),
-- How each draft falls on the envelopes: the département's share first, then the
-- earmarks (only inside their perimeter), the line bears the rest.
lines AS (
    SELECT id, line, perimeter_id FROM funding_envelope
    WHERE year = %(year)s AND departement_id = %(departement)s
      AND line IN ('IAE_SOCLE', 'ERBM', 'PAUVRETE', 'CD')
),
asked AS (
    SELECT d.version_id, l.id AS envelope_id, l.line, e.etp, e.posts,
           d.total - d.cofinanced AS room,
           round(e.etp * d.unit_amount / 12 * d.months, 2) AS amount
    FROM versions d
    CROSS JOIN LATERAL (
        VALUES ('ERBM', d.erbm, d.erbm_posts), ('PAUVRETE', d.pauvrete, d.pauvrete_posts)
    ) e (line, etp, posts)
    JOIN lines l ON l.line = e.line
    WHERE e.etp > 0
      AND (l.perimeter_id IS NULL OR EXISTS (
          SELECT FROM structures_perimetercommune m
          WHERE m.perimeter_id = l.perimeter_id AND m.commune_id = d.commune_id
            AND m.since <= d.from_on AND (m.until IS NULL OR m.until >= d.from_on)
      ))
),
-- An earmark bears no more than what the département leaves of the annexe.
earmarked AS (
    SELECT version_id, envelope_id, etp, posts,
           least(amount, greatest(room - (sum(amount) OVER w - amount), 0)) AS amount
    FROM asked WINDOW w AS (PARTITION BY version_id ORDER BY line)
),
borne AS (
    SELECT d.version_id, l.id AS envelope_id, d.cofinanced AS amount,
           round(d.etp * d.cofinanced / nullif(d.total, 0), 2) AS etp
    FROM versions d JOIN lines l ON l.line = 'CD'
    WHERE d.cofinanced > 0
),
apart AS MATERIALIZED (
    SELECT version_id, envelope_id, etp, posts, amount FROM earmarked
    UNION ALL SELECT version_id, envelope_id, etp, etp, amount FROM borne
),
shares AS MATERIALIZED (
    SELECT version_id, envelope_id, etp, posts, amount FROM apart
    UNION ALL
    SELECT d.version_id, l.id, greatest(d.etp - coalesce(x.etp, 0), 0),
           greatest(d.etp - coalesce(x.posts, 0), 0), d.total - coalesce(x.amount, 0)
    FROM versions d
    JOIN lines l ON l.line = 'IAE_SOCLE'
    LEFT JOIN (
        SELECT version_id, sum(etp) AS etp, sum(posts) AS posts, sum(amount) AS amount
        FROM apart GROUP BY 1
    ) x USING (version_id)
),
dropped_parts AS (
    DELETE FROM funding_annexepart p
    USING versions v
    WHERE p.version_id = v.version_id
      AND NOT EXISTS (
          SELECT FROM shares n
          WHERE n.version_id = p.version_id AND n.envelope_id = p.envelope_id
      )
    RETURNING p.version_id
),
put_parts AS (
    INSERT INTO funding_annexepart AS p (version_id, envelope_id, etp, posts, amount)
    SELECT version_id, envelope_id, etp, posts, amount FROM shares
    ORDER BY version_id, envelope_id
    ON CONFLICT (version_id, envelope_id) DO UPDATE
    SET etp = excluded.etp, posts = excluded.posts, amount = excluded.amount
    WHERE (p.etp, p.posts, p.amount)
          IS DISTINCT FROM (excluded.etp, excluded.posts, excluded.amount)
    RETURNING p.version_id
)
INSERT INTO funding_stepline (step_id, structure_id, annexe_id, outcome, reason)
SELECT %(step)s, p.structure_id, coalesce(v.annexe_id, p.known_annexe_id),
       CASE WHEN p.blocked <> '' THEN 'BLOCKED'
            WHEN v.is_new THEN 'CREATED'
            WHEN v.is_new IS NOT NULL
                OR v.version_id IN (SELECT version_id FROM put_parts)
                OR v.version_id IN (SELECT version_id FROM dropped_parts) THEN 'REFRESHED'
            ELSE 'UNCHANGED' END,
       CASE WHEN p.blocked <> '' THEN p.blocked
            WHEN p.is_started THEN 'L’annexe est déjà instruite : elle reste telle quelle.'
            WHEN p.is_written
                THEN 'Ses termes ont été écrits : ils sont gardés, au montant en vigueur.'
            ELSE '' END
FROM prepared p
LEFT JOIN versions v USING (convention_id)
UNION ALL
SELECT %(step)s, structure_id, NULL, 'BLOCKED',
       'La convention prend fin le ' || to_char(ends_on, 'DD/MM/YYYY')
       || CASE WHEN has_next THEN ' et la suivante n’est pas signée : signez-la'
               ELSE ' : renouvelez-la' END
       || ' avant de préparer ' || %(year)s || '.'
FROM ended
