"""Records are paired one to one, the best total first, whatever their order."""

import itertools
import random
from typing import Any

from detente.evaluation.matching import _hungarian, assign, normalise, same_amount, same_date, same_parties


def event(type_: str, start: int, end: int, **more: Any) -> Any:
    return normalise({"record": "event", "type": type_, "start": start, "end": end, **more})


def best_cost(cost: list[list[float]]) -> float:
    """Return the least cost by trying all ways."""
    rows, columns = len(cost), len(cost[0])
    if rows > columns:
        return best_cost([list(column) for column in zip(*cost, strict=True)])
    return min(
        sum(cost[i][j] for i, j in enumerate(chosen))
        for chosen in itertools.permutations(range(columns), rows)
    )


def test_the_assignment_is_the_cheapest_there_is() -> None:
    draw = random.Random(1)
    for _ in range(60):
        rows, columns = draw.randint(1, 5), draw.randint(1, 5)
        cost = [[float(draw.randint(-9, 9)) for _ in range(columns)] for _ in range(rows)]
        pairs = _hungarian(cost)
        assert len(pairs) == min(rows, columns)
        assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
        assert sum(cost[i][j] for i, j in pairs) == best_cost(cost)


def test_a_record_that_overlaps_two_is_paired_so_that_both_find_one() -> None:
    gold = [event("ACCUSE", 0, 50), event("ACCUSE", 0, 20)]
    ours = [event("ACCUSE", 0, 10), event("ACCUSE", 30, 50)]
    pairs = assign(gold, ours, lambda g, o: float(min(g.end, o.end) > max(g.start, o.start)))
    assert sorted(pairs) == [(0, 1), (1, 0)]


def test_groups_that_share_no_passage_do_not_touch() -> None:
    gold = [event("ACCUSE", n * 100, n * 100 + 10) for n in range(300)]
    ours = [event("ACCUSE", n * 100 + 5, n * 100 + 20) for n in range(300)]
    assert assign(gold, ours, lambda g, o: float(g.end > o.start and o.end > g.start)) == [
        (n, n) for n in range(300)
    ]


def test_who_of_a_joint_act_stands_where_is_convention() -> None:
    sides = {"sources": [{"code": "NOR"}], "recipients": [{"code": "SWE"}]}
    turned = {"sources": [{"code": "NOR"}, {"code": "SWE"}]}
    assert same_parties(event("CONSULT", 0, 9, **sides), event("CONSULT", 0, 9, **turned))
    assert not same_parties(event("ACCUSE", 0, 9, **sides), event("ACCUSE", 0, 9, **turned))


def test_an_interval_much_wider_than_the_golds_is_no_date() -> None:
    gold = event("ACCUSE", 0, 9, date_start="2024-05-01", date_end="2024-05-03")
    near = event("ACCUSE", 0, 9, date_start="2024-05-03", date_end="2024-05-20")
    year = event("ACCUSE", 0, 9, date_start="2024-01-01", date_end="2024-12-31")
    assert same_date(gold, near)
    assert not same_date(gold, year)
    assert not same_date(gold, event("ACCUSE", 0, 9))
    assert same_date(event("ACCUSE", 0, 9), year)


def test_by_a_day_is_met_by_anything_that_began_before() -> None:
    by = event("ACCUSE", 0, 9, date_end="2024-05-03")
    assert same_date(by, event("ACCUSE", 0, 9, date_start="2024-04-01", date_end="2024-04-02"))
    assert not same_date(by, event("ACCUSE", 0, 9, date_start="2024-05-04", date_end="2024-05-04"))


def test_amounts_are_equal_in_the_same_unit_and_counted_things_are_counts() -> None:
    def figure(value: Any, unit: str) -> Any:
        return normalise({"record": "figure", "figure": {"value": value, "unit": unit}})

    assert same_amount(figure(12, "troops"), figure(12.0, "soldiers"))
    assert same_amount(figure(5, "%"), figure(5, "percent"))
    assert not same_amount(figure(5, "percent"), figure(5, "km"))
    assert same_amount(figure([1, 2], "km"), figure([1, 2], "kilometres"))
    assert not same_amount(figure([1, 2], "km"), figure(1, "km"))
