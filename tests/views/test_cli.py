"""The command line: what each command prints where, how it ends, and that the docs know all of it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from making import TEXT

from detente.views.cli import cli
from detente.views.shelves import REST

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def run(runner: CliRunner, *arguments: str | Path, stdin: str | None = None) -> Result:
    result = runner.invoke(cli, [str(a) for a in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, "utf-8")
    return path


# ------------------------------------------------------------------------------- read


@pytest.mark.usefixtures("quick_pipeline")
def test_read_prints_a_block_a_record_and_counts_on_stderr(runner: CliRunner, report_file: Path) -> None:
    result = run(runner, "read", report_file, "--published", "2024-05-17")
    assert result.exit_code == 0
    assert "Ingrid Larsen (NOR) → RUS · CONSULT/visit · ● happened" in result.stdout
    assert "says Ingrid Larsen" not in result.stdout.split("undated")[0]
    assert result.stderr == "1 report read: 5 records.\n"


@pytest.mark.usefixtures("quick_pipeline")
def test_what_is_piped_is_plain_and_fits_eighty_columns(runner: CliRunner, report_file: Path) -> None:
    out = run(runner, "read", report_file).stdout
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert not re.search(r"[ \t]+$", out, flags=re.M)


@pytest.mark.usefixtures("quick_pipeline")
def test_the_table_keeps_to_the_columns_asked_for(
    runner: CliRunner, report_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "48")
    out = run(runner, "read", report_file).stdout
    assert max(map(len, out.splitlines())) <= 48
    assert "Norway's" in out


@pytest.mark.usefixtures("quick_pipeline")
def test_a_report_cannot_move_the_cursor(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("Norway \x1b[2J\x1b]0;title\x07 warned Russia. " * 5, "utf-8")
    assert "\x1b" not in run(runner, "read", path).stdout


@pytest.mark.usefixtures("quick_pipeline")
def test_jsonl_is_the_contract_a_line_a_record(runner: CliRunner, report_file: Path) -> None:
    result = run(runner, "read", report_file, "--format", "jsonl")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["record"] for row in rows] == ["event", "position", "event", "figure", "statement"]
    for row in rows:
        assert row["quote"] == TEXT[row["start"] : row["end"]]
    assert result.stderr == ""


@pytest.mark.usefixtures("quick_pipeline")
def test_csv_has_one_header_and_flat_rows(runner: CliRunner, report_file: Path) -> None:
    out = run(runner, "read", report_file, report_file, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["kind"] for row in rows] == ["event", "position", "event", "figure", "statement"] * 2
    assert rows[3]["sources"] == "NOR;RUS"
    assert rows[0]["quote"].startswith("Norway's foreign minister")


@pytest.mark.usefixtures("quick_pipeline")
@pytest.mark.parametrize("shape", ["table", "jsonl", "csv"])
def test_a_report_that_cannot_be_read_is_told_and_the_rest_is_done(
    runner: CliRunner, report_file: Path, tmp_path: Path, shape: str
) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run(runner, "read", tmp_path / "empty.txt", report_file, "--format", shape)
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert "CONSULT" in result.stdout
    if shape == "jsonl":
        first = json.loads(result.stdout.splitlines()[0])
        assert first["record"] == "rejected"
        assert first["reason"]


@pytest.mark.usefixtures("quick_pipeline")
def test_a_dash_reads_standard_input(runner: CliRunner) -> None:
    assert "CONSULT/visit" in run(runner, "read", "-", stdin=TEXT).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read",), "Missing argument"),
        (("read", "x.txt", "--published", "2017-13-40"), "«2017-13-40» is no day; write it as 2017-07-04."),
        (("read", "x.txt", "--format", "xml"), "'xml' is not one of"),
        (("read", "x.txt", "--map", "text"), "«text» is no mapping"),
        (("fly",), "No such command 'fly'"),
        (("movers", "x", "--limit", "0"), "0 is not in the range"),
    ],
)
def test_wrong_use_says_what_was_expected_and_ends_with_two(
    runner: CliRunner, arguments: tuple[str, ...], words: str
) -> None:
    result = run(runner, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""


# ------------------------------------------------------------------------------- add


@pytest.mark.usefixtures("quick_pipeline")
def test_add_twice_changes_nothing_and_says_so(runner: CliRunner, report_file: Path, tmp_path: Path) -> None:
    first = run(runner, "add", tmp_path / "a", report_file)
    again = run(runner, "add", tmp_path / "a", report_file)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 report added (5 records)." in first.stderr
    assert "nothing changed, 1 report known already." in again.stderr
    assert first.stdout == again.stdout == ""


@pytest.mark.usefixtures("quick_pipeline")
def test_add_counts_what_it_rejects(runner: CliRunner, report_file: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    result = run(runner, "add", tmp_path / "a", tmp_path / "bad.txt", report_file)
    assert result.exit_code == 1
    assert "1 report added (5 records), 1 rejected." in result.stderr


# ------------------------------------------------------------------------------- dyad, show, movers, export


def test_dyad_shows_course_acts_and_quotes_by_code_or_name(runner: CliRunner, archive: Path) -> None:
    by_code = run(runner, "dyad", archive, "NOR", "RUS")
    by_name = run(runner, "dyad", archive, "Norway", "russia")
    assert by_code.exit_code == 0
    assert by_code.stdout == by_name.stdout
    assert by_code.stdout.startswith("Norway and Russia\n")
    assert "SANCTION/discontinue −6" in by_code.stdout
    assert "«Norway closed its ports to Russian trawlers" in by_code.stdout
    assert max(map(len, by_code.stdout.splitlines())) <= 80
    assert not re.search(r"[ \t]+$", by_code.stdout, flags=re.M)


def test_dyad_keeps_to_its_window(runner: CliRunner, archive: Path) -> None:
    out = run(runner, "dyad", archive, "NOR", "RUS", "--since", "2024-09-01", "--until", "2024-09-30").stdout
    assert "SANCTION" in out
    assert "CONSULT" not in out


def test_dyad_writes_one_page(runner: CliRunner, archive: Path, tmp_path: Path) -> None:
    result = run(runner, "dyad", archive, "NOR", "RUS", "--html", tmp_path / "pair.html")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "Wrote" in result.stderr
    page = (tmp_path / "pair.html").read_text("utf-8")
    assert "<mark>closed</mark>" in page
    assert "trigger:close" in page


def test_a_pair_with_nothing_on_record_names_pairs_that_have(runner: CliRunner, archive: Path) -> None:
    result = run(runner, "dyad", archive, "CHN", "RUS")
    assert result.exit_code == 2
    assert result.stderr.startswith("detente: ")
    assert "NOR" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_name_of_no_state_says_what_would_do(runner: CliRunner, archive: Path) -> None:
    result = run(runner, "dyad", archive, "Atlantis", "RUS")
    assert result.exit_code == 2
    assert "«Atlantis»" in result.stderr
    assert "did you mean Norway?" in run(runner, "dyad", archive, "norwy", "RUS").stderr
    assert "given twice" in run(runner, "dyad", archive, "Russia", "RUS").stderr


def test_show_gives_words_source_and_why(runner: CliRunner, archive: Path) -> None:
    listed = run(runner, "dyad", archive, "NOR", "RUS").stdout
    (digits,) = re.findall(r"Coastal Gazette, 2 Sep 2024 · (\w+)", listed)
    result = run(runner, "show", archive, digits)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "«Norway closed its ports to Russian trawlers.» Larsen will visit Murmansk next month." in words
    assert "trigger:close saw «closed»" in words
    assert "Ports closed · Coastal Gazette · 2024-09-02" in words


def test_show_opens_every_record_of_every_kind(runner: CliRunner, archive: Path) -> None:
    from detente.archive import Archive

    with Archive(archive) as opened:
        rows = list(opened.records())
    assert {row["record"] for row in rows} == {"event", "position", "figure", "statement"}
    for row in rows:
        out = run(runner, "show", archive, row["id"]).stdout
        assert f"«{row['quote']}»" in " ".join(out.split())
        assert row["report"] in out


def test_show_tells_the_other_tellings_of_an_act(runner: CliRunner, archive: Path) -> None:
    from detente.archive import Archive

    with Archive(archive) as opened:
        visits = [r for r in opened.records(kind="event") if r["type"] == "CONSULT"]
    assert len({v["act"] for v in visits}) == 1
    out = run(runner, "show", archive, visits[0]["id"]).stdout
    assert "The same act, told 1 more time:" in out
    assert visits[1]["id"][:8] in out


def test_an_id_that_is_not_there_is_one_sentence(runner: CliRunner, archive: Path) -> None:
    result = run(runner, "show", archive, "ffffffffffff")
    assert result.exit_code == 2
    assert result.stderr.startswith("detente: ")
    assert "Traceback" not in result.stderr


def test_movers_lists_pairs_with_evidence_and_writes_pages(
    runner: CliRunner, archive: Path, tmp_path: Path
) -> None:
    result = run(runner, "movers", archive, "--limit", "3", "--pages", tmp_path / "pages")
    assert result.exit_code == 0
    assert "Norway (NOR) and Russia (RUS)" in result.stdout
    assert "«Norway closed its ports to Russian trawlers" in result.stdout
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    for name in re.findall(r'href="([^"]+)"', index):
        assert (tmp_path / "pages" / name).is_file()
    assert "NOR-RUS.html" in index
    assert 'href="index.html"' in (tmp_path / "pages" / "NOR-RUS.html").read_text("utf-8")


def test_export_writes_every_record_in_each_shape(runner: CliRunner, archive: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    rows = list(csv.DictReader(io.StringIO(run(runner, "export", archive).stdout)))
    lines = run(runner, "export", archive, "--format", "jsonl").stdout.splitlines()
    told = run(runner, "export", archive, "--format", "parquet", "-o", tmp_path / "r.parquet").stderr
    assert len(rows) == len(lines) == pq.read_table(tmp_path / "r.parquet").num_rows == 11
    assert "11 rows" in told


def test_a_panel_is_printed_written_and_described(runner: CliRunner, archive: Path, tmp_path: Path) -> None:
    shown = run(runner, "panel", archive)
    assert "Norway (NOR)" in shown.stdout
    rows = list(csv.DictReader(io.StringIO(run(runner, "panel", archive, "--format", "csv").stdout)))
    assert [row["period"] for row in rows] == ["2024-05", "2024-06", "2024-07", "2024-08", "2024-09"]
    files = ("--output", tmp_path / "p.parquet", "--codebook", tmp_path / "p.md")
    assert "Wrote 5 rows" in run(runner, "panel", archive, *files).stderr
    assert "| `ccode1` |" in (tmp_path / "p.md").read_text("utf-8")
    assert run(runner, "panel", archive, "--statuses", "done").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [("dyad", "none", "NOR", "RUS"), ("show", "none", "abc"), ("movers", "none"), ("export", "none")],
)
def test_a_missing_archive_is_one_sentence(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(runner, *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("detente: ")
    assert "none" in result.stderr
    assert not (tmp_path / "none").exists()


# ------------------------------------------------------------------------------- analyze


def test_analyze_prints_words_with_their_places(runner: CliRunner, report_file: Path) -> None:
    result = run(runner, "analyze", report_file, "--format", "conllu")
    assert result.exit_code == 0
    words = [line.split("\t") for line in result.stdout.splitlines() if re.match(r"\d+\t", line)]
    for word in words:
        start, end = re.findall(r"(?:start|end)_char=(\d+)", word[9])
        assert TEXT[int(start) : int(end)] == word[1]
    assert {"Norway", "criticised", "dollars"} <= {word[1] for word in words}


def test_analyze_tells_sentences_and_names_to_people(runner: CliRunner) -> None:
    out = run(runner, "analyze", "-", stdin=TEXT).stdout
    assert "names: Norway" in out
    assert out.count("prose") == 3


def test_analyze_rejects_what_cannot_be_read(runner: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run(runner, "analyze", tmp_path / "empty.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "empty.txt" in result.stderr


# ------------------------------------------------------------------------------- docs


def _commands() -> list[tuple[str, click.Command]]:
    """Return every command, and those within a group, under the name its heading bears."""
    found = []
    for name, command in cli.commands.items():
        found.append((name, command))
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.commands.values()]
    return found


def test_every_command_and_option_stands_in_the_docs() -> None:
    docs = DOCS.read_text("utf-8")
    for name, command in _commands():
        heading = re.search(rf"^## detente {name}\b(.*?)(?=^## |\Z)", docs, flags=re.M | re.S)
        assert heading, f"docs/commands.md has no «## detente {name}»"
        for option in command.params:
            if isinstance(option, click.Option):
                for flag in option.opts:
                    assert flag in heading[0], f"{name} {flag}"
                if isinstance(option.type, click.Choice):
                    assert all(choice in heading[0] for choice in option.type.choices)
    for option in cli.params:
        assert set(option.opts) & set(re.findall(r"--[\w-]+", docs))


def test_the_docs_name_no_command_or_option_that_is_not_there() -> None:
    docs = DOCS.read_text("utf-8")
    known = {flag for _, c in _commands() for p in c.params for flag in p.opts} | {
        "--help",
        "--version",
    }
    assert set(re.findall(r"(?<!\w)--[a-z]+(?:-[a-z]+)*", docs)) <= known
    assert set(re.findall(r"^## detente (\w+)", docs, flags=re.M)) == set(cli.commands)


def test_every_command_says_what_it_does(runner: CliRunner) -> None:
    for name, command in _commands():
        assert command.help, name
        if name in cli.commands:
            assert run(runner, name, "--help").exit_code == 0
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{name} {option.name}"


def _written_commands() -> list[str]:
    """Return every `detente …` line of the README and the docs that stands in a code block."""
    root = DOCS.parents[1]
    found = []
    for file in (root / "README.md", *sorted(root.glob("docs/*.md"))):
        for block in re.findall(r"^```\w*\n(.*?)^```", file.read_text("utf-8"), flags=re.M | re.S):
            found += [
                line.removeprefix("$ ") for line in block.splitlines() if re.match(r"(\$ )?detente ", line)
            ]
    return found


@pytest.mark.parametrize("line", _written_commands())
def test_commands_written_in_the_docs_can_be_typed(line: str) -> None:
    line = re.split(r"\s[|>]\s", line)[0]
    name, *arguments = shlex.split(line, comments=True)[1:]
    if name not in cli.commands:
        assert name.startswith("-")
        return
    command = cli.commands[name]
    if isinstance(command, click.Group):
        name, *arguments = arguments
        command = command.commands[name]
    with command.make_context(name, arguments) as context:
        assert context.params


def test_movers_leave_out_what_reports_only_recall(tmp_path: Path) -> None:
    report = tmp_path / "recall.txt"
    report.write_text(
        "---\ndate: 2024-05-14\n---\n"
        "Norway attacked Sweden in June 2023. On Monday Denmark condemned Finland.\n",
        "utf-8",
    )
    runner = CliRunner()
    runner.invoke(cli, ["add", str(tmp_path / "kept"), str(report)])
    recent = runner.invoke(cli, ["movers", str(tmp_path / "kept")]).stdout
    everything = runner.invoke(cli, ["movers", str(tmp_path / "kept"), "--since", "1990-01-01"]).stdout
    assert "Denmark" in recent
    assert "Norway" not in recent
    assert "Norway" in everything


def test_a_spreadsheet_is_not_written_under_a_false_name(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["export", str(tmp_path), "--output", str(tmp_path / "acts.xlsx")])
    assert result.exit_code == 2
    assert "acts.csv" in result.output


def test_help_lists_every_command_once_on_a_shelf(runner: CliRunner) -> None:
    told = runner.invoke(cli, ["--help"]).stdout
    listed = re.findall(r"^  ([a-z]+) {2,}\S", told, re.MULTILINE)
    assert sorted(listed) == sorted(cli.commands)
    assert f"{REST}:" not in told, "a command stands on no shelf of views/shelves.py"


@pytest.mark.parametrize("command", [("movers",), ("dyad", "NOR", "RUS"), ("quotes",), ("promises",)])
@pytest.mark.parametrize("options", [("--since", "--until"), ("--until", "--since")])
def test_a_window_that_ends_before_it_begins_is_wrong_use(
    runner: CliRunner, archive: Path, command: tuple[str, ...], options: tuple[str, str]
) -> None:
    days = {"--since": "2025-01-01", "--until": "2024-01-01"}
    window = [part for option in options for part in (option, days[option])]
    result = runner.invoke(cli, [command[0], str(archive), *command[1:], *window])
    assert result.exit_code == 2
    assert "ends on 2024-01-01, before it begins on 2025-01-01" in result.stderr


@pytest.mark.parametrize(
    "command", ["dyad", "course", "trend", "agreement", "figures", "promises", "coverage", "forecast"]
)
def test_a_state_named_twice_is_wrong_use(runner: CliRunner, archive: Path, command: str) -> None:
    result = runner.invoke(cli, [command, str(archive), "Norway", "NOR"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Norway (NOR) was given twice" in result.stderr


@pytest.mark.parametrize("place", ["course.jpg", "no-such-folder/course.svg"])
def test_a_picture_that_cannot_be_drawn_is_said_before_the_answer(
    runner: CliRunner, archive: Path, tmp_path: Path, place: str
) -> None:
    result = runner.invoke(cli, ["course", str(archive), "NOR", "RUS", "--picture", str(tmp_path / place)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name" in result.stderr


def test_explain_of_a_file_says_how_its_text_is_explained(runner: CliRunner, report_file: Path) -> None:
    result = runner.invoke(cli, ["explain", str(report_file)])
    assert result.exit_code == 2
    assert f"detente explain - < {report_file}" in result.stderr


def test_explain_says_where_nothing_came_of_a_sentence(runner: CliRunner) -> None:
    assert runner.invoke(cli, ["explain", "It rained."]).stdout.endswith("\nNo record came of it.\n")


def test_a_wrong_second_state_is_named_as_a_state(runner: CliRunner, archive: Path) -> None:
    result = runner.invoke(cli, ["figures", str(archive), "Norway", "Rusia"])
    assert "Invalid value for STATE: «Rusia» names no state we know; did you mean Russia?" in result.stderr


@pytest.mark.parametrize("width", ["40", "60"])
def test_no_answer_is_wider_than_asked_or_ends_a_line_in_blanks(
    runner: CliRunner, archive: Path, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    for words in (("dyad", "NOR", "RUS"), ("stance",), ("quotes",), ("figures",), ("movers",)):
        lines = runner.invoke(cli, [words[0], str(archive), *words[1:]]).stdout.splitlines()
        assert lines
        assert max(map(len, lines)) <= int(width), words
        assert [line for line in lines if line != line.rstrip()] == [], words
