"""The application's own figures on the seeded territory: they measure, nobody tells them.

Each is set beside tests/seeds/measures.py, beside the rows it opens, and beside itself
after one stored row changed.
"""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions import ledger
from funding.enums import Job, Line
from funding.models import AnnexePart
from tests.funding.jobs import run_job
from tests.seeds import measures
from tests.seeds.behind import computed, unclosed, unlike


def moves(before):
    """What changed since, and by how much."""
    return {c: v - before[c] for c, v in computed().items() if v != before[c]}


def test_each_figure_is_the_one_found_by_another_route(played):
    assert unlike(measures.of_62(played)) == {"dynamic-objective"}


def test_the_rows_behind_each_figure_close_on_it(played):
    assert unclosed() == {}


ONE_ROW = {
    "an annexe of the ASP": (
        """UPDATE funding_annexeversion SET etp = etp + 1.50 WHERE asp_id = 4815162342""",
        {"62-etp-2019": "1.5", "62-etp-growth-2019": "1.5"},
    ),
    "an annexe of the year before": (
        """UPDATE funding_annexeversion SET asp_id = 7, etp = etp + 0.25 WHERE id = (
               SELECT w.id FROM funding_annexeversion w
               JOIN funding_annexefinanciere a ON a.id = w.annexe_id
               WHERE a.year = 2018 AND w.state = 'CLOTURE' LIMIT 1)""",
        {"62-etp-growth-2019": "-0.25"},
    ),
    "a structure born earlier": (
        """UPDATE structures_structure SET created_on = '2017-12-01' WHERE id = (
               SELECT id FROM structures_structure
               WHERE created_on BETWEEN '2017-12-02' AND '2019-12-02' LIMIT 1)""",
        {"62-structures-created": "-1"},
    ),
    "a structure out of its group": (
        """UPDATE structures_structure SET group_id = NULL WHERE id = (
               SELECT id FROM structures_structure WHERE group_id = 1 LIMIT 1)""",
        {"trajectoire-employers": "-1"},
    ),
    "a convention that ended the day before": (
        """UPDATE structures_convention SET ends_on = '2019-12-01'
           WHERE id = (SELECT v.id FROM structures_convention v
               JOIN structures_structure s ON s.id = v.structure_id
               WHERE s.kind = 'AI' AND '2019-12-02' BETWEEN v.starts_on AND v.ends_on
               LIMIT 1)""",
        {"62-structures": "-1", "62-structures-ai": "-1"},
    ),
}


@pytest.mark.parametrize("name", ONE_ROW)
def test_one_row_changed_moves_its_figures_and_no_other(played, name):
    played("""UPDATE funding_annexeversion SET asp_id = 4815162342 WHERE id = (
        SELECT w.id FROM funding_annexeversion w
        JOIN funding_annexefinanciere a ON a.id = w.annexe_id
        WHERE a.year = 2019 AND w.state = 'VALIDE' LIMIT 1)""")
    change, gaps = ONE_ROW[name]
    before = computed()

    played(change)

    assert moves(before) == {code: Decimal(gap) for code, gap in gaps.items()}


def test_one_beneficiary_less_moves_the_share_by_one_over_the_people(played):
    [(people, someone)] = played("""
        SELECT count(DISTINCT person_id), min(c.id) FILTER (WHERE rsa = 'OUI-NM')
        FROM parcours_contract c LEFT JOIN parcours_exit x ON x.contract_id = c.id
        WHERE c.starts_on <= '2019-12-02'
          AND coalesce(x.exited_on, c.ends_on) >= '2019-12-02'
    """)
    before = computed()

    played("UPDATE parcours_contract SET rsa = 'NON' WHERE id = %s", someone)

    assert moves(before).keys() == {"62-rsa"}
    assert moves(before)["62-rsa"] == pytest.approx(Decimal(-1) / people)


# A stay without renewal, counted in 2018, that one month less would leave out.
COUNTED = """
    SELECT x.id, (SELECT id FROM parcours_monthlyhours WHERE contract_id = c.id
                  ORDER BY hours DESC LIMIT 1)
    FROM parcours_exit x JOIN parcours_contract c ON c.id = x.contract_id
    JOIN structures_structure s ON s.id = c.structure_id
    JOIN parcours_monthlyhours h ON h.contract_id = c.id
    WHERE extract(year FROM x.exited_on) = 2018 AND c.renews_id IS NULL
      AND left(x.motive_id, 1) = 'D' AND s.kind IN ('AI', 'ETTI')
    GROUP BY x.id, c.id
    HAVING sum(h.hours) >= 150 AND sum(h.hours) - max(h.hours) < 150 LIMIT 1
"""
# The change, and how many exits are still examined then.
LESS = {
    "its month had no hours": (
        "UPDATE parcours_monthlyhours SET hours = 0 WHERE id = %s",
        -1,
    ),
    "it ended without a job": (
        "UPDATE parcours_exit SET motive_id = 'A1' WHERE id = %s",
        0,
    ),
    "it was withdrawn": ("UPDATE parcours_exit SET motive_id = 'R1' WHERE id = %s", -1),
}


@pytest.mark.parametrize("change", LESS)
def test_one_dynamic_exit_less_moves_the_rate_by_exactly_that(played, change):
    [(dynamic, examined)] = played(measures.RATE, 2018, 2018)
    [(exit_id, hours_id)] = played(COUNTED)
    sql, fewer = LESS[change]
    before = computed()

    played(sql, hours_id if "hours" in sql else exit_id)
    assert moves(before) == {}
    run_job(Job.OUTCOMES, 2018)

    expected = Decimal(dynamic - 1) / Decimal(examined + fewer)
    assert moves(before) == {"62-dynamic-2018": expected - before["62-dynamic-2018"]}


def test_one_euro_engaged_moves_the_aid_by_one_euro(played):
    part = AnnexePart.objects.filter(
        version__annexe__year=2019,
        version__state="VALIDE",
        envelope__line=Line.PAUVRETE,
    ).first()
    where = {"envelope": part.envelope, "annexe": part.version.annexe, "by": None}
    before = computed()

    for move in (ledger.reserve, ledger.commit_annexe):
        move(amount=Decimal(1), on=date(2019, 12, 2), reference="essai", **where)

    assert moves(before) == {"62-aid-2019": 1, "62-aid-pauvrete-2019": 1}
