"""The public suite of numbers, money and shares is read as exactly as its floors say."""

import pytest

from quality import suites

needs_suite = pytest.mark.skipif(
    not suites.SUITE.exists(), reason="needs ../shared/data/suites/recognizers beside the repository"
)


@needs_suite
@pytest.mark.parametrize("file", [f for f in suites.FILES if f[3]], ids=lambda f: f[1].rsplit("/", 1)[1])
def test_a_file_is_read_at_its_floor_or_better(file):
    score = suites.measure(*file)
    assert score.cases >= 10
    assert score.share >= score.floor, score.misses


@needs_suite
def test_the_command_prints_a_line_a_file_and_one_a_family(capsys):
    assert suites.main(["--file", "PercentModel.json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert "20 of   20" in lines[0]


def test_a_case_is_right_only_if_all_is_read_and_nothing_else():
    def case(text, value):
        return {"Input": text, "Results": [{"Resolution": {"value": value, "unit": "Dollar"}}]}

    assert suites.is_money_right(case("It cost $5 million.", "5000000"))[0]
    assert not suites.is_money_right(case("It cost $5 million or €4 million.", "5000000"))[0]
    assert not suites.is_money_right(case("It cost nothing.", "5"))[0]


def test_without_the_suite_the_command_says_where_it_should_be(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(suites, "SUITE", tmp_path / "none")
    assert suites.main([]) == 2
    assert str(tmp_path) in capsys.readouterr().err
