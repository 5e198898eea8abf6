"""The command as a process: how fast it answers, how it ends when the pipe or the person goes away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from making import TEXT

DETENTE = (sys.executable, "-m", "detente")
HERE = Path(__file__).parent

# A command whose coder takes its time, so that it can be stopped half way.
SLOW = f"""
import sys, time
sys.path.insert(0, {str(HERE)!r})
from types import ModuleType
from making import make_coded

def code_reports(items):
    for item in items:
        yield make_coded(item)
        time.sleep(0.15)

module = ModuleType("detente.pipeline")
module.code_reports = code_reports
sys.modules["detente.pipeline"] = module
from detente.views.cli import main
main()
"""


def test_help_answers_within_a_third_of_a_second() -> None:
    times = []
    for _ in range(5):  # the fastest of five: a busy machine is not our doing
        started = seconds_worked()
        subprocess.run([*DETENTE, "--help"], check=True, capture_output=True)
        times.append(seconds_worked() - started)
    assert 0 < min(times) < 0.3


def seconds_worked() -> float:
    """Return what finished processes of ours took of a core; waiting for one is not counted."""
    if os.name != "posix":
        return time.perf_counter()
    spent = os.times()
    return spent.children_user + spent.children_system


def test_help_loads_no_heavy_part() -> None:
    code = "import sys, detente.views.cli; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    heavy = {"rich", "jinja2", "duckdb", "pyarrow", "numpy", "onnxruntime", "trafilatura", "sqlite3"}
    assert not heavy & set(loaded.split())


def test_version_is_one_line() -> None:
    out = subprocess.run([*DETENTE, "--version"], check=True, capture_output=True, text=True).stdout
    assert out.startswith("detente ")


@pytest.mark.skipif(os.name != "posix", reason="pipes end with a signal on POSIX only")
@pytest.mark.parametrize("shape", ["table", "jsonl", "csv"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "many.txt"
    path.write_text("\n".join([TEXT] * 20), "utf-8")
    command = [sys.executable, "-c", SLOW.replace("0.15", "0"), "read", *[str(path)] * 400, "--format", shape]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read().decode()
    assert process.wait(timeout=60) == 141
    assert errors == ""


PORTS = ("Bergen", "Murmansk", "Tromsø", "Kirkenes", "Archangel", "Hammerfest")
CARGOES = ("cod", "timber", "nickel", "herring", "coal")


def bulletin(n: int) -> str:
    """Return one of thirty short reports, each in words of its own, so that none is a copy of another."""
    port, cargo = PORTS[n % len(PORTS)], CARGOES[n % len(CARGOES)]
    return f"Pilots at {port} struck over {cargo} duties. The {cargo} ships wait off {port} for orders."


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(("reports", "shown"), [(12, True), (1, False)])
def test_a_bar_appears_on_a_terminal_after_a_second_and_not_before(
    tmp_path: Path, reports: int, shown: bool
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(reports):
        (folder / f"{n:02}.txt").write_text(bulletin(n), "utf-8")
    command = [sys.executable, "-c", SLOW, "add", str(tmp_path / "a"), str(folder)]
    ours, theirs = os.openpty()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs)
    os.close(theirs)
    talk = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # how Linux says that nobody holds the other end any more
            break
        if not piece:
            break
        talk += piece
    os.close(ours)
    assert process.wait(timeout=30) == 0
    assert ("Adding" in talk.decode()) is shown
    assert f"{reports} report" in talk.decode()


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal on POSIX only")
def test_ctrl_c_in_add_says_what_is_kept_and_the_same_command_finishes(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n:02}.txt").write_text(bulletin(n), "utf-8")
    command = [sys.executable, "-c", SLOW, "add", str(tmp_path / "a"), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and kept(tmp_path / "a") < 2:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in errors
    assert "they are kept in" in errors
    done = kept(tmp_path / "a")
    assert 2 <= done < 30
    assert f"{done} reports added" in errors
    again = subprocess.run(
        [sys.executable, "-c", SLOW.replace("0.15", "0"), *command[3:]], capture_output=True, text=True
    )
    assert again.returncode == 0
    assert f"{30 - done} reports added" in again.stderr
    assert kept(tmp_path / "a") == 30


def kept(path: Path) -> int:
    from detente.archive import Archive
    from detente.errors import ArchiveError

    try:
        with Archive(path) as archive:
            return sum(1 for _ in archive.reports())
    except ArchiveError:
        return 0


def test_a_sentence_goes_all_the_way_through_the_real_pipeline() -> None:
    text = "Norway condemned Sweden on Monday."
    command = [*DETENTE, "read", "-", "--published", "2024-05-17", "--format", "jsonl"]
    done = subprocess.run(command, input=text, check=True, capture_output=True, text=True, encoding="utf-8")
    events = [row for row in map(json.loads, done.stdout.splitlines()) if row["record"] == "event"]
    (event,) = events
    assert (event["type"], event["date_start"], event["status"]) == ("ACCUSE", "2024-05-13", "happened")
    assert [a["code"] for a in event["sources"] + event["recipients"]] == ["NOR", "SWE"]


def test_sample_reports_become_an_archive_and_a_page(tmp_path: Path) -> None:
    samples = sorted((HERE.parents[1] / "examples" / "reports").glob("*norway*.txt"))
    assert len(samples) >= 2
    archive, page = str(tmp_path / "a"), tmp_path / "pair.html"
    subprocess.run([*DETENTE, "add", archive, *map(str, samples)], check=True, capture_output=True)
    subprocess.run([*DETENTE, "dyad", archive, "Norway", "Russia", "--html", str(page)], check=True)
    assert '<li class="act' in page.read_text("utf-8")


def test_an_archive_of_the_sample_reports_is_whole(tmp_path: Path) -> None:
    archive = str(tmp_path / "a")
    samples = str(HERE.parents[1] / "examples" / "reports")
    subprocess.run([*DETENTE, "add", archive, samples], check=True, capture_output=True)
    done = subprocess.run([*DETENTE, "check", archive], capture_output=True, text=True)
    assert (done.returncode, "is whole" in done.stdout + done.stderr) == (0, True), done.stdout
