"""Names and acts of one's own from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from detente.views.cli import cli

REPORT = (
    "President Ruta Sand of Latvia condemned Norway on Monday. "
    "Sand said Norway debanked two Belarusian firms."
)


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def run(runner: CliRunner, *arguments: str | Path) -> Result:
    result = runner.invoke(cli, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


SAND = "name,code,kind,title,first\nRuta Sand,LVA,hos,President,2024-01-08\n"
DEBANK = "words,type,mode\ndebank,SANCTION,discontinue\n"


def test_new_tables_are_sound_and_each_example_in_them_too(runner: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    made = run(runner, "knowledge", "new", folder)
    assert made.exit_code == 0
    assert "A new leader is one line" in made.stderr
    assert run(runner, "knowledge", "check", folder).exit_code == 0
    for file in folder.glob("*.csv"):
        lines = file.read_text("utf-8").splitlines()
        file.write_text("\n".join([*lines[:-1], lines[-1].removeprefix("# ")]), "utf-8")
    issues = (folder / "issues.toml").read_text("utf-8").splitlines()
    (folder / "issues.toml").write_text("\n".join(line.removeprefix("# ") for line in issues[3:]), "utf-8")
    checked = run(runner, "knowledge", "check", folder)
    assert checked.exit_code == 0, checked.stdout
    assert "people 1" in checked.stderr
    assert "issues 1" in checked.stderr


def test_new_writes_over_nothing(runner: CliRunner, tmp_path: Path) -> None:
    folder = write(tmp_path, people=SAND)
    again = run(runner, "knowledge", "new", folder)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert (folder / "people.csv").read_text("utf-8") == SAND


def test_check_prints_faults_and_warnings_and_ends_with_1(runner: CliRunner, tmp_path: Path) -> None:
    write(tmp_path, people="name,code,kind\nRuta Sand,Latvia,hos\n", traps="words\nPeru\n")
    result = run(runner, "knowledge", "check", tmp_path)
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("error: people.csv, line 2, column code: «Latvia», where")
    assert second.startswith("warning: traps.csv, line 2: «Peru» is state of Peru")
    assert result.stderr.endswith("traps 1; 1 error, 1 warning.\n")
    (tmp_path / "people.csv").unlink()
    assert run(runner, "knowledge", "check", tmp_path).exit_code == 0, "a warning is no error"


def test_check_of_no_folder_is_one_sentence(runner: CliRunner, tmp_path: Path) -> None:
    result = run(runner, "knowledge", "check", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "cannot be read as a folder" in result.stderr
    assert "Traceback" not in result.output


def test_read_reads_with_a_folder_and_stamps_its_records(runner: CliRunner, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    folder = write(tmp_path / "mine", people=SAND, triggers=DEBANK)
    typed = ("read", report, "--published", "2024-05-14", "--format", "jsonl")
    mine = [json.loads(line) for line in run(runner, *typed, "--knowledge", folder).stdout.splitlines()]
    events = {row["type"]: row for row in mine if row["record"] == "event"}
    assert {"ACCUSE", "SANCTION"} <= set(events)
    assert events["ACCUSE"]["sources"][0]["role"] == "President of Latvia"
    assert all(row["coder"]["knowledge"].startswith("sha256:") for row in mine)
    plain = [json.loads(line) for line in run(runner, *typed).stdout.splitlines()]
    assert "SANCTION" not in {row.get("type") for row in plain}
    assert not any("knowledge" in row["coder"] for row in plain)


def test_read_goes_on_without_a_bad_file_and_says_so(runner: CliRunner, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(REPORT, "utf-8")
    folder = write(tmp_path / "mine", people="name,code,kind\nRuta Sand,Latvia,hos\n", triggers=DEBANK)
    result = run(runner, "read", report, "--knowledge", folder, "--format", "jsonl")
    assert result.exit_code == 1
    assert "1 file is left out, the rest is used" in result.stderr
    assert "people.csv, line 2, column code" in " ".join(result.stderr.split())
    assert "SANCTION" in result.stdout


def test_an_archive_is_coded_and_shown_with_its_own_folder(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Latvia opposes fishing in Amber Bay. Norway condemned Latvia.", "utf-8")
    write(tmp_path / "mine" / "knowledge", people=SAND)
    issue = (
        '[[issues]]\nid="amber-bay-fishing"\nname="The Amber Bay catch"\naliases=["fishing in Amber Bay"]\n'
    )
    (tmp_path / "mine" / "knowledge" / "issues.toml").write_text(issue, "utf-8")
    for name in ("mine", "other"):
        assert run(runner, "add", tmp_path / name, report, "--published", "2024-05-14").exit_code == 0
    mine = run(runner, "export", tmp_path / "mine", "--format", "jsonl").stdout
    other = run(runner, "export", tmp_path / "other", "--format", "jsonl").stdout
    assert '"knowledge":"sha256:' in mine.replace(": ", ":")
    assert '"knowledge":' not in other
    assert "amber-bay-fishing" in mine
    assert "amber-bay-fishing" not in other
    assert "The Amber Bay catch" in run(runner, "dyad", tmp_path / "mine", "LVA", "NOR").stdout
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(write(tmp_path / "named", people=SAND)))
    run(runner, "add", tmp_path / "third", report, "--published", "2024-05-14")
    assert '"knowledge":"sha256:' in run(
        runner, "export", tmp_path / "third", "--format", "jsonl"
    ).stdout.replace(": ", ":")


def test_who_answers_with_a_folder(runner: CliRunner, tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", people=SAND)
    assert "LVA" in run(runner, "who", "Ruta Sand", "--on", "2024-05-14", "--knowledge", folder).stdout
    assert run(runner, "who", "Ruta Sand", "--on", "2024-05-14").exit_code == 1


def test_imports_say_what_they_took_and_what_they_skipped(runner: CliRunner, tmp_path: Path) -> None:
    actors, holders = tmp_path / "a.txt", tmp_path / "oh.csv"
    actors.write_text("SVEN_LUNDE_\n\t[NORGOV 091001-131015]\nODD_ONE_ [QQQ]\n", "utf-8")
    holders.write_text(
        "Country,Leader,Office,Start\nNorway,Sven Lunde,Foreign Minister,2009\nX,Y Z,King,1\n", "latin-1"
    )
    one = run(runner, "knowledge", "import", "--from", "petrarch", "--to", tmp_path / "one", actors)
    assert one.exit_code == 0
    assert one.stdout == "skipped: a.txt, line 3: «Odd One»: «QQQ» is of no state or body we know\n"
    assert "Read 2 entries: 1 row written, 1 skipped." in one.stderr
    two = run(runner, "knowledge", "import", "--from", "officeholders", "--to", tmp_path / "two", holders)
    assert "name ← Leader" in two.stderr
    assert "«X» is no state we know" in two.stdout
    for folder in ("one", "two"):
        assert run(runner, "knowledge", "check", tmp_path / folder).exit_code == 0
    again = run(runner, "knowledge", "import", "--from", "petrarch", "--to", tmp_path / "one", actors)
    assert again.exit_code == 2
    assert "writes over nothing" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "petrarch", "--kind", "fm", "a"), "go with --from officeholders"),
        (("--from", "officeholders", "a", "b"), "one CSV of office holders at a time"),
        (("--from", "officeholders", "--columns", "name", "a"), "is no mapping"),
        (("--from", "petrarch", "nowhere.txt"), "cannot be read"),
        (("--from", "tabari", "a"), "Invalid value"),
    ],
)
def test_wrong_use_of_import_is_one_sentence(
    runner: CliRunner, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(runner, "knowledge", "import", "--to", tmp_path, *arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
