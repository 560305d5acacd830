-- Envelopes of the year before, from a département up, that the year has no like of.
WITH RECURSIVE lines AS (
    SELECT e.* FROM funding_envelope e
    WHERE e.year = %(year)s - 1 AND e.departement_id = %(departement)s
    UNION
    SELECT p.* FROM funding_envelope p JOIN lines ON lines.parent_id = p.id
)
SELECT l.id FROM lines l
WHERE NOT EXISTS (
    SELECT FROM funding_envelope n
    WHERE n.year = %(year)s AND n.level = l.level AND n.line = l.line
      AND n.region_id IS NOT DISTINCT FROM l.region_id
      AND n.departement_id IS NOT DISTINCT FROM l.departement_id
)
LIMIT 1
