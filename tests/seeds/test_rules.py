"""Invented or not, people, contracts and hours follow the rules of 2015-2019."""

import pytest

BROKEN = {
    "a CDDI of 4 to 24 months": """
        SELECT id FROM parcours_contract WHERE kind = 'CDDI'
        AND (ends_on + 1 < starts_on + interval '4 months'
             OR ends_on + 1 > starts_on + interval '24 months')
    """,
    "24 months in all, renewals included": """
        SELECT hired_on FROM parcours_contract GROUP BY person_id, structure_id, hired_on
        HAVING max(ends_on) + 1 > hired_on + interval '24 months'
    """,
    "20 hours a week at least in a CDDI": """
        SELECT id FROM parcours_contract WHERE kind = 'CDDI' AND weekly_hours < 20
    """,
    "the contract of the structure’s kind": """
        SELECT c.id FROM parcours_contract c
        JOIN structures_structure s ON s.id = c.structure_id
        WHERE c.kind <> CASE s.kind WHEN 'AI' THEN 'MAD' WHEN 'ETTI' THEN 'MISSION'
                        ELSE 'CDDI' END
    """,
    "a right that covers the hiring, an agrément but in an AI": """
        SELECT c.id FROM parcours_contract c
        JOIN parcours_parcours p ON p.id = c.parcours_id
        WHERE c.starts_on NOT BETWEEN p.starts_on AND p.ends_on
           OR c.person_id <> p.person_id
           OR (p.regime = 'FREE' AND c.kind <> 'MAD')
           OR (p.regime <> 'FREE' AND p.number = '')
    """,
    "hours only under the contract, and no more than a month has": """
        SELECT h.id FROM parcours_monthlyhours h
        JOIN parcours_contract c ON c.id = h.contract_id
        JOIN parcours_monthlystatement t ON t.id = h.statement_id
        LEFT JOIN parcours_exit x ON x.contract_id = c.id
        WHERE h.hours NOT BETWEEN 1 AND 170
           OR t.month + interval '1 month' <= c.starts_on
           OR t.month > coalesce(x.exited_on, c.ends_on)
    """,
    "a renewal the day after": """
        SELECT n.id FROM parcours_contract n
        JOIN parcours_contract c ON c.id = n.renews_id
        WHERE n.starts_on <> c.ends_on + 1 OR n.hired_on <> c.hired_on
    """,
    "one exit at the end of each stay that is over": """
        SELECT c.id FROM parcours_contract c
        LEFT JOIN parcours_exit x ON x.contract_id = c.id
        LEFT JOIN parcours_contract n ON n.renews_id = c.id
        WHERE (x.id IS NOT NULL) <> (n.id IS NULL AND
               (c.ends_on < '2019-12-02' OR x.exited_on < c.ends_on))
          AND c.ends_on <> '2019-12-02' AND coalesce(x.exited_on, '1900-01-01') <> c.ends_on
    """,
    "a stay interviewed and supervised while it lasts": """
        SELECT i.id FROM parcours_interview i
        JOIN parcours_contract c ON c.id = i.contract_id
        WHERE i.held_on < c.starts_on
    """,
    "freins followed only once seen": """
        SELECT id FROM parcours_frein
        WHERE (state = 'IDENTIFIED') <> (mode = '') OR lifted_on < identified_on
    """,
    "an annexe inside its convention, its parts adding up to its total": """
        SELECT w.id FROM funding_annexeversion w
        JOIN funding_annexepart p ON p.version_id = w.id
        JOIN funding_annexefinanciere a ON a.id = w.annexe_id
        JOIN structures_convention v ON v.id = a.convention_id
        GROUP BY w.id, v.id
        HAVING sum(p.amount) <> w.total OR sum(p.etp) <> w.etp
            OR w.starts_on < v.starts_on OR w.ends_on > v.ends_on
    """,
    "the earmark only in its perimeter": """
        SELECT p.id FROM funding_annexepart p
        JOIN funding_envelope e ON e.id = p.envelope_id AND e.line = 'ERBM'
        JOIN funding_annexeversion w ON w.id = p.version_id
        JOIN funding_annexefinanciere a ON a.id = w.annexe_id
        JOIN structures_convention v ON v.id = a.convention_id
        JOIN structures_structure s ON s.id = v.structure_id
        WHERE s.commune_id NOT IN (
            SELECT commune_id FROM structures_perimetercommune WHERE perimeter_id = 1)
    """,
    "committed and paid make the version in force": """
        SELECT a.id FROM funding_annexefinanciere a
        JOIN LATERAL (
            SELECT total FROM funding_annexeversion w
            WHERE w.annexe_id = a.id AND w.state IN ('VALIDE', 'CLOTURE')
        ) w ON true
        JOIN funding_account x ON x.annexe_id = a.id AND x.bucket IN ('COMMITTED', 'PAID')
        JOIN funding_envelope e ON e.id = x.envelope_id AND e.line <> 'IAE_MODULE'
        GROUP BY a.id, w.total HAVING sum(x.balance) <> w.total
    """,
    "the modulated share paid apart": """
        SELECT m.id FROM funding_modulation m
        JOIN funding_account x ON x.annexe_id = m.annexe_id AND x.bucket = 'PAID'
        JOIN funding_envelope e ON e.id = x.envelope_id AND e.line = 'IAE_MODULE'
        WHERE x.balance <> m.amount
    """,
}


@pytest.mark.parametrize("rule", BROKEN)
def test_no_row_breaks_the_rule(small, rule):
    assert small(BROKEN[rule]) == []


def test_everything_about_people_is_marked_simulated(small):
    [(structures, people)] = small("""
        SELECT (SELECT count(*) FROM structures_structure WHERE NOT is_simulated),
               (SELECT count(*) FROM parcours_person WHERE NOT is_simulated)
    """)

    assert (structures, people) == (0, 0)


def test_some_exits_are_left_out_by_the_rules(small):
    [(withdrawn, short)] = small("""
        SELECT count(*) FILTER (WHERE motive_id LIKE 'R%'),
               count(*) FILTER (WHERE motive_id LIKE 'D%' AND exited_on - hired_on < 81)
        FROM parcours_exit x JOIN parcours_contract c ON c.id = x.contract_id
        JOIN structures_structure s ON s.id = c.structure_id
    """)

    assert withdrawn > 0
    assert short > 0


def test_people_who_move_keep_their_name(small):
    [(moved,)] = small("""
        SELECT count(*) FROM (
            SELECT person_id FROM parcours_contract GROUP BY 1
            HAVING count(DISTINCT structure_id) > 1) moved
    """)

    assert moved > 0
