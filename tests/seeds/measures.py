"""The published figures computed again in plain SQL, from the rows that people enter.

Written apart from funding/figures: other tables where there are others (transfers rather
than balances, contracts and hours rather than reports), thresholds written out.
"""

STRUCTURES = """
    SELECT count(DISTINCT s.id) FROM structures_structure s
    JOIN structures_convention v ON v.structure_id = s.id
    WHERE s.commune_id LIKE '62%%' AND v.signed_on <= '2019-12-02'
      AND '2019-12-02' BETWEEN v.starts_on AND v.ends_on AND s.kind LIKE %s
"""

CREATED = """
    SELECT count(*) FROM structures_structure
    WHERE commune_id LIKE '62%' AND created_on BETWEEN '2017-12-02' AND '2019-12-02'
"""

# The last version signed by the day, whatever its state says.
ETP = """
    SELECT sum(etp) FROM (
        SELECT DISTINCT ON (w.annexe_id)
               w.etp * (13 - extract(month FROM w.starts_on)) / 12 AS etp
        FROM funding_annexeversion w
        JOIN funding_annexefinanciere a ON a.id = w.annexe_id
        JOIN structures_convention v ON v.id = a.convention_id
        JOIN structures_structure s ON s.id = v.structure_id
        WHERE a.year = %s AND w.signed_on <= '2019-12-02' AND s.commune_id LIKE '62%%'
        ORDER BY w.annexe_id, w.signed_on DESC, w.modification DESC
    ) last
"""

ENTRIES = """
    SELECT count(DISTINCT c.person_id) FROM parcours_contract c
    JOIN structures_structure s ON s.id = c.structure_id
    WHERE s.commune_id LIKE '62%' AND c.starts_on = c.hired_on
      AND c.hired_on BETWEEN '2019-01-01' AND '2019-12-02'
"""

# From the transfers themselves: signed, less what was given back.
ENGAGED = """
    SELECT sum(CASE t.kind WHEN 'COMMIT' THEN t.amount ELSE -t.amount END)
    FROM funding_transfer t
    JOIN funding_account x
        ON x.id = CASE t.kind WHEN 'COMMIT' THEN t.target_id ELSE t.source_id END
    JOIN funding_envelope e ON e.id = x.envelope_id
    WHERE t.kind IN ('COMMIT', 'RELEASE', 'CLAWBACK')
      AND e.year = 2019 AND e.departement_id = '62' AND e.line LIKE %s
"""

FULL_YEAR = """
    SELECT sum(p.posts * w.unit_amount) FROM funding_annexepart p
    JOIN funding_envelope e ON e.id = p.envelope_id
    JOIN funding_annexeversion w ON w.id = p.version_id
    JOIN funding_annexefinanciere a ON a.id = w.annexe_id
    WHERE e.line = 'PAUVRETE' AND a.year = 2019 AND w.modification = (
        SELECT max(modification) FROM funding_annexeversion WHERE annexe_id = a.id
    )
"""

RSA = """
    SELECT avg((c.rsa <> 'NON')::int) FROM parcours_contract c
    JOIN structures_structure s ON s.id = c.structure_id
    LEFT JOIN parcours_exit x ON x.contract_id = c.id
    WHERE s.commune_id LIKE '62%' AND c.starts_on <= '2019-12-02'
      AND coalesce(x.exited_on, c.ends_on) >= '2019-12-02'
      AND NOT EXISTS (
          SELECT FROM parcours_contract n
          WHERE n.renews_id = c.id AND n.starts_on <= '2019-12-02'
      )
"""

# 81 days in an ACI or an EI, 150 hours in an AI or an ETTI: written out here on purpose.
RATE = """
    WITH RECURSIVE chain AS (
        SELECT x.id AS exit_id, c.id, c.renews_id FROM parcours_exit x
        JOIN parcours_contract c ON c.id = x.contract_id
        WHERE extract(year FROM x.exited_on) = %s
        UNION ALL
        SELECT chain.exit_id, c.id, c.renews_id FROM chain
        JOIN parcours_contract c ON c.id = chain.renews_id
    ),
    stay AS (
        SELECT exit_id, min(c.starts_on) AS began, min(s.kind) AS kind,
               min(s.commune_id) AS commune
        FROM chain JOIN parcours_contract c USING (id)
        JOIN structures_structure s ON s.id = c.structure_id
        GROUP BY 1
    ),
    worked AS (
        SELECT exit_id, sum(h.hours) AS every, sum(h.hours) FILTER (
                   WHERE extract(year FROM t.month) = %s) AS of_year
        FROM chain JOIN parcours_monthlyhours h ON h.contract_id = chain.id
        JOIN parcours_monthlystatement t ON t.id = h.statement_id
        GROUP BY 1
    )
    SELECT count(*) FILTER (WHERE left(x.motive_id, 1) IN ('D', 'T', 'P')), count(*)
    FROM parcours_exit x JOIN stay ON stay.exit_id = x.id
    JOIN worked ON worked.exit_id = x.id
    WHERE left(x.motive_id, 1) <> 'R' AND stay.commune LIKE '62%%'
      AND CASE WHEN kind IN ('ACI', 'EI')
               THEN worked.of_year >= 1 AND x.exited_on - stay.began >= 81
               ELSE worked.every >= 150 END
"""

