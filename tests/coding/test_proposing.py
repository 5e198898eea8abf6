"""What the network adds to the lexicon: proposals of our own making, so that no weights decide the tests."""

from dataclasses import replace

from detente.coding.acts.acts import Decided, decide_sentence
from detente.language.analysis import Proposal
from detente.pipeline import read_report
from detente.records import Report


def decide(text: str, *proposals: Proposal) -> Decided:
    """Decide the first sentence of a text as if the network had proposed just these acts."""
    reading = read_report(Report(text))
    first, *rest = reading.analysis.sentences
    analysis = replace(reading.analysis, sentences=(replace(first, proposals=proposals), *rest))
    return decide_sentence(replace(reading, analysis=analysis), 0)


def propose(
    token: int, type_: str, weight: float = 0.9, sources: tuple = (), recipients: tuple = ()
) -> Proposal:
    return Proposal(token, weight, type_, weight, None, "happened", sources, recipients)


def test_an_act_whose_words_no_row_knows_is_told_with_the_network_as_its_reason() -> None:
    (event,) = decide("Chile bewitched Peru.", propose(1, "ACCUSE")).events
    assert (event.type, event.sources[0].code, event.recipients[0].code) == ("ACCUSE", "CHL", "PER")
    assert event.why[0].rule == "network ACCUSE 0.90"


def test_a_weak_proposal_is_no_act() -> None:
    assert not decide("Chile bewitched Peru.", propose(1, "ACCUSE", 0.3)).events


def test_the_lexicon_comes_first_where_both_see_an_act() -> None:
    (event,) = decide("Chile condemned Peru.", propose(1, "THREATEN")).events
    assert event.type == "ACCUSE"
    assert [r.rule for r in event.why[:2]] == ["condemn → ACCUSE/disapprove", "network THREATEN 0.90"]


def test_a_side_that_no_slot_holds_is_filled_by_the_network() -> None:
    text = "Chile bewitched the crowd while Peru slept."
    bare = decide(text, propose(1, "AID")).events
    filled = decide(text, propose(1, "AID", recipients=((5, 0.8),))).events
    assert [len(e.recipients) for e in bare] == [0]
    assert [a.code for e in filled for a in e.recipients] == ["PER"]


def test_the_other_side_is_never_taken_for_both() -> None:
    text = "Chile condemned what happened."
    (event,) = decide(text, propose(1, "ACCUSE", recipients=((0, 0.9),))).events
    assert not event.recipients


def test_an_act_without_a_doer_stays_where_the_network_is_sure() -> None:
    text = "Clinton was impeached in Washington."
    sure = decide(text, propose(2, "ACCUSE", recipients=((0, 0.9),)))
    assert [e.type for e in sure.events] == ["ACCUSE"]
    unsure = decide(text, propose(2, "ACCUSE", 0.3))
    assert not unsure.events


def test_people_without_a_state_are_of_the_only_one_named_near_by() -> None:
    (event,) = decide("Peru jailed a student.", propose(1, "COERCE")).events
    assert [a.code for a in event.recipients] == ["PER"]
    assert any(r.rule == "placed" and r.words.startswith("student") for r in event.why)


def test_people_stay_unplaced_where_two_states_are_named() -> None:
    (event,) = decide("Peru, not Chile, jailed a student.", propose(5, "COERCE")).events
    assert not event.recipients


def test_a_row_gives_way_to_a_type_the_network_is_sure_of() -> None:
    (event,) = decide("Chile condemned Peru.", propose(1, "THREATEN", 0.97)).events
    assert event.type == "THREATEN"


def test_what_is_asked_by_an_infinitive_is_no_act_however_likely() -> None:
    decided = decide("Chile urged Peru to bomb Cuba.", propose(1, "REQUEST"), propose(4, "ASSAULT", 0.95))
    assert [e.type for e in decided.events] == ["REQUEST"]
