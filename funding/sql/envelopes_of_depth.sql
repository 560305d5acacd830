INSERT INTO funding_envelope
    (year, level, line, region_id, departement_id, perimeter_id, parent_id)
SELECT %(year)s, m.level, m.line, m.region_id, m.departement_id, m.perimeter_id, new.id
FROM model m
LEFT JOIN funding_envelope old ON old.id = m.parent_id
LEFT JOIN funding_envelope new
    ON new.year = %(year)s AND new.level = old.level AND new.line = old.line
   AND new.region_id IS NOT DISTINCT FROM old.region_id
   AND new.departement_id IS NOT DISTINCT FROM old.departement_id
WHERE m.depth = %(depth)s
ORDER BY m.line, m.departement_id
ON CONFLICT (year, line, level, region_id, departement_id) DO NOTHING;