GROUP = """
    SELECT count(*) FROM structures_structure s
    JOIN structures_group g ON g.id = s.group_id WHERE g.name = 'TRAJECTOIRE'
"""


def of_62(query):
    """By code of the figure."""

    def one(sql, *values):
        [(value,)] = query(sql, *values)
        return value

    def rate(year):
        [(dynamic, examined)] = query(RATE, year, year)
        return dynamic / examined

    return {
        "62-structures": one(STRUCTURES, "%"),
        "62-structures-aci": one(STRUCTURES, "ACI"),
        "62-structures-ai": one(STRUCTURES, "AI"),
        "62-structures-ei": one(STRUCTURES, "EI"),
        "62-structures-etti": one(STRUCTURES, "ETTI"),
        "62-structures-created": one(CREATED),
        "62-etp-2019": one(ETP, 2019),
        "62-etp-growth-2019": one(ETP, 2019) - one(ETP, 2018),
        "62-entries-2019": one(ENTRIES),
        "62-aid-2019": one(ENGAGED, "%"),
        "62-aid-erbm-2019": one(ENGAGED, "ERBM"),
        "62-aid-pauvrete-2019": one(ENGAGED, "PAUVRETE"),
        "62-aid-pauvrete-full-year": one(FULL_YEAR),
        "62-rsa": one(RSA),
        "62-dynamic-2018": rate(2018),
        "62-dynamic-2017": rate(2017),
        "trajectoire-employers": one(GROUP),
    }


def holds(figure, computed):
    """= exact, ≈ under one per cent, > strictly more."""
    value, computed = float(figure.value), float(computed)
    if figure.relation == ">":
        return computed > value
    if figure.relation == "≈":
        return abs(computed - value) < 0.01 * value
    return abs(computed - value) < 1e-9


INSIDE = """
    SELECT m.commune_id FROM structures_perimetercommune m
    JOIN structures_perimeter p ON p.id = m.perimeter_id WHERE p.code = 'erbm'
"""

NOTIFIED = """
    SELECT sum(t.amount) FROM funding_transfer t
    JOIN funding_account x ON x.id = t.target_id
    JOIN funding_envelope e ON e.id = x.envelope_id
    WHERE t.kind = 'DELEGATION' AND e.line = 'ERBM' AND e.year = 2019
"""

BASE = f"""
    SELECT sum(CASE t.kind WHEN 'COMMIT' THEN t.amount ELSE -t.amount END)
    FROM funding_transfer t
    JOIN funding_account x
        ON x.id = CASE t.kind WHEN 'COMMIT' THEN t.target_id ELSE t.source_id END
    JOIN funding_envelope e ON e.id = x.envelope_id
    JOIN funding_annexefinanciere a ON a.id = x.annexe_id
    JOIN structures_convention v ON v.id = a.convention_id
    JOIN structures_structure s ON s.id = v.structure_id
    WHERE t.kind IN ('COMMIT', 'RELEASE', 'CLAWBACK') AND e.year = 2019
      AND e.line <> 'ERBM' AND s.commune_id IN ({INSIDE})
"""

PEOPLE = """
    WITH worked AS (
        SELECT c.structure_id, count(DISTINCT c.person_id) AS people
        FROM parcours_monthlyhours h
        JOIN parcours_contract c ON c.id = h.contract_id
        JOIN parcours_monthlystatement t ON t.id = h.statement_id
        WHERE t.month >= '2019-01-01' GROUP BY 1
    )
    SELECT sum(people * p.etp / w.etp) FROM funding_annexepart p
    JOIN funding_envelope e ON e.id = p.envelope_id
    JOIN funding_annexeversion w ON w.id = p.version_id AND w.state = 'VALIDE'
    JOIN funding_annexefinanciere a ON a.id = w.annexe_id
    JOIN structures_convention v ON v.id = a.convention_id
    JOIN worked USING (structure_id)
    WHERE e.line = 'ERBM' AND e.year = 2019
"""

TERRITORIES = """
    SELECT count(*) FROM structures_perimeter part
    JOIN structures_perimeter whole ON whole.id = part.parent_id
    WHERE whole.code = 'erbm'
"""

PECS = f"""
    SELECT count(*) FILTER (WHERE residence_id IN ({INSIDE}) AND is_preferential),
           count(*)
    FROM parcours_pec WHERE extract(year FROM starts_on) = 2018
"""

# 9.88 € an hour, 52 weeks over 12 months.
PEC_COST = """
    SELECT sum(9.88 * weekly_hours * 52 / 12 * (rate - 0.5)
               * least(months, 13 - extract(month FROM starts_on)))
    FROM parcours_pec WHERE is_preferential AND extract(year FROM starts_on) = 2018
"""


def of_the_bassin(query):
    """By code of the figure."""
    [(preferential, every)] = query(PECS)
    one = {
        "erbm-added": NOTIFIED,
        "erbm-base": BASE,
        "erbm-people": PEOPLE,
        "erbm-territories": TERRITORIES,
        "erbm-pec-cost": PEC_COST,
    }
    return {code: query(sql)[0][0] for code, sql in one.items()} | {
        "erbm-pec": preferential,
        "erbm-pec-share": preferential / every,
    }
