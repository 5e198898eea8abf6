"""A folder of a user: what it adds, what is refused and how that is said, and that nothing leaks."""

from __future__ import annotations

import pickle
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import KnowledgeError
from detente.knowledge.extending import (
    MOST_FAULTS,
    fill_rows,
    find_knowledge,
    load_knowledge,
    read_bytes,
)
from detente.knowledge.gazetteer import gazetteer
from detente.knowledge.issues import best_issue, name_of, wider
from detente.knowledge.layers import OURS, Knowledge, active, using
from detente.knowledge.organisations import members_of, organisation, outlet
from detente.knowledge.people import holder, people, who
from detente.knowledge.places import place
from detente.knowledge.roles import role
from detente.knowledge.shapes import KINDS, SHAPES, Shape
from detente.knowledge.states import code_of, states
from detente.knowledge.tables import read_table
from detente.knowledge.triggers import regular_forms, triggers, verb_lemmas

LATER = date(2031, 5, 1)


def write(folder: Path, **files: str) -> Path:
    """Write files by table: people="name,code…"."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.{'toml' if name == 'issues' else 'csv'}").write_text(text, "utf-8")
    return folder


def load(folder: Path, **files: str) -> Knowledge:
    return load_knowledge(write(folder, **files)).require_sound()


# ------------------------------------------------------------------------------- what is added


def test_a_new_leader_is_one_line(tmp_path: Path) -> None:
    before = holder("LVA", "hos", LATER)
    known = load(tmp_path, people="name,code,kind,first\nRuta Sand,LVA,hos,2031-01-08\n")
    with using(known):
        found = holder("LVA", "hos", LATER)
        assert found is not None
        assert (found.name, found.title, found.source) == ("Ruta Sand", "Head of State", "people.csv, line 2")
        assert who("Sand", LATER)[0].name == "Ruta Sand"
    assert holder("LVA", "hos", LATER) == before
    assert who("Ruta Sand", LATER) == ()


def test_a_new_holder_ends_the_open_term_of_ours(tmp_path: Path) -> None:
    old = max(
        (p for p in people() if (p.code, p.kind) == ("FRA", "hos") and not p.last), key=lambda p: str(p.first)
    )
    with using(load(tmp_path, people="name,code,kind,first\nLuc Sable,FRA,hos,2031-01-08\n")):
        terms = [p for p in people() if p.name == old.name and p.kind == "hos" and p.first == old.first]
        assert [t.last for t in terms] == [date(2031, 1, 8)]
        found = holder("FRA", "hos", date(2031, 1, 9))
        assert found
        assert found.name == "Luc Sable"


def test_a_row_on_the_same_person_and_days_replaces_ours(tmp_path: Path) -> None:
    row = "name,code,kind,title,first,last\nAngela Merkel,DEU,hog,Chancellor,2005-11-23,2021-12-08\n"
    with using(load(tmp_path, people=row)):
        terms = [p for p in people() if p.name == "Angela Merkel" and p.kind == "hog"]
        assert [(t.first, t.last) for t in terms] == [(date(2005, 11, 23), date(2021, 12, 8))]


def test_a_name_of_a_user_has_the_users_meaning_alone(tmp_path: Path) -> None:
    files = {
        "states_seats": "code,words,kind\nEST,the Kremlin|Amber House,palace\n",
        "traps": "words,why\nNorway Cup|Peru,a race\n",
        "states_names": "code,names,adjectives\nLVA,Livonia,Livonian\n",
    }
    assert {e.code for e in gazetteer().get("Kremlin")} == {"RUS"}
    with using(load(tmp_path, **files)):
        names = gazetteer()
        assert {e.code for e in names.get("Kremlin")} == {"EST"}
        assert [e.kind for e in names.get("Peru")] == ["trap"]
        assert [(e.kind, e.code) for e in names.get("Livonian")] == [("adjective", "LVA")]
        assert (code_of("the Kremlin"), code_of("Livonia")) == ("EST", "LVA")
        assert states()["LVA"].name == "Latvia"
    assert code_of("Livonia") is None


def test_bodies_outlets_places_and_roles_are_found(tmp_path: Path) -> None:
    files = {
        "organisations": "name,aliases,nicknames\nAmber Coast Forum,ACF,the forum\nNATO,,\n",
        "organisations_members": "organisation,code,first,last\nAmber Coast Forum,LVA,2025-01-01,\n"
        "Amber Coast Forum,EST,2025-01-01,2027-01-01\n",
        "outlets": "name,code,state_owned\nAmber Coast Courier,LVA,yes\n",
        "places": "name;country;lat;lon\nAmber Bay;LVA;57.4;21.6\n",
        "roles": "words,sector\nharbour commissioner,GOV\n",
    }
    with using(load(tmp_path, **files)):
        body = organisation("the ACF")
        assert body is not None
        assert (body.code, body.sector, body.kind) == ("IGO", "IGO", "body")
        assert members_of("ACF", "2026-01-01") == ("LVA", "EST")
        assert members_of("ACF", "2028-01-01") == ("LVA",)
        paper, spot, commissioners = (
            outlet("Amber Coast Courier"),
            place("Amber Bay"),
            role("harbour commissioners"),
        )
        assert paper
        assert paper.state_owned
        assert spot
        assert (spot.country, spot.lat) == ("LVA", 57.4)
        assert commissioners
        assert commissioners.plural
        nato = organisation("NATO")
        assert nato
        assert nato.code == "IGO", "a body of the same name replaces ours"
    assert organisation("ACF") is None


def test_issues_and_acts_are_found_and_win(tmp_path: Path) -> None:
    files = {
        "issues": '[[issues]]\nid = "amber-bay-fishing"\nname = "Fishing in Amber Bay"\naliases = ["THAAD"]\n'
        'parents = ["sanctions"]\nkeywords = ["fish*|trawl* + amber bay"]\n',
        "word_classes": "class,lemmas\n@dues,dues hike|berth fee\n",
        "triggers": "words,type,mode,object\ndebank,SANCTION,discontinue,\ncondemn,NONE,,\n"
        "raise,SANCTION,,@dues\n",
    }
    with using(load(tmp_path, **files)):
        assert best_issue("They trawled in Amber Bay.") == "amber-bay-fishing"
        assert best_issue("THAAD was discussed.") == "amber-bay-fishing", "a user's name for an issue wins"
        assert "sanctions" in wider("amber-bay-fishing")
        assert name_of("amber-bay-fishing") == "Fishing in Amber Bay"
        (row,) = triggers()["debank", "VERB"]
        assert (row.type, row.mode, row.cameo, row.source[0].name) == (
            "SANCTION",
            "discontinue",
            "163",
            "subj",
        )
        bare = [t for t in triggers()["condemn", "VERB"] if t.words == ("condemn",) and not t.object]
        assert [t.type for t in bare] == ["NONE"]
        assert any("dues hike" in t.object for t in triggers()["raise", "VERB"])
        assert verb_lemmas()["debanked"] == "debank"
    assert "debanked" not in verb_lemmas()
    assert "NONE" not in {t.type for t in triggers()["condemn", "VERB"] if t.words == ("condemn",)}
    assert best_issue("THAAD was discussed.") == "thaad-south-korea"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("debank", "debank debanks debanked debanking"),
        ("decouple", "decouple decouples decoupled decoupling"),
        ("ban", "ban bans banned banning"),
        ("levy", "levy levies levied levying"),
        ("quash", "quash quashes quashed quashing"),
        ("agree", "agree agrees agreed agreeing"),
    ],
)
def test_a_new_verb_brings_its_forms(verb: str, forms: str) -> None:
    assert " ".join(regular_forms(verb)) == forms


def test_records_say_with_what_they_were_coded(tmp_path: Path) -> None:
    import detente

    folder = write(tmp_path / "mine", people="name,code,kind,first\nRuta Sand,LVA,hos,2024-01-08\n")
    text = "President Ruta Sand of Latvia condemned Norway on Monday."
    plain = detente.read(text, published="2024-05-14")
    mine = detente.read(text, published="2024-05-14", knowledge=folder)
    assert "knowledge" not in plain.coder
    assert mine.coder["knowledge"] == f"sha256:{load_knowledge(folder).digest[:16]}"
    assert mine.events[0].to_json(mine.coder)["coder"]["knowledge"].startswith("sha256:")
    assert detente.read(text, published="2024-05-14").coder == plain.coder


def test_a_bad_folder_raises_in_python(tmp_path: Path) -> None:
    import detente

    with pytest.raises(KnowledgeError, match=r"people\.csv, line 2, column code: «Latvia»"):
        detente.read("x", knowledge=write(tmp_path, people="name,code,kind\nRuta Sand,Latvia,hos\n"))
    with pytest.raises(KnowledgeError, match="cannot be read as a folder"):
        detente.read("x", knowledge=tmp_path / "nowhere")


# ------------------------------------------------------------------------------- nothing leaks


def test_an_addition_needs_no_restart_and_leaves_nothing_behind(tmp_path: Path) -> None:
    head = "name,code,kind,first\n"
    first = load(tmp_path, people=head + "Ruta Sand,LVA,hos,2031-01-08\n")
    second = load(tmp_path, people=head + "Rita Sand,LVA,hos,2031-01-08\n")
    assert first != second
    for known, name in ((first, "Ruta Sand"), (second, "Rita Sand"), (first, "Ruta Sand")):
        with using(known):
            found = holder("LVA", "hos", LATER)
            assert found
            assert found.name == name
    assert active() is OURS


def test_the_same_content_is_the_same_knowledge(tmp_path: Path) -> None:
    one = load(tmp_path / "a", traps="words,why\nRiga Cup,race\n")
    two = load(tmp_path / "b", traps="# mine\nwhy,words\n\nrace,Riga Cup\n")
    assert one == two
    assert one.digest == two.digest
    assert load_knowledge(tmp_path / "a") is one, "unchanged bytes keep what was made of them"
    assert load(tmp_path / "c", traps="words,why\nRiga Cup,regatta\n") != one


def test_threads_read_each_with_their_own(tmp_path: Path) -> None:
    head = "name,code,kind,first\n"
    folders = {
        n: load(tmp_path / n, people=f"{head}Ruta {n},LVA,hos,2031-01-08\n") for n in ("Sand", "Holm", "Berg")
    }
    seen: dict[str, set[str]] = {n: set() for n in folders}

    def look(name: str) -> None:
        with using(folders[name]):
            for _ in range(30):
                found = holder("LVA", "hos", LATER)
                seen[name].add(found.name if found else "")

    threads = [threading.Thread(target=look, args=(n,)) for n in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {n: {f"Ruta {n}"} for n in folders}


def test_knowledge_goes_to_another_process_and_back(tmp_path: Path) -> None:
    known = load(tmp_path, traps="words,why\nRiga Cup,race\n")
    with using(known):
        gazetteer()
    again = pickle.loads(pickle.dumps(known))
    assert again == known
    assert not again.made, "tables are made anew where it arrives"
    with using(again):
        assert [e.kind for e in gazetteer().get("Riga Cup")] == ["trap"]


def test_the_folder_given_goes_before_the_archives_and_that_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("given", "archive/knowledge", "named"):
        (tmp_path / name).mkdir(parents=True)
        write(tmp_path / name, traps=f"words,why\n{name.title()} Cup,race\n")
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "named"))
    archive = tmp_path / "archive"
    assert Path(find_knowledge(tmp_path / "given", archive=archive).folder).name == "given"
    assert Path(find_knowledge(archive=archive).folder).name == "knowledge"
    assert Path(find_knowledge(archive=tmp_path).folder).name == "named"
    monkeypatch.delenv("DETENTE_KNOWLEDGE")
    assert find_knowledge(archive=tmp_path) is OURS


def test_an_archive_knows_its_own_folder_and_no_other(tmp_path: Path) -> None:
    from detente import Archive

    write(tmp_path / "a-k", traps="words,why\nRiga Cup,race\n")
    (tmp_path / "a").mkdir()
    (tmp_path / "a-k").rename(tmp_path / "a" / "knowledge")
    with Archive(tmp_path / "a", create=True) as one, Archive(tmp_path / "b", create=True) as two:
        assert list(one.knowledge.tables) == ["traps"]
        assert two.knowledge is OURS
        write(tmp_path / "b" / "knowledge", roles="words\nharbour master\n")
        assert list(two.knowledge.tables) == ["roles"], "no restart, not even of the archive"


# ------------------------------------------------------------------------------- what is refused


def faults(table: str, data: str | bytes, name: str | None = None) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [str(f) for f in read_bytes(raw, name or f"{table}.csv", table).faults]


PERSON = "name,code,kind,first,last\n"


@pytest.mark.parametrize(
    ("table", "data", "said"),
    [
        ("people", b"name,code,kind\nB\xe9la,HUN,hos\n", "line 2: the byte 0xe9, where UTF-8"),
        ("people", "name,code,kind\n".encode("utf-16"), "line 1: UTF-16, where UTF-8"),
        ("people", b"name,code,kind\nA\0B,HUN,hos\n", "line 2: a zero byte"),
        ("people", "name,code\n", "the columns name, code, where also kind was expected"),
        ("people", "name,code,kind,alias\n", "the unknown column «alias», where one we know"),
        ("people", "name,code,kind,,first\n", "a column without a name (number 4)"),
        ("people", "name,code,kind,name\n", "column name: the column twice"),
        ("people", PERSON + "A B,LVA,hos,2020-01-01,2021-01-01,x\n", "line 2: 6 cells, where 5"),
        ("people", PERSON + '"A B,LVA,hos\n', "line 2: quotes that do not close"),
        ("people", PERSON + "A B,,hos\n", "column code: nothing, where the code of a state or body"),
        ("people", PERSON + "A B,Latvia,hos\n", "«Latvia», where the code of a state or body"),
        ("people", PERSON + "A B,Norwegian,hos\n", "was expected; write NOR"),
        ("people", PERSON + "A B,lva,hos\n", "write LVA"),
        ("people", PERSON + "A B,XQX,hos\n", "write the ISO 3166 code"),
        ("people", PERSON + "A B,LVA,fmm\n", "perhaps fm is meant"),
        ("people", PERSON + "...,LVA,hos\n", "column name: «...», where one name in letters"),
        ("people", PERSON + "A|B,LVA,hos\n", "write one name here and other spellings under aliases"),
        ("people", PERSON + "A B,LVA,hos,2031-02-30\n", "column first: «2031-02-30», where a day"),
        ("people", PERSON + "A B,LVA,hos,2031\n", "write a full day, as 2031-01-01"),
        ("people", PERSON + "A B,LVA,hos,2031-05\n", "write a full day, as 2031-05-01"),
        ("people", PERSON + "A B,LVA,hos,8.1.2031\n", "write 2031-01-08"),
        ("people", PERSON + "A B,LVA,hos,13/1/2031\n", "write 2031-01-13"),
        ("people", PERSON + "A B,LVA,hos,3/1/2031\n", "write year, month and day"),
        ("people", PERSON + "A B,LVA,hos,2031-01-08,2030-01-08\n", "where a day on or after 2031-01-08"),
        ("people", PERSON + "A\tB,LVA,hos\n", "the character U+0009"),
        ("people", PERSON + "A" * 6000 + ",LVA,hos\n", "a cell of 6,000 characters"),
        ("places", "name,lat\nAmber Bay,91\n", "a number from -90 to 90"),
        ("places", 'name;lat\nAmber Bay;57,4\n', "write 57.4"),
        ("outlets", "name,code,state_owned\nCourier,LVA,maybe\n", "write one of yes, no"),
        ("outlets", "name,code\nCourier,EUR\n", "where the code of a state"),
        ("traps", "words\n|\n", "column words: «|»"),
        ("organisations", "name,sector\nForum,ARMY\n", "where one of 19 words"),
        ("roles", "words\nHarbour Master\n", "write harbour master"),
        ("triggers", "words,type\nx,SANKTION\n", "perhaps SANCTION is meant"),
        ("triggers", "words,type,mode\nx,SANCTION,visit\n", "its modes are convict, expel, withdraw"),
        ("triggers", "words,type,cameo\nx,SANCTION,57\n", "with its leading zero"),
        ("triggers", "words,type,pos\nx,SANCTION,verb\n", "write one of v, n, a"),
        ("triggers", "words,type,source\nx,SANCTION,subject\n", "a list of slots"),
        ("triggers", "words,type,object\nx,SANCTION,@nosuchclass\n", "known @classes"),
        ("triggers", "words,type\na|b,SANCTION\n", "one run of lemmas"),
        ("word_classes", "class,lemmas\nsanction,ban\n", "begin it with @"),
    ],
)  # fmt: skip
def test_a_fault_says_where_what_and_what_would_mend_it(table: str, data: str | bytes, said: str) -> None:
    found = faults(table, data)
    assert len(found) == 1, found
    assert said in found[0]
    assert found[0].startswith(f"{table}.csv")
    assert found[0].endswith(".")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[[issues]\n", "line 1: no TOML"),
        ("x = 1\n", "«x», where issues, source or checked"),
        ("[issues]\nid = 1\n", "write [[issues]] with two brackets"),
        ("issues = [1]\n", "«1», where an issue was expected"),
        ('[[issues]]\nid = "Amber Bay"\nname = "x"\n', "line 1, column id: «Amber Bay»"),
        ('\n[[issues]]\nid = "amber"\n', "line 2, column name: nothing"),
        ('[[issues]]\nid = "amber"\nname = "x"\nalias = ["y"]\n', "the unknown key «alias»"),
        ('[[issues]]\nid = "amber"\nname = "x"\naliases = "y"\n', "a list of words"),
        ('[[issues]]\nid = "amber"\nname = "x"\nparents = ["nope"]\n', "the id of an issue"),
        ('[[issues]]\nid = "amber"\nname = "x"\nparents = ["amber"]\n', "a ring that leads back"),
        ('[[issues]]\nid = "amber"\nname = "x"\nkeywords = ["* + bay"]\n', "a set of terms"),
        ('[[issues]]\nid="a"\nname="x"\n[[issues]]\nid="a"\nname="y"\n', "line 4, column id: «a» a second"),
        ('issues = [\n{id="a", name="x"},\n{id="b", name="y", parents=["q"]}]\n', "line 3, column parents"),
        ('[[issues]]\nid = 5\nname = "x"\n', "words in quotes"),
    ],
)  # fmt: skip
def test_a_bad_issue_is_named_by_its_line(data: str, said: str) -> None:
    found = faults("issues", data, "issues.toml")
    assert found
    assert said in found[0]


def test_all_faults_of_a_file_are_listed_up_to_twenty() -> None:
    found = faults("people", PERSON + "A B,QQQ,hos\n" * 50)
    assert len(found) == MOST_FAULTS + 1
    assert "line 2," in found[0]
    assert "30 faults more" in found[-1]


def test_a_bad_file_is_left_out_whole_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, people=PERSON + "A B,LVA,hos\nC D,QQQ,hos\n", traps="words\nRiga Cup\n", leaders="x\n")
    known = load_knowledge(tmp_path)
    assert list(known.tables) == ["traps"]
    assert [(f.file, f.line) for f in known.faults] == [("leaders.csv", 0), ("people.csv", 3)]
    assert known == load(tmp_path / "sound", traps="words\nRiga Cup\n"), "the stamp says what was used"
    with pytest.raises(KnowledgeError, match="«QQQ»"):
        known.require_sound()


def test_two_files_for_one_table_are_a_fault(tmp_path: Path) -> None:
    write(tmp_path, traps="words\nRiga Cup\n")
    (tmp_path / "traps.tsv").write_text("words\nRiga Race\n", "utf-8")
    assert "a second file for traps" in str(load_knowledge(tmp_path).faults[0])


def test_notes_readmes_and_empty_tables_are_no_fault(tmp_path: Path) -> None:
    write(tmp_path, people="# only a note\n", traps="words,note\nRiga Cup,seen in May\n")
    (tmp_path / "README.txt").write_text("mine", "utf-8")
    known = load_knowledge(tmp_path)
    assert not known.faults
    assert list(known.tables) == ["traps"]


def test_spreadsheets_are_read_as_they_save() -> None:
    excel = "\ufeffname;code;kind;first;\r\nRuta Sand;LVA;hos;2031-01-08;\r\n;;;;\r\n".encode()
    sheet = read_bytes(excel, "people.csv", "people")
    assert not sheet.faults
    assert [row["name"] for row in sheet.rows] == ["Ruta Sand"]


def test_source_and_month_of_a_file_may_stand_in_its_first_line(tmp_path: Path) -> None:
    first = "# source: the gazette of Riga; checked: 2031-02\n"
    rows = first + "name,code,kind,first\nRuta Sand,LVA,hos,2031-01-08\n"
    with using(load(tmp_path, people=rows)):
        found = holder("LVA", "hos", LATER)
        assert found is not None
        assert (found.source, found.checked) == ("the gazette of Riga", "2031-02")
        assert holder("LVA", "hos", date(2040, 1, 1)) is None, "a checked row grows stale like ours"


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([s.table for s in SHAPES] + ["issues"]))
def test_any_bytes_are_rows_or_faults(data: bytes, table: str) -> None:
    sheet = read_bytes(data, f"{table}.csv", table)
    assert not (sheet.rows and sheet.faults)


CELLS = st.text(max_size=12) | st.sampled_from(["LVA", "hos", "2031-01-08", "SANCTION", "a|b"])


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(SHAPES),
    st.lists(st.lists(CELLS, max_size=10), max_size=5),
    st.data(),
)  # fmt: skip
def test_any_cells_under_a_right_header_are_rows_or_faults(
    shape: Shape, rows: list[list[str]], data: st.DataObject
) -> None:
    header = data.draw(st.permutations(shape.names))
    text = "\n".join([",".join(header), *(",".join(row) for row in rows)])
    sheet = read_bytes(text.encode("utf-8", "surrogatepass"), f"{shape.table}.csv", shape.table)
    assert len(sheet.faults) <= MOST_FAULTS + 1
    if sheet.rows and not sheet.faults:
        for row in fill_rows(shape.table, sheet):
            assert set(shape.names) <= set(row.cells)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='[]{}="\n\\ab-,.0x#|+* ', max_size=120))
def test_any_toml_is_issues_or_faults(text: str) -> None:
    sheet = read_bytes(f"[[issues]]\n{text}".encode(), "issues.toml", "issues")
    assert bool(sheet.rows) != bool(sheet.faults)


def test_deeply_nested_toml_is_a_fault() -> None:
    assert faults("issues", "x = " + "[" * 5000, "issues.toml")


# ------------------------------------------------------------------------------- beside our own


def test_every_example_row_is_sound() -> None:
    for shape in SHAPES:
        head, cells = ",".join(shape.example), ",".join(f'"{c}"' for c in shape.example.values())
        assert faults(shape.table, f"{head}\n{cells}\n") == []


def test_our_kinds_of_office_are_all_known() -> None:
    for file in ("people.csv", "people_recent.csv"):
        assert {row["kind"] for row in read_table(file, delimiter=",")} <= set(KINDS)
