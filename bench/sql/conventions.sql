-- By hand: an annexe and a draft for every convention that runs, split on the lines; of
-- one département or of the country.
WITH last AS (
    SELECT DISTINCT ON (v.structure_id, v.measure) v.structure_id, v.measure, s.kind, w.*,
           o.departement_id
    FROM funding_annexeversion w
    JOIN funding_annexefinanciere a ON a.id = w.annexe_id AND a.year = %(year)s - 1
    JOIN structures_convention v ON v.id = a.convention_id
    JOIN structures_structure s ON s.id = v.structure_id
    JOIN structures_commune o ON o.code = s.commune_id
    WHERE w.state IN ('VALIDE', 'PROVISOIRE', 'CLOTURE')
      AND (%(departement)s::text IS NULL OR o.departement_id = %(departement)s)
    ORDER BY v.structure_id, v.measure, w.ends_on DESC, w.modification DESC
),
new_annexe AS (
    INSERT INTO peer_annexefinanciere (convention_id, year, number, renewal)
    SELECT v.id, %(year)s, '', extract(year FROM v.starts_on)::int * -1 + %(year)s
    FROM structures_convention v JOIN last USING (structure_id, measure)
    WHERE v.state = 'SIGNED' AND v.starts_on <= make_date(%(year)s, 12, 31)
      AND v.ends_on >= make_date(%(year)s, 1, 1)
    RETURNING id, convention_id
),
new_version AS (
    INSERT INTO peer_annexeversion
        (annexe_id, modification, state, starts_on, ends_on, etp, unit_amount,
         hours_per_etp, total, cofinanced, cofinancer, is_prison, note)
    SELECT n.id, 0, 'BROUILLON', greatest(v.starts_on, make_date(%(year)s, 1, 1)),
           least(v.ends_on, make_date(%(year)s, 12, 31)), l.etp, l.unit_amount,
           l.hours_per_etp, round(l.etp * l.unit_amount, 2), l.cofinanced, l.cofinancer,
           l.is_prison, ''
    FROM new_annexe n
    JOIN structures_convention v ON v.id = n.convention_id
    JOIN last l USING (structure_id, measure)
    RETURNING id, annexe_id, etp, total, cofinanced
)
INSERT INTO peer_annexepart (version_id, envelope_id, etp, posts, amount)
SELECT w.id, e.id, w.etp, w.etp,
       CASE e.line WHEN 'CD' THEN w.cofinanced ELSE w.total - w.cofinanced END
FROM new_version w
JOIN new_annexe n ON n.id = w.annexe_id
JOIN structures_convention v ON v.id = n.convention_id
JOIN structures_structure s ON s.id = v.structure_id
JOIN structures_commune o ON o.code = s.commune_id
JOIN funding_envelope e ON e.departement_id = o.departement_id AND e.year = %(year)s - 1
    AND (e.line = 'IAE_SOCLE' OR (e.line = 'CD' AND w.cofinanced > 0))
