-- The envelopes a département will need for a year, drawn as those of the year before and
-- empty: money comes with a notification. From the root down, so that parents exist.
CREATE TEMP TABLE model ON COMMIT DROP AS
WITH RECURSIVE lines AS (
    SELECT e.* FROM funding_envelope e
    WHERE e.year = %(year)s - 1 AND e.departement_id = %(departement)s
    UNION
    SELECT p.* FROM funding_envelope p JOIN lines ON lines.parent_id = p.id
)
SELECT *, CASE level WHEN 'NATIONAL' THEN 1 WHEN 'REGIONAL' THEN 2
               WHEN 'DEPARTMENTAL' THEN 3 WHEN 'LINE' THEN 4 ELSE 5 END AS depth
FROM lines;
