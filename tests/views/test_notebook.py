"""A coded report in a notebook: all its text, all its records, nothing that runs."""

import re
from dataclasses import replace
from html import unescape

from making import TEXT, make_coded, make_report

from detente.records import Coded
from detente.views.coded import CodedReport
from detente.views.notebook import display_html


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_the_whole_text_is_there_once_with_every_record_marked() -> None:
    html = display_html(make_coded())
    assert text_of(html).count(TEXT) == 1
    for kind in ("event", "position", "figure", "statement"):
        assert re.search(rf'<mark title="[^"]*{kind} · ', html)


def test_words_under_two_records_name_both() -> None:
    html = display_html(make_coded())
    (title,) = re.findall(r'<mark title="([^"]*)"[^>]*>Russia criticised the patrols\.</mark>', html)
    assert "event · undated · RUS → NOR · ACCUSE/disapprove · claimed · says the report" in title
    assert "statement · says Ingrid Larsen (NOR), via NTB · on RUS · relations falling" in title


def test_a_script_in_title_text_outlet_or_name_is_only_words() -> None:
    report = make_report(
        "<script>alert(1)</script> & \"quotes\" ' Norway's", title="<img src=x onerror=alert(1)>"
    )
    html = display_html(make_coded(replace(report, outlet="<b>Wire</b>")))
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_report_without_records_says_so() -> None:
    html = display_html(Coded(make_coded().report))
    assert "No records in this report." in html


def test_a_coded_report_shows_itself_and_becomes_a_table() -> None:
    coded = CodedReport.of(make_coded())
    assert coded._repr_html_() == display_html(make_coded())
    assert coded.to_arrow().num_rows == len(coded.to_pandas()) == 5
