"""What a pair did after a third party's acts stands beside what it did after days drawn at random."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.errors import InputError, NotInArchive
from detente.measures import hear_echo
from detente.measures.placebo import changes_at, compare

FIRST = date(2021, 1, 1)
SANCTIONS = [40 + 50 * n for n in range(6)]  # days after the first; a visit follows each, five days on


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """France sanctions Chad six times; after each, Chad and Niger work together, before each they quarrel."""
    days = [(0, "CONSULT", "SWE", "NOR"), (365, "CONSULT", "SWE", "NOR")]
    days += [(n, "SANCTION", "FRA", "TCD") for n in SANCTIONS]
    days += [(n + 5, "COOPERATE", "TCD", "NER") for n in SANCTIONS]
    days += [(n - 12, "ACCUSE", "NER", "TCD") for n in SANCTIONS]
    with Archive(tmp_path_factory.mktemp("echo") / "a", create=True) as opened:
        for n, (after, type, source, target) in enumerate(sorted(days)):
            day = (FIRST + timedelta(days=after)).isoformat()
            told = report(f"Dispatch {n}: {source} and {target}, {type}.", day)
            opened.add(coded(told, event(told, type, source, target, start=day)))
        yield opened


def test_the_change_is_the_days_after_less_the_days_before(archive):
    found = hear_echo(archive, "TCD", "NER", by="FRA", on="TCD", types=("SANCTION",), days=20)
    assert [o.day for o in found.occasions] == [FIRST + timedelta(days=n) for n in SANCTIONS]
    assert {(o.before, o.after, o.change) for o in found.occasions} == {(-3.0, 9.5, 12.5)}
    assert (found.a, found.b, found.compared.change) == ("NER", "TCD", 12.5)
    assert (found.compared.low, found.compared.high) == (12.5, 12.5)


def test_chance_does_less_and_p_says_how_seldom(archive):
    found = hear_echo(archive, "NER", "TCD", by="FRA", types=("SANCTION",), days=10).compared
    assert found.is_clear
    assert found.placebo_low <= found.placebo <= found.placebo_high < found.change
    assert found.p < 0.01
    assert found.effect == found.change - found.placebo


def test_fewer_days_see_less(archive):
    found = hear_echo(archive, "NER", "TCD", by="FRA", days=4)
    assert found.compared.change == 0
    assert found.compared.p > 0.5


def test_numbers_of_acts_can_be_counted_instead(archive):
    found = hear_echo(archive, "NER", "TCD", by="FRA", days=20, measure="n")
    assert {(o.before, o.after) for o in found.occasions} == {(1.0, 1.0)}


def test_each_number_rests_on_acts_that_make_it(archive):
    found = hear_echo(archive, "NER", "TCD", by="FRA", days=20)
    weight = {act["act"]: act["intensity"] for act in archive.acts()}
    for o in found.occasions:
        assert (
            sum(weight[act] for act in o.acts_after) - sum(weight[act] for act in o.acts_before) == o.change
        )
        assert set(o.acts) | set(o.acts_after) | set(o.acts_before) <= set(found.acts)


def test_days_too_near_the_ends_are_left_out_and_counted(archive):
    found = hear_echo(archive, "NER", "TCD", by="FRA", days=60)
    assert (len(found.occasions), found.cut) == (5, 1)
    assert found.overlapping == 4
    with pytest.raises(NotInArchive, match=r"6 days .* none with 300 days"):
        hear_echo(archive, "NER", "TCD", by="FRA", days=300)


def test_a_third_party_is_of_neither_side_and_must_have_acted(archive):
    with pytest.raises(InputError, match="itself of the pair"):
        hear_echo(archive, "NER", "TCD", by="NER")
    with pytest.raises(NotInArchive, match="no counted AID by FRA on TCD"):
        hear_echo(archive, "NER", "TCD", by="FRA", on="TCD", types=("AID",))
    with pytest.raises(NotInArchive, match="outside"):
        hear_echo(archive, "NER", "TCD", by="FRA", since=date(1990, 1, 1), until=date(1990, 12, 31))


def test_one_seed_draws_the_same_days_and_another_does_not(archive):
    one, same, other = (hear_echo(archive, "NER", "TCD", by="FRA", seed=s) for s in (1, 1, 2))
    assert one == same
    assert one.compared.draws != other.compared.draws


def test_changes_are_those_one_would_sum_by_hand():
    values = np.array([1.0, 2, 4, 8, 16, 32, 64])
    assert list(changes_at(values, 2)) == [24 - 3, 48 - 6, 96 - 12]


def test_chance_alone_is_seldom_taken_for_an_effect():
    draw = np.random.default_rng(7)
    ps = []
    for _ in range(120):
        values = draw.normal(size=400)
        places = sorted(draw.choice(np.arange(15, 385), 8, replace=False))
        ps.append(compare(values, places, 10, draws=199, seed=int(draw.integers(1e6))).p)
    assert sum(p <= 0.1 for p in ps) / len(ps) < 0.2
    assert sum(p > 0.5 for p in ps) / len(ps) > 0.3


def test_where_acts_fill_the_days_the_comparison_says_that_it_is_blunt_or_none():
    values = np.zeros(60)
    crowded = compare(values, list(range(10, 50, 3)), 10)
    assert not crowded.is_clear
    full = compare(values, list(range(10, 50)), 10)
    assert (full.p, full.placebo, full.draws) == (None, None, ())


def test_fewer_than_five_occasions_have_no_interval():
    assert compare(np.arange(100.0), [40, 60], 5).low is None
