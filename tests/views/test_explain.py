"""What `detente explain` says: readable on 100 columns, complete as JSON, safe as a page."""

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.pipeline import explain_report
from detente.records import Report
from detente.views.cli import cli
from detente.views.explain import to_html, to_json, to_text

URGED = "Norway urged Sweden on Monday to withdraw its troops."
UNSIGNED = "Norway did not sign the treaty with Sweden."


def text_of(sentence: str, width: int = 100) -> str:
    return to_text(explain_report(Report(sentence, published=date(2024, 5, 14))), width=width)


def run(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["explain", *arguments], input=stdin, env={"COLUMNS": "100"})
    return result.exit_code, result.stdout, result.stderr


def test_the_steps_are_told_in_their_order() -> None:
    steps = [line for line in text_of(URGED).splitlines() if line[:1].isdigit()]
    assert steps == [
        "1. How the words hang together",
        "2. Who is meant",
        "3. When",
        "4. Who speaks",
        "5. Which words may name an act",
        "6. What was decided",
        "7. Records",
    ]


def test_who_when_row_rule_and_record_are_said() -> None:
    text = text_of(URGED)
    assert "NOR, sector GOV; by name" in text
    assert "2024-05-13, exact to the day" in text
    assert "fits urge → REQUEST" in text
    assert "stands inside «urged»" in text
    assert "drop_negated: «Oslo did not sign the treaty.»" in text_of(UNSIGNED)
    assert "REQUEST/yield · CAMEO 025 · NOR → SWE · happened" in text
    assert "confidence" in text


@pytest.mark.parametrize("width", [100, 60, 40])
def test_no_line_is_wider_than_asked_or_ends_in_blanks(width: int) -> None:
    for line in text_of(URGED, width).splitlines():
        assert len(line) <= width, line
        assert line == line.rstrip()


def test_the_words_of_the_tree_are_set_in_under_their_heads() -> None:
    lines = text_of("Norway condemned Sweden.").splitlines()
    verb = next(line for line in lines if line.strip().startswith("condemned "))
    subject = next(line for line in lines if line.strip().startswith("Norway "))
    assert len(subject) - len(subject.lstrip()) > len(verb) - len(verb.lstrip())
    assert "who or what does it" in subject


def test_the_json_holds_every_step() -> None:
    told = to_json(explain_report(Report(URGED)))
    assert json.loads(json.dumps(told)) == told
    (sentence,) = told["sentences"]
    assert {"tokens", "mentions", "times", "words", "decisions", "held"} <= set(sentence)
    (urged,) = [d for d in sentence["decisions"] if d["text"] == "urged"]
    assert urged["record"] in {record["id"] for record in told["records"]}
    (unsigned,) = to_json(explain_report(Report(UNSIGNED)))["sentences"]
    (signed,) = [d for d in unsigned["decisions"] if d["text"] == "sign"]
    assert signed["rejected_by"]["rule"] == "drop_negated"
    assert signed["record"] is None


class Balanced(HTMLParser):
    """Fails on a tag that closes another than the one opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_escapes_what_it_shows() -> None:
    page = to_html(explain_report(Report("Norway condemned <script>alert(1)</script> Sweden & co.")))
    assert "<script" not in page
    assert "http" not in page
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []


@given(st.text(max_size=80))
def test_any_text_is_explained(text: str) -> None:
    explained = explain_report(Report(text))
    to_text(explained, width=40)
    to_html(explained)
    json.dumps(to_json(explained))


def test_the_command_prints_text_json_and_a_page() -> None:
    status, text, _ = run("Norway condemned", "Sweden.", "--published", "2024-05-14")
    assert status == 0
    assert "ACCUSE/disapprove" in text
    assert json.loads(run("Norway condemned Sweden.", "--format", "json")[1])["records"]
    assert run("Norway condemned Sweden.", "--format", "html")[1].startswith("<!doctype html>")


def test_a_dash_reads_standard_input() -> None:
    assert "Norway condemned Sweden." in run("-", stdin="Norway condemned Sweden.")[1]


def test_nothing_to_explain_is_wrong_use() -> None:
    assert run()[0] == 2
    status, _, told = run("   ")
    assert status == 2
    assert told.startswith("detente: ")


def test_python_gives_the_same_to_print_and_to_show() -> None:
    explained = detente.explain("Norway condemned Sweden.", published="2024-05-14")
    assert str(explained) == explained.to_text()
    assert explained.coded.events[0].type == "ACCUSE"
    assert "<blockquote>" in explained._repr_html_()
