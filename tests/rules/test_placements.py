"""Hours in companies and immersions: whatever the order, and the fullest period found."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from parcours.enums import ClientKind
from parcours.rules.immersions import common_days, most_days
from parcours.rules.placements import COUNTED, Placement, placement_counter
from structures.rules.periods import Span, last_day_of_months, overlap

CAP, MONTHS = Decimal(480), 24
# Without a 29 February, each period of twelve months is as long.
DAYS = st.dates(min_value=date(2017, 1, 1), max_value=date(2019, 12, 31))
PLACEMENTS = st.lists(
    st.builds(
        Placement,
        on=DAYS,
        hours=st.integers(min_value=1, max_value=200).map(Decimal),
        client=st.sampled_from(ClientKind),
    ),
    max_size=8,
)
SPANS = st.lists(
    st.tuples(DAYS, st.integers(min_value=0, max_value=30)).map(
        lambda it: Span(it[0], it[0] + timedelta(days=it[1]))
    ),
    min_size=1,
    max_size=4,
)


@given(PLACEMENTS, DAYS, st.randoms())
def test_the_counter_is_the_same_in_any_order(placements, on, random):
    shuffled = random.sample(placements, len(placements))

    assert placement_counter(
        shuffled, on=on, cap=CAP, months=MONTHS
    ) == placement_counter(placements, on=on, cap=CAP, months=MONTHS)


@given(PLACEMENTS, DAYS)
def test_only_companies_are_counted(placements, on):
    companies = [one for one in placements if one.client in COUNTED]

    assert placement_counter(
        companies, on=on, cap=CAP, months=MONTHS
    ) == placement_counter(placements, on=on, cap=CAP, months=MONTHS)


@given(SPANS)
def test_no_period_of_twelve_months_holds_more_days(spans):
    around = spans[0]
    first = min(spans).starts_on - timedelta(days=31)
    starts = [first + timedelta(days=7 * week) for week in range(160)]
    periods = [Span(one, last_day_of_months(one, 12)) for one in starts]

    assert most_days(spans, around=around, months=12) >= max(
        sum(common_days(span, period) for span in spans)
        for period in periods
        if overlap(period.starts_on, period.ends_on, around.starts_on, around.ends_on)
    )
