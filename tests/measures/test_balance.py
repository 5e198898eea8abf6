"""Three states with three signs are in balance or not; shuffled signs say how often chance does as well."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from detente.measures.balance import find_triangles, weigh_balance
from detente.measures.web import Tie, Web


def tie(a: str, b: str, sign: int) -> Tie:
    weight = 2.5 * sign
    return Tie(a, b, 1, weight, weight, sign, max(weight, 0), max(-weight, 0), (f"{a}{b}",), f"r{a}{b}")


def web(*ties: Tie) -> Web:
    return Web((), ties)


@pytest.mark.parametrize("signs", list(product((1, -1), repeat=3)))
def test_a_triad_is_balanced_where_the_product_of_its_signs_is_positive(signs):
    ab, ac, bc = signs
    (triad,) = weigh_balance(web(tie("A", "B", ab), tie("A", "C", ac), tie("B", "C", bc))).triads
    assert triad.is_balanced == (ab * ac * bc > 0)
    assert triad.kind == "".join(sorted("+" if s > 0 else "-" for s in signs))
    assert triad.acts == ("AB", "AC", "BC")


def test_the_friend_of_two_foes_and_the_foe_of_two_friends_are_named():
    odd = weigh_balance(web(tie("A", "B", 1), tie("A", "C", -1), tie("B", "C", 1))).triads[0]
    assert (odd.kind, odd.between) == ("++-", "B")
    assert [(t.a, t.b) for t in odd.ties] == [("A", "B"), ("B", "C"), ("A", "C")]
    even = weigh_balance(web(tie("A", "B", -1), tie("A", "C", -1), tie("B", "C", 1))).triads[0]
    assert (even.kind, even.between) == ("+--", "A")


def test_ties_without_a_sign_close_no_triad():
    found = weigh_balance(web(tie("A", "B", 1), tie("A", "C", 1), tie("B", "C", 0)))
    assert (found.n, found.share, found.p) == (0, None, None)


def test_two_camps_are_more_balanced_than_their_signs_shuffled():
    camps = {"A": 1, "B": 1, "C": 1, "D": 1, "E": -1, "F": -1, "G": -1}
    found = weigh_balance(web(*(tie(a, b, camps[a] * camps[b]) for a, b in combinations(camps, 2))))
    assert (found.counts, found.share) == ((5, 0, 30, 0), 1.0)
    assert found.p < 0.01
    assert found.low < found.expected < found.high < 1


def test_signs_without_order_are_not_more_balanced_than_chance():
    draw = random.Random(11)
    pairs = list(combinations("ABCDEFGH", 2))
    ps = [
        weigh_balance(web(*(tie(a, b, draw.choice((1, -1))) for a, b in pairs)), shuffles=200).p
        for _ in range(60)
    ]
    assert sum(p <= 0.1 for p in ps) / len(ps) < 0.25
    assert sum(p > 0.5 for p in ps) / len(ps) > 0.25


def test_one_seed_gives_one_answer_and_p_is_never_zero():
    ties = [tie(a, b, 1) for a, b in combinations("ABCD", 2)]
    assert weigh_balance(web(*ties)) == weigh_balance(web(*ties))
    assert weigh_balance(web(*ties), shuffles=50).p == 1.0


def test_triangles_are_found_once_each():
    ties = [tie(a, b, 1) for a, b in combinations("ABCDE", 2)]
    assert len(find_triangles(ties)) == 10
    assert find_triangles(ties[:1]) == []
