"""The page on a pair: self-contained, escaped, every jump lands, readable in both faces, fine when empty."""

import base64
import csv
import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape as html_unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from making import LARSEN, NOR, make_act, make_empty_pair, make_pair, make_quote, make_rows

from detente.archive.conflicts import Conflict, Value
from detente.errors import InputError
from detente.measures.movers import Mover
from detente.measures.pair import Pair, Point
from detente.views.chart import place_acts
from detente.views.page import SHOWN_ACTS, SHOWN_ISSUES, render_index, render_pair, write_page

VOID = {"meta", "link", "br", "input", "img", "hr"}
NASTY = "<script>alert('x')</script>\"'>&<img src=x onerror=alert(1)>"


class Outline(HTMLParser):
    """What a page is made of: ids, links, headings, tags in their nesting."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "id":
                self.ids[value or ""] += 1
            if name == "href":
                self.links.append(value or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def render(pair: Pair) -> str:
    return render_pair(pair, make_rows(pair))


@pytest.fixture(scope="module")
def html() -> str:
    return render(make_pair())


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    return Outline(html)


def test_every_tag_is_closed_in_order(outline: Outline) -> None:
    assert outline.open == []


def test_nothing_comes_from_elsewhere(html: str, outline: Outline) -> None:
    assert not re.search(r"(https?:)?//[a-z]", re.sub(r"<style>.*?</style>", "", html, flags=re.S))
    assert "@import" not in html
    assert "url(" not in html
    assert not {"link", "img", "iframe", "object"} & set(outline.tags)
    assert not [a for a in outline.attributes if a[1] in ("src", "srcset", "style") or a[1].startswith("on")]


def test_every_jump_lands_on_one_place(outline: Outline) -> None:
    jumps = {link[1:] for link in outline.links if link.startswith("#")}
    assert len(jumps) > 40
    assert jumps <= set(outline.ids)
    assert max(outline.ids.values()) == 1


def test_labels_point_at_what_is_there(outline: Outline) -> None:
    for _, name, value in outline.attributes:
        if name in ("aria-labelledby", "for"):
            assert value in outline.ids


def test_headings_go_down_one_step_at_a_time(outline: Outline) -> None:
    assert outline.headings[0] == 1
    assert outline.headings.count(1) == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


def test_each_table_has_a_caption_and_each_drawing_a_label(html: str, outline: Outline) -> None:
    assert outline.tags["table"] == outline.tags["caption"]
    for svg in re.findall(r"<svg[^>]*>", html):
        assert "aria-label=" in svg or 'aria-hidden="true"' in svg


def test_the_policy_lets_only_this_script_run(html: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", html, flags=re.S)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert "default-src &#39;none&#39;" in policy
    assert digest in html_unescape(policy)


def test_the_head_reads_as_a_sentence(html: str) -> None:
    head = " ".join(re.sub(r"<[^>]+>", "", html[html.index('class="standfirst"') :]).split("</p>")[0].split())
    assert "45 acts, as told in 31 reports of 1 Jan 2024 to 20 Jun 2025. The running level stood at +" in head


def test_each_counted_act_has_a_mark_that_leads_to_it(html: str) -> None:
    for act in make_pair().acts:
        drawn = html.count(f'<a href="#act-{act.act}" class="act')
        assert drawn == (2 if act.counted else 0)  # in the wide and in the narrow drawing


def test_a_day_not_known_exactly_looks_it() -> None:
    pair = make_pair(0)
    month = Point(
        "2024-05", date(2024, 5, 1), date(2024, 5, 31), 7.5, 2.5, 0.7, 4, (4, 0, 0, 0), ("a", "b", "c", "d")
    )
    exact = make_act(0, act="a", date_start=date(2024, 5, 14), date_end=date(2024, 5, 14))
    week = make_act(0, act="b", date_start=date(2024, 5, 13), date_end=date(2024, 5, 19), precision="week")
    year = make_act(0, act="c", date_start=date(2024, 1, 1), date_end=date(2024, 12, 31), precision="year")
    undated = make_act(0, act="d", date_start=None, date_end=None, precision=None)
    pair = replace(pair, course=(month,), acts=(exact, week, year, undated))
    spots = {
        spot.act.act: (spot.first.day, spot.middle.day, spot.last.day, spot.is_vague)
        for spot in place_acts(pair)
    }
    assert spots == {
        "a": (14, 14, 14, False), "b": (13, 16, 19, False), "c": (1, 16, 31, True), "d": (1, 16, 31, True),
    }  # fmt: skip
    html = render(pair)
    assert html.count('class="act vague"') == 4
    assert html.count('class="days q1"') == 6


def test_acts_stand_newest_first_and_the_undated_last(html: str) -> None:
    acts = make_pair().acts
    dated, undated = ([a.act for a in acts if bool(a.date_start) is has] for has in (True, False))
    assert undated
    assert [a.act for a in acts] != dated + undated
    assert re.findall(r'<li class="act[^"]*" id="act-(\w+)"', html) == dated + undated
    assert html.index(">Undated<") > html.index(">2024<")


def test_an_act_tells_quote_outlet_status_and_why(html: str) -> None:
    act = next(a for a in make_pair().acts if a.type == "SANCTION" and a.counted)
    told = html[html.index(f'id="act-{act.act}"') :]
    told = told[: told.index("</li>")]
    assert "<mark>closed</mark> its ports" in told
    assert act.quotes[0].report in told
    assert "happened" in told
    assert "trigger:sanction («closed»)" in told
    assert "−6" in told


def test_tellings_that_disagree_stand_together(html: str) -> None:
    conflict = html[html.index('class="conflict"') :]
    conflict = conflict[: conflict.index("</li>")]
    assert "2 tellings disagree" in conflict
    assert "1.2 billion USD" in conflict
    assert "under 940 million USD" in conflict


def test_an_act_told_differently_shows_each_value_beside_who_gives_it() -> None:
    quotes = (
        make_quote("Shells killed two.", 0, day=date(2024, 5, 1)),
        make_quote("Three died.", 1, day=date(2024, 5, 2)),
    )
    values = tuple(Value(says, (q.record,)) for says, q in zip(("2", "3"), quotes, strict=True))
    act = make_act(3, "SANCTION", quotes=quotes, conflicts=(Conflict("how many killed", values),))
    pair = replace(make_pair(4), acts=(act,))
    assert pair.disputed == (act,)
    shown = render_pair(pair)
    odds = shown[shown.index('class="odds"') :]
    odds = odds[: odds.index("</dl>")]
    assert '<b>2</b> <span class="source">Northern Wire, 1 May 2024</span>' in odds
    assert '<b>3</b> <span class="source">Coastal Gazette, 2 May 2024</span>' in odds
    assert 'href="#act-000000000003"' in shown[shown.index('class="disputed"') :]
    assert 'class="odds"' not in render_pair(replace(pair, acts=(replace(act, conflicts=()),)))


def test_a_link_to_an_act_outside_the_window_is_no_link(html: str) -> None:
    assert "#act-gone" not in html
    assert "#act-lost" not in html


def test_text_of_reports_never_becomes_markup() -> None:
    quote = make_quote(NASTY)._replace(outlet=NASTY, report=NASTY, speaker=NASTY, record=NASTY)
    person = LARSEN | {"name": NASTY, "role": NASTY}
    act = make_act(1, quotes=(quote,) * 3, sources=(person,), place=NASTY, telling=NASTY, date_basis=NASTY,
                   status_detail=NASTY, contexts=(NASTY,), mode=NASTY, cameo=NASTY)  # fmt: skip
    pair = make_pair()
    pair = replace(
        pair,
        name_a=NASTY,
        acts=(act, *pair.acts),
        course=tuple(replace(p, acts=(*p.acts, act.act)) for p in pair.course),
        issues=tuple(replace(i, name=NASTY, issue=NASTY) for i in pair.issues),
        figures=tuple(replace(f, what=NASTY, unit=NASTY, of=NASTY, quote=quote) for f in pair.figures),
        promises=tuple(replace(p, planned=quote, reason=NASTY, type=NASTY) for p in pair.promises),
        statements=tuple(replace(s, quote=quote) for s in pair.statements),
    )
    rows = {NASTY: {"why": [{"rule": NASTY, "words": "script"}], "confidence": 0.5, "title": NASTY}}
    outline = Outline(render_pair(pair, rows))
    assert outline.tags["script"] == 1
    assert outline.tags["img"] == 0
    assert not [a for a in outline.attributes if a[1].startswith("on")]
    assert outline.open == []


def test_an_empty_pair_says_so_and_still_stands() -> None:
    html = render(make_empty_pair())
    outline = Outline(html)
    assert "Nothing on record between the two" in html
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert outline.tags["table"] == 0


def test_a_page_lists_the_newest_acts_only_and_says_how_many_it_leaves_out() -> None:
    pair = make_pair(SHOWN_ACTS + 20, months=120)
    outline = Outline(html := render(pair))
    assert html.count('<li class="act') == SHOWN_ACTS
    assert f"{len(pair.acts) - SHOWN_ACTS} older acts are" in html
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


def test_two_states_on_record_about_everything_do_not_fill_the_page() -> None:
    pair = make_pair(1)
    (issue,) = (line for line in pair.issues if line.agree is None)
    html = render(replace(pair, issues=tuple(replace(issue, issue=f"issue-{n}") for n in range(500))))
    assert html.count("Inspections on Svalbard") == SHOWN_ISSUES
    assert f"the first {SHOWN_ISSUES} of 500" in html


def test_a_pair_with_one_act_is_drawn() -> None:
    pair = make_pair(1, months=1)
    assert 'class="level"' in render(pair)


def test_the_data_link_holds_every_act_in_the_order_of_the_page(html: str, outline: Outline) -> None:
    (link,) = (link for link in outline.links if link.startswith("data:"))
    rows = list(csv.DictReader(io.StringIO(base64.b64decode(link.partition(",")[2]).decode(), newline="")))
    assert [row["act"] for row in rows] == re.findall(r'<li class="act[^"]*" id="act-(\w+)"', html)
    quotes = {act.act: act.quotes[0].quote for act in make_pair().acts}
    assert {row["act"]: row["quote"] for row in rows} == quotes


def test_a_cell_that_a_spreadsheet_would_run_is_tamed() -> None:
    act = make_act(1, quotes=(make_quote('=HYPERLINK("x")'),), place="+1", sources=(NOR,))
    pair = replace(make_empty_pair(), acts=(act,))
    (link,) = (link for link in Outline(render(pair)).links if link.startswith("data:"))
    (row,) = csv.DictReader(io.StringIO(base64.b64decode(link.partition(",")[2]).decode()))
    assert row["quote"] == '\'=HYPERLINK("x")'
    assert row["place"] == "'+1"
    assert row["intensity"] == "2.5"


def test_the_list_of_pairs_is_escaped_and_leads_to_each_page() -> None:
    mover = Mover(
        "NOR", "RUS", 41.5, -2.1, 9, 12, NASTY, "0" * 16, None, NASTY, "Russia", -12.0, "act", NASTY, "ACCUSE"
    )
    outline = Outline(html := render_index([mover], {"NOR-RUS": "NOR-RUS.html"}))
    assert outline.links == ["NOR-RUS.html"]
    assert outline.tags["script"] == outline.tags["img"] == 0
    assert outline.open == []
    assert "moved <b>41.5</b>" in html
    assert "No pair of states" in render_index([], {})


def test_a_page_that_cannot_be_written_says_where_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="could not be written"):
        write_page(make_empty_pair(), tmp_path / "no" / "page.html")
    assert list(tmp_path.iterdir()) == []


def test_lone_surrogates_do_not_stop_a_page(tmp_path: Path) -> None:
    act = make_act(1, quotes=(make_quote("broken \ud800 sign"),))
    write_page(replace(make_empty_pair(), acts=(act,)), tmp_path / "page.html")
    assert "broken ? sign" in (tmp_path / "page.html").read_text("utf-8")


# Text against its ground, per face (WCAG 2.2: 1.4.3 asks 4.5 to 1 of words, 1.4.11 asks 3 to 1 of drawings).
TEXT_COLOURS = ("ink", "soft", "cool", "warm")
DRAWN = ("c1", "c2", "c3", "c4", "level")


def _faces(html: str) -> dict[str, dict[str, str]]:
    style = html[html.index("<style>") : html.index("</style>")]
    light, dark = re.findall(r":root \{(.*?)\}", style, flags=re.S)[:2]
    colours = re.compile(r"--([\w]+): (#[0-9a-f]{6})")
    return {"light": dict(colours.findall(light)), "dark": dict(colours.findall(dark))}


def _contrast(one: str, two: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("face", ["light", "dark"])
def test_words_and_drawings_stand_out_from_their_ground(html: str, face: str) -> None:
    colours = _faces(html)[face]
    for ground in ("paper", "faint"):
        for name in TEXT_COLOURS:
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for name in DRAWN:
        assert _contrast(colours[name], colours["paper"]) >= 3, name
    assert _contrast(colours["ink"], colours["glow"]) >= 4.5
