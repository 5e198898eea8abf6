# ruff: noqa: E501 - pages and rows stand as they would be sent
"""Files, folders, pages, rows and standard input to reports; bad input to a reason, with the rest read."""

import gzip
import io
import json
import re
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import DateError, InputError
from detente.intake import read_reports
from detente.records import Rejected, Report

STORY = (
    "OSLO — Norway and Sweden agreed on Tuesday to open a joint rescue centre at their northern border, the two "
    "interior ministries said.\n\n“We have waited for this for years,” a Norwegian official told reporters.\n"
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Oslo and Stockholm open a rescue centre | Northern Wire</title>
<meta property="og:title" content="Oslo and Stockholm open a rescue centre">
<meta property="og:site_name" content="Northern Wire"><meta name="author" content="Ane Dahl">
<meta property="article:published_time" content="2024-03-12T08:00:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<article><h1>Oslo and Stockholm open a rescue centre</h1>
<p>Norway and Sweden agreed on Tuesday to open a joint rescue centre at their northern border, the two interior
ministries said in a statement that was published in both capitals at noon.</p>
<p>The centre will have forty helicopters’ worth of spare parts and a shared control room, the statement said, and
it will answer calls from both sides of the border from the first of June.</p>
<p>“We have waited for this for years,” a Norwegian official told reporters after the ceremony.</p></article>
<footer>Cookies. Terms of use. Contact.</footer></body></html>"""


def read(*paths: Path | str, **options: object) -> list[Report | Rejected]:
    return list(read_reports([str(p) for p in paths], **options))  # type: ignore[arg-type]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only_report(items: list[Report | Rejected]) -> Report:
    assert len(items) == 1
    assert isinstance(items[0], Report), items[0]
    return items[0]


def only_rejected(items: list[Report | Rejected]) -> Rejected:
    assert len(items) == 1
    assert isinstance(items[0], Rejected)
    return items[0]


# Plain text


def test_a_text_file_is_its_text_exactly(tmp_path: Path) -> None:
    text = "\r\n  " + STORY.replace("\n", "\r\n") + "\t\n"
    path = put(tmp_path, "oslo.txt", text)
    assert only_report(read(path)) == Report(text=text, origin=str(path))


def test_front_matter_becomes_fields_and_offsets_begin_behind_it(tmp_path: Path) -> None:
    head = (
        "---\nid: n1\ndate: 2024-03-12\noutlet: Northern Wire\ntitle: 'Oslo: a centre'\nnote: invented\n---\n"
    )
    report = only_report(read(put(tmp_path, "2020-01-01.txt", head + STORY)))
    assert report.text == STORY
    assert (report.id, report.title, report.outlet) == ("n1", "Oslo: a centre", "Northern Wire")
    assert (report.published, report.published_basis) == (date(2024, 3, 12), "front matter")


@pytest.mark.parametrize(
    "head",
    [
        "---\nA rule, not a field\n---\n",
        "---\nnote: nothing we know\n---\n",
        "---\ndate: 2024-03-12\n\n",
        "Date: 2024-03-12\nOutlet: Northern Wire\n\n",
        "--- \n---\n",
    ],
)
def test_what_only_resembles_front_matter_is_text(tmp_path: Path, head: str) -> None:
    report = only_report(read(put(tmp_path, "oslo.txt", head + STORY)))
    assert report.text == head + STORY
    assert report.published is None


def test_front_matter_with_an_impossible_date_is_refused_with_the_words_read(tmp_path: Path) -> None:
    rejected = only_rejected(read(put(tmp_path, "oslo.txt", f"---\ndate: 2024-02-31\n---\n{STORY}")))
    assert rejected.stage == "date"
    assert "«2024-02-31»" in rejected.reason


# Days


def test_the_callers_day_goes_before_the_reports_and_the_reports_before_the_file_names(
    tmp_path: Path,
) -> None:
    named = put(tmp_path, "2024-03-10-oslo.txt", STORY)
    own = put(tmp_path, "2024-03-10-own.txt", f"---\ndate: 2024-03-12\n---\n{STORY}")
    found = [(r.published, r.published_basis) for r in read(named, own) if isinstance(r, Report)]
    assert found == [(date(2024, 3, 10), "file name"), (date(2024, 3, 12), "front matter")]
    given = [
        (r.published, r.published_basis)
        for r in read(named, own, published=date(2024, 3, 14))
        if isinstance(r, Report)
    ]
    assert given == [(date(2024, 3, 14), "given")] * 2


def test_a_given_day_in_the_future_is_an_error_at_once() -> None:
    with pytest.raises(DateError, match="future"):
        read_reports(["oslo.txt"], published=date.today() + timedelta(days=30))


def test_a_map_of_a_field_we_do_not_have_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match="none of our fields"):
        read_reports(["a.jsonl"], mapping={"headline": "title"})


# Pages


def test_a_page_gives_its_article_and_what_its_head_says(tmp_path: Path) -> None:
    report = only_report(read(put(tmp_path, "page.html", PAGE)))
    assert "joint rescue centre" in report.text
    assert "Cookies" not in report.text
    assert "Sport" not in report.text
    assert report.text.startswith("Norway and Sweden agreed")  # the heading is the title, not told twice
    assert report.title == "Oslo and Stockholm open a rescue centre"
    assert (report.outlet, report.author) == ("Northern Wire", "Ane Dahl")
    assert (report.published, report.published_basis) == (date(2024, 3, 12), "page metadata")


def test_a_page_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    report = only_report(read(put(tmp_path, "saved.txt", "\n<!-- saved -->\n" + PAGE)))
    assert report.title == "Oslo and Stockholm open a rescue centre"


def test_a_page_without_its_own_date_takes_none_from_its_story(tmp_path: Path) -> None:
    page = re.sub(r"<meta property=\"article:.*?>", "", PAGE).replace("on Tuesday", "on 4 July 2011")
    assert only_report(read(put(tmp_path, "page.html", page))).published is None


def test_a_page_in_a_declared_encoding_is_read_in_it(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace(
        "Norwegian official", "Łódź official"
    )
    page = page.replace("“", '"').replace("”", '"').replace("’", "'")
    report = only_report(read(put(tmp_path, "page.html", page.encode("iso-8859-2"))))
    assert "Łódź official" in report.text


def test_a_page_with_a_stray_byte_shows_where_it_was(tmp_path: Path) -> None:
    page = (
        PAGE.replace("<head>", '<head><meta charset="utf-8">')
        .encode()
        .replace(b"shared control", b"shared\xe9 control")
    )
    assert "shared\ufffd control" in only_report(read(put(tmp_path, "page.html", page))).text


@pytest.mark.parametrize("charset", ["utf-16", "no-such-charset", "idna", "rot13", "undefined"])
def test_a_page_that_declares_what_it_is_not_is_read_as_what_it_is(tmp_path: Path, charset: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{charset}">')
    assert "forty helicopters’ worth" in only_report(read(put(tmp_path, "page.html", page))).text


def test_a_page_cut_short_gives_what_is_there(tmp_path: Path) -> None:
    cut = PAGE[: PAGE.index("it will answer calls")]
    report = only_report(read(put(tmp_path, "page.html", cut)))
    assert "joint rescue centre" in report.text


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<html><head><title>Menu</title></head><body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav></body></html>",
        "<html",
        "<!DOCTYPE html>",
        "<html><body><p>Page not found.</p></body></html>",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, page: str) -> None:
    assert only_rejected(read(put(tmp_path, "page.html", page))).stage == "page"


# Rows


def test_json_lines_give_a_report_each_and_a_bad_line_gives_its_number(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": 7, "title": "One", "text": STORY, "published": "2024-03-12T09:00:00Z", "outlet": "Wire"}
        ),
        '{"text": "cut',
        "",
        "[1, 2]",
        json.dumps({"body": STORY}),
        json.dumps({"text": STORY, "published": "2099-01-01"}),
        json.dumps({"text": ["not", "words"]}),
        json.dumps({"text": "half \ud800 of a pair"}),
        json.dumps({"text": " "}),
        json.dumps({"text": STORY, "language": "fr"}),
        json.dumps({"text": STORY, "date": "12 March 2024"}),
    ]
    path = put(tmp_path, "wire.jsonl", "\n".join(lines))
    items = read(path)
    assert [i.origin for i in items] == [f"{path}:{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10, 11)]
    assert [i.stage if isinstance(i, Rejected) else "read" for i in items] == [
        "read", "row", "row", "row", "date", "row", "encoding", "empty", "language", "read",
    ]  # fmt: skip
    first, last = items[0], items[-1]
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert (first.id, first.title, first.published, first.published_basis) == (
        "7",
        "One",
        date(2024, 3, 12),
        "row",
    )
    assert last.published == date(2024, 3, 12)


def test_other_names_are_mapped(tmp_path: Path) -> None:
    path = put(tmp_path, "wire.ndjson", json.dumps({"body": STORY, "src": "Wire", "day": "2024-03-12"}))
    report = only_report(read(path, mapping={"text": "body", "outlet": "src", "published": "day"}))
    assert (report.text, report.outlet, report.published) == (STORY, "Wire", date(2024, 3, 12))


def test_a_missing_text_names_what_is_there(tmp_path: Path) -> None:
    rejected = only_rejected(read(put(tmp_path, "wire.jsonl", json.dumps({"body": STORY, "headline": "x"}))))
    assert "body, headline" in rejected.reason


def test_an_array_gives_its_items_until_it_breaks(tmp_path: Path) -> None:
    whole = put(
        tmp_path, "a.json", json.dumps([{"text": STORY}, {"text": STORY, "title": "Two"}, 3], indent=1)
    )
    assert [type(i) for i in read(whole)] == [Report, Report, Rejected]
    cut = put(tmp_path, "b.json", json.dumps([{"text": STORY}, {"text": STORY}])[:-20])
    items = read(cut)
    assert [type(i) for i in items] == [Report, Rejected]
    assert "unread" in items[1].reason  # type: ignore[union-attr]


def test_one_object_over_several_lines_is_one_report(tmp_path: Path) -> None:
    assert (
        only_report(read(put(tmp_path, "a.json", json.dumps({"text": STORY, "id": "x"}, indent=2)))).id == "x"
    )


def test_long_lines_in_a_json_file_are_reports_each(tmp_path: Path) -> None:
    lines = [json.dumps({"text": STORY * 40, "id": str(n)}) for n in range(3)]
    items = read(put(tmp_path, "a.json", "\n".join(lines)))
    assert [i.id for i in items if isinstance(i, Report)] == ["0", "1", "2"]
    assert (items[2].origin or "").endswith(":3")


def test_a_table_gives_its_rows_with_text_over_several_lines(tmp_path: Path) -> None:
    cell = STORY.replace('"', '""')
    path = put(tmp_path, "wire.csv", f'id,date,text\n1,2024-03-12,"{cell}"\n2,,"{cell}"\n')
    first, second = read(path)
    assert isinstance(first, Report)
    assert (first.text, first.published, first.origin) == (STORY, date(2024, 3, 12), f"{path}:2")
    assert isinstance(second, Report)
    assert second.origin == f"{path}:6"


def test_a_table_may_use_semicolons_or_tabs_and_another_encoding(tmp_path: Path) -> None:
    story = STORY.replace("\n", " ")
    semi = put(tmp_path, "a.csv", f"id;text\n1;{story}\n".encode("cp1252"))
    tabs = put(tmp_path, "b.tsv", f"id\ttext\n1\t{story}\n".encode("utf-16"))
    assert [r.text for r in read(semi, tabs) if isinstance(r, Report)] == [story, story]


def test_an_open_quote_in_a_table_is_told_and_swallows_nothing_silently(tmp_path: Path) -> None:
    rows = "".join(f"{n},The ministers met in Oslo\n" for n in range(3, 6))
    items = read(put(tmp_path, "a.csv", f'id,text\n1,The ministers met in Bergen\n2,"An open quote\n{rows}'))
    assert isinstance(items[0], Report)
    assert any(isinstance(i, Rejected) and i.stage == "row" for i in items[1:])


def test_a_table_without_a_text_column_says_what_it_has(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "id,body\n1,Talks\n2,Talks\n")
    assert "among id, body: map the text" in only_rejected(read(path)).reason
    assert [r.text for r in read(path, mapping={"text": "body"}) if isinstance(r, Report)] == [
        "Talks",
        "Talks",
    ]


# Packed files, folders, standard input


def test_packed_files_are_opened_by_content(tmp_path: Path) -> None:
    text = put(tmp_path, "2024-03-12.txt.gz", gzip.compress(STORY.encode()))
    rows = put(tmp_path, "a.jsonl.gz", gzip.compress(json.dumps({"text": STORY}).encode()))
    bare = put(tmp_path, "b.txt", gzip.compress(STORY.encode()))
    items = read(text, rows, bare)
    assert [r.text for r in items if isinstance(r, Report)] == [STORY] * 3
    assert isinstance(items[0], Report)
    assert items[0].published == date(2024, 3, 12)


def test_a_packed_file_cut_short_gives_what_could_be_unpacked_and_says_so(tmp_path: Path) -> None:
    line = json.dumps({"text": STORY})
    noise = "".join(json.dumps({"text": STORY, "id": str(n) * 7}) + "\n" for n in range(3000))
    data = gzip.compress((line + "\n" + noise).encode())
    items = read(put(tmp_path, "a.jsonl.gz", data[: len(data) // 2]))
    assert isinstance(items[0], Report)
    assert isinstance(items[-1], Rejected)
    assert "cut short" in items[-1].reason


def test_a_folder_is_read_through_in_order_without_hidden_files_and_words_about_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt", ".hidden.txt", ".git/x.txt", "README.md", "a/LICENSE"):
        put(tmp_path, name, STORY)
    put(tmp_path, "empty.txt", "")
    items = read(tmp_path)
    assert [Path(i.origin or "").name for i in items] == ["b.txt", "empty.txt", "c.txt", "z.txt"]
    assert isinstance(items[1], Rejected)
    assert only_report(read(tmp_path / "README.md")).text == STORY


def test_an_empty_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    empty, missing = read(tmp_path, tmp_path / "gone.txt")
    assert isinstance(empty, Rejected)
    assert isinstance(missing, Rejected)
    assert "no such file" in missing.reason


def test_standard_input_may_be_text_or_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, count in ((STORY, 1), (json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY}), 2)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        items = read("-")
        assert [r.text for r in items if isinstance(r, Report)] == [STORY] * count


# Bad input


@pytest.mark.parametrize(
    ("name", "data", "stage"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t\n", "empty"),
        ("only-a-mark.txt", b"\xef\xbb\xbf", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj", "binary"),
        ("mixed.txt", "Café talks, ".encode() + "café talks".encode("cp1252"), "encoding"),
        ("feed.xml", b'<?xml version="1.0"?><rss version="2.0"></rss>', "format"),
        ("long-line.txt", b"word " * 4_000_000, "size"),
        ("long-page.html", b"<html><p>" + b"word " * 4_000_000, "size"),
        ("empty.jsonl", b"", "empty"),
        ("empty.csv", b"\n", "empty"),
        ("cut.csv", b"\xff\xfei\x00d\x00,", "encoding"),
        ("russian.txt", "Министры двух стран встретились во вторник в столице".encode(), "language"),
        ("nested.json", b"[" * 100_000, "row"),
        ("nested.jsonl", b'{"text":' * 100_000, "row"),
        ("not-gzip.gz", b"\x1f\x8b\x08nonsense", "file"),
    ],
)  # fmt: skip
def test_bad_input_is_one_rejected_record_and_the_next_report_is_read(
    tmp_path: Path, name: str, data: bytes, stage: str
) -> None:
    bad, good = put(tmp_path, name, data), put(tmp_path, "good.txt", STORY)
    items = read(bad, good)
    assert isinstance(items[0], Rejected)
    assert items[0].stage == stage
    assert items[0].origin.startswith(str(bad))
    assert [i.text for i in items if isinstance(i, Report)] == [STORY]


def test_twenty_megabytes_on_one_line_of_json_lines_do_not_stop_the_rest(tmp_path: Path) -> None:
    huge = json.dumps({"text": "word " * 5_000_000})
    path = put(tmp_path, "a.jsonl", "\n".join([huge, json.dumps({"text": STORY})]))
    started = time.monotonic()
    items = read(path)
    assert [type(i) for i in items] == [Rejected, Report]
    assert [i.origin for i in items] == [f"{path}:1", f"{path}:2"]
    assert time.monotonic() - started < 10


def test_a_hundred_thousand_one_word_lines_are_one_report(tmp_path: Path) -> None:
    started = time.monotonic()
    assert only_report(read(put(tmp_path, "a.txt", "Oslo\n" * 100_000))).text.count("\n") == 100_000
    assert time.monotonic() - started < 10


def test_a_small_packed_file_that_unpacks_without_end_is_refused_in_time(tmp_path: Path) -> None:
    bomb = put(tmp_path, "a.txt.gz", gzip.compress(b" " * 200_000_000, 1))
    started = time.monotonic()
    assert only_rejected(read(bomb)).stage == "size"
    assert time.monotonic() - started < 5


def test_reports_stream_out_before_the_last_is_read(tmp_path: Path) -> None:
    first = put(tmp_path, "a.txt", STORY)
    paths = iter([str(first), "gone.txt"])
    items = read_reports(paths)
    assert isinstance(next(items), Report)
    assert next(paths) == "gone.txt"


SUFFIXES = st.sampled_from([".txt", ".html", ".jsonl", ".json", ".csv", ".tsv", ".gz", ".jsonl.gz", ""])
PIECES = st.lists(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(lambda s: s.encode("utf-8", "surrogatepass")),
        st.sampled_from(
            [
                b'{"text": "Talks in Oslo"}\n', b"[", b"]", b",", b"\n", b'"', b"---\n", b"date: 2024-01-01\n", b"<html>",
                b"<p>Talks in Oslo went on.</p>" * 9, b"<!--", b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"\xe9", b"id,text\n",
                b'1,"Talks"\n', b'{"text": "a", "published": "2024-99-99"}\n', b'<?xml version="1.0" encoding="utf-16"?>',
                gzip.compress(b"Talks in Oslo"),
            ]
        ),
    ),
    max_size=12,
).map(b"".join)  # fmt: skip


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=PIECES, suffix=SUFFIXES)
def test_any_bytes_under_any_name_give_reports_or_reasons_and_never_raise(
    tmp_path: Path, data: bytes, suffix: str
) -> None:
    items = read(put(tmp_path, "any" + suffix, data))
    for item in items:
        assert isinstance(item, (Report, Rejected))
        if isinstance(item, Report):
            assert item.text.strip()
            item.text.encode("utf-8")  # can be stored and printed
        else:
            assert item.reason
            assert item.stage
    if data.strip() and suffix in (".txt", ".html", ""):
        assert items
