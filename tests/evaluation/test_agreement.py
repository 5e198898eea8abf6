"""Krippendorff's alpha gives the values its author publishes."""

import pytest

from detente.evaluation.agreement import nominal_alpha


def test_two_observers_and_two_values_as_published() -> None:
    """Krippendorff 2011, section A."""
    meg, owen = "0100000010", "1110010000"
    assert nominal_alpha(zip(meg, owen, strict=True)) == pytest.approx(0.095, abs=5e-4)


def test_two_observers_and_five_values_as_published() -> None:
    """Krippendorff 2011, section B."""
    ben, gerry = "aabbdcccedda", "babbbccceddd"
    assert nominal_alpha(zip(ben, gerry, strict=True)) == pytest.approx(0.692, abs=5e-4)


def test_four_observers_with_missing_values_as_published() -> None:
    """Krippendorff 2011, section C."""
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [tuple(None if v == "." else v for v in unit) for unit in zip(*observers, strict=True)]
    assert nominal_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_perfect_agreement_is_one_and_nothing_to_tell_apart_is_none() -> None:
    assert nominal_alpha([("a", "a"), ("b", "b")]) == 1.0
    assert nominal_alpha([("a", "a"), ("a", "a")]) is None
    assert nominal_alpha([("a", None)]) is None
    assert nominal_alpha([]) is None


def test_systematic_disagreement_is_below_zero() -> None:
    alpha = nominal_alpha([("a", "b"), ("b", "a")])
    assert alpha is not None
    assert alpha < 0
