-- What was done for each structure, in the lines of the step.
INSERT INTO funding_stepline (step_id, structure_id, annexe_id, outcome, reason)
SELECT %(step)s, f.structure_id, NULL,
       CASE WHEN bool_or(f.annexe_id IS NULL) THEN 'BLOCKED'
            WHEN bool_or(w.is_new) THEN 'CREATED'
            WHEN count(w.is_new) > 0 THEN 'REFRESHED'
            ELSE 'UNCHANGED' END,
       CASE WHEN bool_or(f.annexe_id IS NULL) THEN
           'Aucune annexe en vigueur pour '
           || string_agg(DISTINCT to_char(f.month, 'MM/YYYY'), ', ')
                  FILTER (WHERE f.annexe_id IS NULL)
           || ' : ces heures ne consomment rien. Saisissez l’annexe de ces mois.'
           ELSE '' END
FROM (SELECT DISTINCT structure_id, annexe_id, month FROM found) f
LEFT JOIN (
    SELECT structure_id, bool_or(is_new) AS is_new FROM written GROUP BY 1
) w USING (structure_id)
GROUP BY f.structure_id;
