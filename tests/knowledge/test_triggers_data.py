"""The trigger lexicon is well formed: its rows keep to the codebook, and each example shows its words."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from importlib import resources
from itertools import combinations

import pytest

Row = dict[str, str]

COLUMNS = ["words", "pos", "type", "mode", "cameo", "source", "recipient", "object", "example"]

MODES = {  # codebook.md, «Events»
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "SANCTION": "convict expel withdraw discontinue",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack"
    " aerial drone heavy-weapons crowd-control unconventional",
}

CAMEO_ROOTS = {  # which CAMEO families a PLOVER type may stand beside
    "AGREE": "03",
    "CONSULT": "04",
    "SUPPORT": "05",
    "CONCEDE": "03 055 056 08",
    "COOPERATE": "06",
    "AID": "07",
    "RETREAT": "08",
    "REQUEST": "02 10",
    "ACCUSE": "09 11",
    "REJECT": "12",
    "THREATEN": "13",
    "SANCTION": "116 16",
    "PROTEST": "14",
    "MOBILIZE": "15",
    "COERCE": "17 191 192",
    "ASSAULT": "171 175 18 19 20",
}

SLOTS = set(
    "joint subj obj iobj by poss to with against on over for of from at between among in into toward upon"
    " about around along behind near off past onto out through after under as alongside"
    " comp.subj xcomp".split()
)

CONTEXTS = set(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy"
    " economic legal reparations human_rights rights_freedoms repression human_security gender lgbt"
    " religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters"
    " natural_resources environment technology terrorism cbrn cyber misinformation crime corruption"
    " illegal_drugs trafficking".split()
)

IRREGULAR = {  # forms that do not begin as their lemma does
    "be": "is", "get": "got", "bear": "bore",
    "begin": "beg", "break": "bro", "bring": "brought", "buy": "bought", "come": "came",
    "draw": "drew", "drive": "drove", "feed": "fed", "fight": "fought", "find": "found", "fly": "fl",
    "forbid": "forb", "freeze": "fr", "give": "gave", "go": "went", "hang": "h", "hold": "held",
    "keep": "k", "lay": "la", "lead": "led", "leave": "left", "make": "made", "meet": "met", "pay": "pa",
    "read": "read", "ring": "rang", "rise": "rose", "run": "r", "say": "sa", "see": "saw",
    "seek": "sought", "sell": "sold", "send": "sent", "shoot": "shot", "sing": "s", "sink": "s",
    "sit": "sat", "slay": "sl", "speak": "spoke", "spread": "spr", "stand": "stood", "stick": "stuck",
    "strike": "struck", "swear": "sw", "swing": "sw", "take": "took", "tear": "tore", "tell": "told",
    "throw": "threw", "try": "tr", "withdraw": "withdrew", "withhold": "withh", "hear": "h",
    "down": "down", "undertake": "undertook", "retake": "retook", "overthrow": "overthrew",
    "fall": "fell", "overfly": "overfl", "overrun": "overr", "win": "won", "catch": "caught",
    "lend": "lent", "build": "built", "rebuild": "rebuilt", "blow": "bl", "beseech": "bese", "have": "h",
    "shake": "shook", "forgive": "forgave", "write": "wrote", "unfreeze": "unfroze", "spy": "spied",
    "cry": "cried", "uphold": "upheld", "become": "became", "eat": "ate", "wind": "wound",
}  # fmt: skip


def read_table(name: str) -> list[Row]:
    """Return the rows of a table of knowledge/data by column, comments left out."""
    text = resources.files("detente.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


TRIGGERS = read_table("triggers.tsv")
CLASSES = {row["class"]: row["lemmas"].split("|") for row in read_table("word_classes.tsv")}
ACTS = [row for row in TRIGGERS if row["type"] != "NONE"]


def name_row(row: Row) -> str:
    return f"{row['words']} ({row['pos']}, {row['object'] or 'any object'})"


def slots_of(row: Row) -> list[str]:
    return [slot for column in ("source", "recipient") for slot in row[column].split(",") if slot]


def shows(word: str, example: str) -> bool:
    """Whether a form of the lemma stands in the example: «strike» in «Israel struck two depots»."""
    if word == "-":
        return True
    forms = re.findall(r"[\w'-]+", example.lower()) + re.findall(r"\w+", example.lower())
    stem = word if len(word) < 3 else word[: max(3, len(word) - 2)]
    return any(form.startswith((stem, IRREGULAR.get(word, stem))) for form in forms)


def test_the_header_names_the_nine_columns() -> None:
    assert list(TRIGGERS[0]) == COLUMNS


def test_every_row_fills_its_columns_and_no_more() -> None:
    assert [name_row(r) for r in TRIGGERS if None in r or None in r.values()] == []
    assert [name_row(r) for r in TRIGGERS if any(v != v.strip() for v in r.values())] == []


def test_words_are_lower_case_lemmas_few_enough_to_match() -> None:
    assert [r["words"] for r in TRIGGERS if r["words"] != r["words"].lower()] == []
    assert [r["words"] for r in TRIGGERS if not 1 <= len(r["words"].split()) <= 4] == []
    assert {r["pos"] for r in TRIGGERS} == {"v", "n", "a"}


def test_types_and_modes_are_the_codebooks() -> None:
    wrong = [name_row(r) for r in ACTS if r["mode"] and r["mode"] not in MODES[r["type"]].split()]
    assert wrong == []


def test_every_type_and_every_mode_has_a_trigger() -> None:
    held = {(r["type"], r["mode"]) for r in ACTS}
    wanted = {(kind, mode) for kind, modes in MODES.items() for mode in modes.split()}
    assert wanted - held == set()
    assert set(MODES) == {kind for kind, _ in held}


def test_cameo_codes_agree_with_the_type() -> None:
    wrong = [name_row(r) for r in ACTS if not r["cameo"].startswith(tuple(CAMEO_ROOTS[r["type"]].split()))]
    assert wrong == []


def test_cameo_codes_are_in_the_published_list(pytestconfig: pytest.Config) -> None:
    listed = pytestconfig.rootpath.parent / "shared" / "data" / "facts" / "cameo" / "cameo-codes.csv"
    if not listed.exists():
        pytest.skip("the CAMEO code list (../shared/data/facts/cameo) is not beside the repository")
    with listed.open(encoding="utf-8") as rows:
        known = {row["code"] for row in csv.DictReader(rows)} | {"176"}  # 176: CAMEO 1.1b3, cyber attack
    assert {r["cameo"] for r in ACTS} - known == set()


def test_slots_are_ones_a_sentence_can_have() -> None:
    wrong = [name_row(r) for r in TRIGGERS for slot in slots_of(r) if slot.removesuffix("*") not in SLOTS]
    assert wrong == []
    assert [name_row(r) for r in ACTS if not slots_of(r)] == []


def test_a_stop_row_carries_no_coding() -> None:
    stops = [r for r in TRIGGERS if r["type"] == "NONE"]
    assert stops
    assert [name_row(r) for r in stops if r["mode"] or r["cameo"] or slots_of(r)] == []


def test_objects_name_lemmas_and_known_classes() -> None:
    parts = [(r, part) for r in TRIGGERS for part in r["object"].split("|") if r["object"]]
    assert [name_row(r) for r, part in parts if part.startswith("@") and part not in CLASSES] == []
    assert [name_row(r) for r, part in parts if not re.fullmatch(r"@?[a-zà-ÿ$€£¥][\wà-ÿ' -]*", part)] == []
    assert [name_row(r) for r in TRIGGERS if "comp" in r["object"].split("|") and r["object"] != "comp"] == []


def test_no_row_is_written_twice() -> None:
    counted = Counter((r["words"], r["pos"], r["object"]) for r in TRIGGERS)
    assert [key for key, times in counted.items() if times > 1] == []


def test_no_object_lemma_is_claimed_by_two_codings_of_one_word() -> None:
    """A lemma may stand in one row by class and in another by name (the name wins), never by name in both."""
    rows = defaultdict(list)
    for row in TRIGGERS:
        rows[row["words"], row["pos"]].append(row)
    clashes = []
    for same in rows.values():
        for a, b in combinations(same, 2):
            both = set(a["object"].split("|")) & set(b["object"].split("|")) - {""}
            if both and (a["type"], a["mode"]) != (b["type"], b["mode"]):
                clashes.append((name_row(a), name_row(b), both))
    assert clashes == []


def test_every_example_is_a_sentence_that_shows_its_words() -> None:
    assert [r["example"] for r in TRIGGERS if not r["example"].endswith(".")] == []
    hidden = [name_row(r) for r in TRIGGERS for word in r["words"].split() if not shows(word, r["example"])]
    assert hidden == []


def test_word_classes_are_lower_case_and_without_repeats() -> None:
    assert all(name.startswith("@") for name in CLASSES)
    assert [
        name for name, lemmas in CLASSES.items() if any(x != x.lower().strip() or not x for x in lemmas)
    ] == []


def test_the_lexicon_is_as_large_as_it_says() -> None:
    assert len(ACTS) >= 1200
    assert min(Counter(r["type"] for r in ACTS).values()) >= 40


def test_contexts_are_the_codebooks_with_enough_cues() -> None:
    cues = {row["context"]: row["cues"].split("|") for row in read_table("contexts.tsv")}
    assert set(cues) == CONTEXTS
    assert [name for name, words in cues.items() if not 14 <= len(words) <= 45] == []
    assert [name for name, words in cues.items() if len(set(words)) < len(words)] == []
    assert [w for words in cues.values() for w in words if w != w.lower().strip() or not w] == []


def test_every_trigger_verb_has_its_inflected_forms() -> None:
    """«expelled» leads back to «expel», «shot» to «shoot»; «be» is left to the reader."""
    reached = {row["lemma"] for row in read_table("verb_forms.tsv")}
    verbs = {r["words"].split()[0] for r in TRIGGERS if r["pos"] == "v"} - {"be"}
    spellings = {"appall", "fulfil", "lambaste"}  # share their forms with another spelling
    assert verbs - reached - spellings == set()


def test_no_form_leads_to_two_verbs() -> None:
    counted = Counter(row["form"] for row in read_table("verb_forms.tsv"))
    assert [form for form, times in counted.items() if times > 1] == []


def test_known_forms_lead_to_their_verbs() -> None:
    lemma = {row["form"]: row["lemma"] for row in read_table("verb_forms.tsv")}
    told = "expelled shot cancelled froze withdrew ratified condemned seizes vetoes boycotting".split()
    assert [lemma[form] for form in told] == (
        "expel shoot cancel freeze withdraw ratify condemn seize veto boycott".split()
    )
