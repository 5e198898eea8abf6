"""Promises of a whole archive: what would keep each, and whether it was kept, changed, lapsed or is open."""

from dataclasses import replace
from datetime import date

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.measures.promises import find_promises
from detente.records import Reason


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def tell(archive, text, type="AGREE", published="2021-04-02", sources="FRA NOR", recipients="", **fields):
    told = report(text, published)
    archive.add(coded(told, event(told, type, sources, recipients, **fields)))


MAY = {"status": "planned", "start": "2021-05-01", "end": "2021-05-31"}


def test_an_open_promise_says_who_must_do_what_by_when(archive):
    tell(archive, "France and Norway will meet in May.", **MAY)
    (promise,) = find_promises(archive)
    assert (promise.state, promise.parties) == ("open", ("FRA", "NOR"))
    assert (promise.opens, promise.due) == (date(2021, 5, 1), date(2021, 5, 31))
    assert "CONSULT" in promise.awaits


def test_a_deed_of_other_parties_keeps_nothing(archive):
    tell(archive, "France and Norway will meet in May.", **MAY)
    tell(archive, "France met Chad.", "CONSULT", "2021-05-10", "FRA", "TCD", start="2021-05-09")
    tell(archive, "France met Norway.", "CONSULT", "2021-05-11", "FRA", "NOR", start="2021-05-10")
    (promise,) = find_promises(archive)
    assert (promise.state, promise.kept.quote) == ("kept", "France met Norway.")


def test_a_plan_put_off_is_changed_and_shows_both_quotes(archive):
    tell(archive, "France and Norway will hold talks on cod in May.", **MAY)
    tell(archive, "The talks of France and Norway were postponed.", "REJECT", "2021-04-20", "FRA", "NOR",
         mode="meet", start="2021-04-19")  # fmt: skip
    (promise,) = find_promises(archive)
    assert promise.state == "changed"
    assert promise.changed.quote == "The talks of France and Norway were postponed."
    assert (promise.kept, promise.called_off) == (None, None)


def test_the_same_plan_for_other_days_changes_the_first_and_is_followed_itself(archive):
    tell(archive, "France and Norway will sign the ferry treaty in May.", **MAY)
    later = MAY | {"start": "2021-07-01", "end": "2021-07-31"}
    tell(archive, "France and Norway will sign the ferry treaty in July.", published="2021-05-20", **later)
    first, second = sorted(find_promises(archive), key=lambda p: p.due)
    assert (first.state, second.state) == ("changed", "open")
    assert "now due 2021-07-31" in first.reason


def test_another_plan_of_the_two_leaves_the_first_alone(archive):
    tell(archive, "France and Norway will sign the ferry treaty in May.", **MAY)
    later = MAY | {"start": "2021-06-01", "end": "2021-06-30"}
    tell(archive, "Paris and Oslo will open a school for pilots.", published="2021-05-20", **later)
    assert {p.state for p in find_promises(archive)} == {"open"}


def test_a_plan_to_sign_is_not_kept_by_a_talk(archive):
    told = report("During the visit France and Norway will sign deals.", "2021-04-02")
    plan = event(told, "AGREE", "FRA NOR", **MAY)
    archive.add(coded(told, replace(plan, why=(Reason("sign → SUPPORT", "sign"),))))
    tell(archive, "France met Norway.", "CONSULT", "2021-05-11", "FRA", "NOR", start="2021-05-10")
    (promise,) = find_promises(archive)
    assert promise.state == "open"
    assert "CONSULT" not in promise.awaits


def test_a_month_gone_by_in_the_same_report_keeps_no_plan_of_next_week(archive):
    told = report("The two met less than a month ago. France and Norway will meet in May.", "2021-05-02")
    met = event(told, "CONSULT", "FRA", "NOR", start="2021-04-03", end="2021-05-01",
                quote="The two met less than a month ago.")  # fmt: skip
    plan = event(told, "AGREE", "FRA NOR", quote="France and Norway will meet in May.", **MAY)
    archive.add(coded(told, met, plan))
    assert [p.state for p in find_promises(archive)] == ["open"]


def test_promises_are_chosen_by_party_state_and_window(archive):
    tell(archive, "France and Norway will meet in May.", **MAY)
    tell(archive, "France and Chad will meet in May.", sources="FRA TCD", **MAY)
    assert len(find_promises(archive, "FRA")) == 2
    assert [p.parties for p in find_promises(archive, "FRA", "TCD")] == [("FRA", "TCD")]
    assert [p.parties for p in find_promises(archive, "TCD")] == [("FRA", "TCD")]
    assert find_promises(archive, status="kept") == ()
    assert find_promises(archive, since=date(2021, 6, 1)) == ()
    assert {p.state for p in find_promises(archive, as_of=date(2021, 8, 1))} == {"lapsed"}


def test_on_a_day_only_what_had_been_published_by_then_is_known(archive):
    tell(archive, "France and Norway will meet in May.", **MAY)
    tell(archive, "France met Norway on 9 May.", "CONSULT", "2021-05-12", "FRA", "NOR", start="2021-05-09")
    states = [find_promises(archive, as_of=date(2021, *d))[0].state for d in ((5, 11), (5, 12))]
    assert states == ["open", "kept"]
    assert find_promises(archive, as_of=date(2021, 4, 1)) == ()


def test_a_plan_told_more_exactly_later_is_as_vague_on_the_day_before(archive):
    tell(archive, "France and Norway will meet in May on cod quotas.", **MAY, date_precision="month")
    exact = {"status": "planned", "start": "2021-05-20"}
    tell(archive, "France and Norway will meet on 20 May on cod quotas.", published="2021-05-04", **exact)
    dues = {}
    for on in (date(2021, 5, 3), date(2021, 5, 4)):
        (promise,) = find_promises(archive, as_of=on)
        dues[on.day] = (promise.due.isoformat(), len(promise.told))
    assert dues == {3: ("2021-05-31", 1), 4: ("2021-05-20", 2)}
