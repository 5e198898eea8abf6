"""Build the tables of states, people and places from reference data on disk.

    python -m training.build_knowledge ../shared/data/facts

Writes `states.csv`, `people.csv`, `places_cities.csv` and `organisations_members.csv` into
`src/detente/knowledge/data/`. The tables beside them (`*_names`, `*_seats`, `*_recent`, …) are kept by hand,
and are never written here. Every row carries its source and the day that source was last right.

Who held an office comes first from our own lists in `training/offices`. Where they know an office, lists that
disagree are heard only for other spellings, save those of ministers that give days of their own.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from training.successions import read_chains

DATA = Path(__file__).resolve().parent.parent / "src" / "detente" / "knowledge" / "data"
MONTHS = "January February March April May June July August September October November December".split()
FIRST_DAY = "1985-01-01"  # people whose term ended before are left out, save heads (REIGN), kept from 1945

TERRITORIES = frozenset("ABW BMU COK FRO GIB GRL GUM MAC NCL PRI PYF FLK".split())
HOLDERS = {
    "armenia-ministers": "ARM",
    "australia-cabinet": "AUS",
    "belarus-ministers": "BLR",
    "brazil-ministers": "BRA",
    "canada-cabinet": "CAN",
    "china-ministers": "CHN",
    "egypt-ministers": "EGY",
    "finland-cabinet": "FIN",
    "france-cabinet": "FRA",
    "greece-cabinet": "GRC",
    "hungary-cabinet": "HUN",
    "india-ministers": "IND",
    "indonesia-ministers": "IDN",
    "iran-ministers": "IRN",
    "iraq-ministers": "IRQ",
    "israel-ministers": "ISR",
    "japan-ministers": "JPN",
    "kazakhstan-cabinet": "KAZ",
    "kosovo-cabinet": "KOS",
    "mexico-ministers": "MEX",
    "nigeria": "NGA",
    "norway-cabinet": "NOR",
    "pakistan-ministers": "PAK",
    "philippines-ministers": "PHL",
    "poland-cabinet": "POL",
    "russia-cabinet": "RUS",
    "south-africa-cabinet": "ZAF",
    "south-korea-ministers": "KOR",
    "sweden-cabinet": "SWE",
    "taiwan": "TWN",
    "turkey-ministers": "TUR",
    "uae-ministers": "ARE",
    "ukraine-cabinet": "UKR",
    "united-kingdom-cabinet": "GBR",
    "us-cabinet": "USA",
    "vietnam": "VNM",
    "yemen": "YEM",
}
KINDS: tuple[tuple[str, str], ...] = (
    # the first pattern that fits a title (whole, without case) names its kind
    (
        r"(first |second |third )?(deputy|vice) (prime minister|premier).*|vice premier of the state council",
        "hog-deputy",
    ),
    (r"(executive )?vice[- ]president|deputy president", "vice"),
    (
        r"(federal )?president( of the (swiss confederation|republic))?|king"
        r"|queen|emperor|emir|sultan|grand duke|"
        r"prince|pope|head of state|(interim|acting|transitional?) president",
        "hos",
    ),
    (r"supreme leader.*", "leader"),
    (
        r"prime minister|premier( of the state council)?|(federal )?chancellor|taoiseach|head of government|"
        r"state counsell?or|chief executive|president of the government.*"
        r"|(acting|interim|caretaker) prime minister",
        "hog",
    ),
    (
        r"(first |senior )?deputy (minister of foreign affairs"
        r"|foreign minister).*|minister of state for foreign affairs"
        r"|deputy secretary of state",
        "fm-deputy",
    ),
    (
        r"(federal )?(minister|secretary|secretary of state) (of"
        r"|for) ((european (affairs )?and )?(foreign|external) "
        r"(affairs|relations).*|external affairs.*|foreign and .*)"
        r"|foreign (minister|secretary).*|secretary of state",
        "fm",
    ),
    (
        r"(federal )?(minister|secretary|secretary of state) (of"
        r"|for) (national )?(defen[cs]e)( and armed forces.*)?|"
        r"minister of the armed forces|defen[cs]e (minister|secretary)",
        "dm",
    ),
    (
        r"(federal )?(minister|secretary) (of|for) (finance"
        r"|the treasury)( and .*)?|chancellor of the exchequer",
        "finance",
    ),
    (
        r"(federal )?(minister|secretary|president of the board) (of"
        r"|for) (international )?(trade|commerce)( and .*)?|"
        r"trade representative|minister of (economy, )?trade and industry",
        "trade",
    ),
    (
        r"national security advis[eo]r.*|assistant to the president for national security affairs|"
        r"secretary of the (supreme )?national security( and defen[cs]e)?"
        r" council|secretary of the security council",
        "security",
    ),
    (r"(permanent representative|ambassador) (to|at) the (united nations|un)\b.*", "envoy"),
    (
        r"ambassador to (the )?(united states.*|people's republic of china"
        r"|china|russia.*|united kingdom|germany|france"
        r"|india|japan|european union|nato|ukraine|israel|iran|turkey|south korea|north korea)",
        "envoy",
    ),
    (
        r"(white house|state department|government|presidential|foreign ministry|kremlin) "
        r"(press secretary|spokesperson)|press secretary.*",
        "spokes",
    ),
    (r"(chief of (the )?(defen[cs]e|general|army) staff|chairman of the joint chiefs of staff)", "military"),
    (r"director of (the )?(central intelligence agency|cia)", "spy"),
)
KINDS_READ = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in KINDS)
BODIES = {"UNO", "EUR", "NATO", "AFU", "IGO"}
ONE_AT_A_TIME = {"hos", "hog", "fm", "dm", "leader"}
SWITCH = {"KSV": "KOS", "ROM": "ROU", "ZAR": "COD", "TMP": "TLS"}
KEEP_PLAIN = {
    "of",
    "the",
    "and",
    "for",
    "de",
    "la",
    "da",
    "dos",
    "al",
    "el",
    "bin",
    "von",
    "der",
    "van",
    "di",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office: `last` is "" while it runs, `checked` the day the source was last right."""

    code: str
    kind: str
    title: str
    name: str
    aliases: tuple[str, ...]
    gender: str
    first: str
    last: str
    source: str
    checked: str


def fold(words: str) -> str:
    """Return words without accents or case: «Erdoğan» -> «erdogan»."""
    words = words.translate(str.maketrans("ıøłđðæœßŁØĐ’ʼ`", "ioldd" + "aosLOD'''"))
    plain = unicodedata.normalize("NFKD", words)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV, each line read as UTF-8 or, failing that, as Windows-1252."""
    lines = (decode(line) for line in path.read_bytes().splitlines(keepends=True))
    told = (line for line in lines if not line.startswith("# "))  # what our own tables say of themselves
    return [{k: v or "" for k, v in row.items() if k} for row in csv.DictReader(told)]


def decode(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def write(name: str, header: list[str], lines: Iterable[list[object]]) -> None:
    with (DATA / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        count = 0
        for line in lines:
            writer.writerow(line)
            count += 1
    print(f"{name}: {count} rows, {(DATA / name).stat().st_size // 1024} KB")


def kind_of(title: str, code: str = "") -> str | None:
    """Return the kind of an office by its title: «Minister of Foreign Affairs» -> «fm»; None for others."""
    title = title.strip().strip('"')
    if title.startswith("Foreign Secretary") and code in ("IND", "PAK", "PHL"):
        return "fm-deputy"  # there the first official of the ministry
    return next((kind for pattern, kind in KINDS_READ if pattern.fullmatch(title)), None)


def proper(name: str) -> str:
    """Return «Vladimir Putin» for «VLADIMIR_PUTIN_», keeping small particles small."""
    words = re.sub(r"\s+", " ", name.replace("_", " ")).strip().split(" ")
    words = [w.upper() if re.fullmatch("[IVXivx]{2,4}", w) else w for w in words]
    return " ".join(w.lower() if i and w.lower() in KEEP_PLAIN else _cap(w) for i, w in enumerate(words))


def _cap(word: str) -> str:
    if not word.isupper() or len(word) == 1 or "." in word or re.fullmatch("[IVX]+", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), word)


def country_info(facts: Path) -> Iterator[dict[str, object]]:
    """Yield the raw blocks of the CountryInfo file by state."""
    packed = (facts / "countryinfo/CountryInfo.120116.txt.gz").read_bytes()
    text = gzip.decompress(packed).decode("utf-8", errors="replace")
    for block in re.findall(r"<Country>(.*?)</Country>", text, re.DOTALL):
        code = re.search(r"<CountryCode>(\w+)", block)
        if code:
            yield {"code": SWITCH.get(code.group(1), code.group(1)), "block": block}


def tag(block: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", block, re.DOTALL)
    return found.group(1).strip() if found else ""


def factbook(facts: Path) -> Iterator[tuple[str, dict[str, dict[str, object]]]]:
    with gzip.open(facts / "factbook/factbook.jsonl.gz", "rt", encoding="utf-8") as handle:
        for line in handle:
            entry = json.loads(line)
            yield entry["gec"].upper(), entry["profile"]


STATE_COLUMNS = (
    "code name iso2 fips cow cow_letters gw cameo capital lat lon first last source checked".split()
)
CODES = Path(__file__).resolve().parent / "state_codes.csv"
FORMER_LETTERS = {"YAR": "YEM", "GFR": "DEU"}  # North Yemen and West Germany: our YEM and DEU before 1990


@dataclass(frozen=True, slots=True)
class States:
    """The rows of states.csv, and maps to our codes from FIPS, from COW's letters and from names."""

    rows: list[list[object]]
    by_fips: dict[str, str]
    by_letters: dict[str, str]
    by_name: dict[str, str]
    by_iso2: dict[str, str]


def read_states(facts: Path) -> States:
    """Return every state with its codes, capital and days."""
    names = rows(DATA / "states_names.csv")
    by_name = {fold(n): r["code"] for r in names for n in [r["name"], *r["names"].split("|")] if n}
    listed = {r["code"]: r for r in rows(CODES)}
    iso = {r["ISO3166-1-Alpha-3"]: r for r in rows(facts / "country_codes/country-codes.csv")}
    fips = {
        c: listed.get(c, {}).get("fips") or iso.get(c, {}).get("FIPS", "").strip() for c in {*listed, *iso}
    }
    by_fips = {f: c for c, f in fips.items() if f and not listed.get(c, {}).get("last")} | {"GZ": "PSE"}
    gone = [c for c, r in listed.items() if r["last"]]
    by_letters = {r["cow_letters"]: c for c, r in listed.items() if r["cow_letters"] and c not in gone}
    by_letters |= {listed[c]["cow_letters"]: c for c in gone if listed[c]["cow_letters"] not in by_letters}
    where: dict[str, tuple[float, float]] = {}
    for gec, profile in factbook(facts):
        point = capital_point(profile)
        if point and by_fips.get(gec):
            where.setdefault(by_fips[gec], point)
    out = [state_row(r["code"], r["name"], listed, iso, fips, where) for r in names]
    by_iso2 = {str(row[2]): str(row[0]) for row in out if row[2]}
    return States(out, by_fips, by_letters | FORMER_LETTERS, by_name, by_iso2)


def state_row(
    code: str,
    name: str,
    listed: dict[str, dict[str, str]],
    iso: dict[str, dict[str, str]],
    fips: dict[str, str],
    where: dict[str, tuple[float, float]],
) -> list[object]:
    ours, theirs = listed.get(code, {}), iso.get(code, {})
    capital = CAPITALS[code] if CAPITALS.get(code) else theirs.get("Capital", "")
    return [
        code,
        name,
        theirs.get("ISO3166-1-Alpha-2", ""),
        fips.get(code, ""),
        *(ours.get(c, "") for c in ("cow", "cow_letters", "gw", "cameo")),
        capital,
        *where.get(code, ("", "")),
        ours.get("first", ""),
        ours.get("last", ""),
        "ISO 3166; COW; Gleditsch-Ward; World Factbook",
        "2026-05",
    ]


CAPITALS = {
    "ISR": "Jerusalem",
    "PSE": "Ramallah",
    "KOS": "Pristina",
    "TWN": "Taipei",
    "SUN": "Moscow",
    "YUG": "Belgrade",
    "SCG": "Belgrade",
    "DDR": "East Berlin",
    "CSK": "Prague",
    "VDR": "Saigon",
    "YMD": "Aden",
    "USA": "Washington",
    "KAZ": "Astana",
    "UKR": "Kyiv",
    "MMR": "Naypyidaw",
    "BDI": "Gitega",
    "LKA": "Colombo",
    "BOL": "La Paz",
    "ESH": "",
    "HKG": "",
    "MAC": "",
    "CIV": "Yamoussoukro",
    "GIB": "",
    "SGP": "",
    "VAT": "",
    "MCO": "",
    "ZAF": "Pretoria",
    "NLD": "The Hague",
    "GNQ": "Malabo",
    "MEX": "Mexico City",
    "TZA": "Dodoma",
    "FLK": "Stanley",
    "MDA": "Chisinau",
}


def capital_point(profile: dict[str, dict[str, object]]) -> tuple[float, float] | None:
    text = str(profile.get("Government", {}).get("Capital", {}))
    found = re.search(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])", text)
    if not found:
        return None
    a, b, ns, c, d, ew = found.groups()
    lat, lon = int(a) + int(b) / 60, int(c) + int(d) / 60
    return round(lat if ns == "N" else -lat, 2), round(lon if ew == "E" else -lon, 2)


MINISTERS = "Wikidata, lists of ministers"
OURS = "general knowledge"

# --- people ---------------------------------------------------------------------------------------------


def terms_of_holders(facts: Path) -> Iterator[Term]:
    for stem, code in HOLDERS.items():
        for row in rows(facts / f"office_holders_21c/{stem}.csv"):
            kind = kind_of(row["position"], code)
            if not kind or not row["person"] or not row["start"]:
                continue
            gender = {"male": "m", "female": "f"}.get(row.get("gender", ""), "")
            yield Term(
                code,
                kind,
                tidy(row["position"]),
                row["person"],
                (),
                gender,
                whole(row["start"]),
                whole(row["end"], last=True),
                MINISTERS,
                "2022-10",
            )


def tidy(title: str) -> str:
    title = re.sub(r"^Federal ", "", title.strip())
    return re.sub(r"^ambassador", "Ambassador", re.sub(r" of the State Council$", "", title))


def whole(day: str, *, last: bool = False) -> str:
    """Return a full ISO day for «2014» or «2014-03»."""
    day = (re.match(r"\d{4}(-\d\d(-\d\d)?)?", day) or [""])[0]
    if not day:
        return ""
    if len(day) == 4:
        return day + ("-12-31" if last else "-01-01")
    if len(day) == 7:
        return day + ("-28" if last else "-01")
    return day[:10]


def terms_of_foreign_ministers(facts: Path, by_name: dict[str, str]) -> Iterator[Term]:
    for name in ("wikidata", "scraped"):
        for row in rows(facts / f"foreign_ministers/{name}.csv"):
            code = by_name.get(fold(row["countryLabel"].replace("The ", "")))
            if code and row["name"] and row["start"]:
                yield Term(
                    code,
                    "fm",
                    "Foreign Minister",
                    row["name"],
                    (),
                    "",
                    whole(row["start"]),
                    "",
                    "Wikidata",
                    "2022-12",
                )


def terms_of_world_leaders(facts: Path, by_name: dict[str, str]) -> Iterator[Term]:
    for name in ("wikidata", "wikipedia"):
        for row in rows(facts / f"world_leaders_2021/data/{name}.csv"):
            code = by_name.get(fold(row["country"]))
            label = row.get("positionLabel") or row.get("positionlabel", "")
            title = re.sub(r" of (the )?[A-Z].*", "", label)
            kind = kind_of(title)
            person = row.get("officeholderLabel") or row.get("officeholderlabel", "")
            if code and kind in ("hos", "hog", "leader") and person and row["start_year"]:
                yield Term(
                    code,
                    kind,
                    title,
                    person,
                    (),
                    "",
                    whole(row["start_year"]),
                    whole(row["end_year"], last=True),
                    "Wikidata",
                    "2022-10",
                )


def terms_now(facts: Path, by_iso2: dict[str, str]) -> Iterator[Term]:
    listed = json.loads((facts / "world_leaders_current/latest.json").read_text(encoding="utf-8"))
    for country in listed["countries"].values():
        code = by_iso2.get(country["country"]["iso_code"])
        for position, kind in (("head_of_state", "hos"), ("head_of_government", "hog")):
            holder = (country["positions"].get(position) or {}).get("current_holder") or {}
            title = (country["positions"].get(position) or {}).get("title_en", "")
            title = re.sub(r" of (the )?[A-Z].*", "", title) or "Head of state"
            wrong = (code, kind) == ("SAU", "hos")  # the list makes the crown prince king
            if code and holder.get("name_en") and holder.get("since") and not wrong:
                yield Term(
                    code,
                    kind,
                    title,
                    holder["name_en"],
                    (),
                    "",
                    holder["since"],
                    "",
                    "Wikidata",
                    listed["snapshot_date"],
                )


def terms_of_factbook(facts: Path, by_fips: dict[str, str]) -> Iterator[Term]:
    for fips, profile in factbook(facts):
        code = by_fips.get(fips)
        branch = profile.get("Government", {}).get("Executive branch", {})
        if not code or not isinstance(branch, dict):
            continue
        for field, kind in (("chief of state", "hos"), ("head of government", "hog")):
            text = html.unescape(re.sub("<[^>]+>", "", str(branch.get(field, {}).get("text", ""))))
            yield from factbook_person(code, kind, text)


PERSON = re.compile(
    r"(?P<title>(?:(?:Interim|Caretaker|Acting|Transition(?:al)?|Supreme"
    r"|Federal|Prime|Vice|Head|of|the|State|"
    r"Government|Council|Republic|Swiss|Confederation|Crown|Grand|Captains? Regent) )*"
    r"(?:President|Minister|King|Queen|Emperor|Emir|Amir|Sultan|Pope"
    r"|Chancellor|Premier|Taoiseach|Leader|Prince|"
    r"Chairman|Duke|Confederation|Spain|State"
    r"|Government))\s*(?:\([^)]*\) )?(?P<name>[^();,]*?[A-Z\u00c0-\u00dd'’-]{3,}[^();,]*?)"
    r"(?:; also spelled [^(]*)?\s*\(since (?P<since>[^);]*?)\)"
)


# What stands before a name when a title has a second half: «and Co-Vice President», «of the Cabinet Dr.»
LEAD_IN = re.compile(
    r"^(?:.*\b(?:President|Minister|Ministers|Chairperson|Chairman|Confederation|State|Affairs|Council)\s+)?"
    r"(?:s )?(?:(?:Dr|Capt|Gen|Lt|Col|Archbishop|Crown Prince)\.? )*"
)


def factbook_person(code: str, kind: str, text: str) -> Iterator[Term]:
    """Yield the first person named in «President XI Jinping (since 14 March 2013)»."""
    found = PERSON.search(text)
    since = factbook_day(found.group("since")) if found else ""
    if not found or not since:
        return
    raw = LEAD_IN.sub("", found.group("name").strip())
    title = found.group("title").replace("Amir", "Emir").strip()
    foreign = title in ("King", "Queen") and re.match(r"(CHARLES|ELIZABETH)", raw) and code != "GBR"
    if foreign:
        return
    kind = "leader" if title == "Supreme Leader" else kind
    yield Term(
        code,
        kind,
        title,
        proper(raw),
        (),
        "f" if title == "Queen" else "",
        since,
        "",
        "World Factbook",
        "2026-02",
    )


def factbook_day(words: str) -> str:
    found = re.search(r"(?:(\d{1,2}) )?([A-Z][a-z]{2})[a-z]*\.? (\d{4})", words)
    month = next((i for i, m in enumerate(MONTHS, 1) if found and m.startswith(found.group(2))), 0)
    if not found or not month:
        year = re.search(r"\b(1[89]|20)\d\d\b", words)
        return f"{year.group()}-01-01" if year else ""
    return f"{found.group(3)}-{month:02d}-{int(found.group(1) or 1):02d}"


def terms_of_country_info(facts: Path) -> Iterator[Term]:
    for country in country_info(facts):
        code, block = str(country["code"]), str(country["block"])
        for title, body in re.findall(r"<([A-Z][^>]*)>(.*?)</", tag(block, "Leaders"), re.DOTALL):
            yield from leaders_of(code, title, body)
        for line in tag(block, "Government").splitlines():
            yield from minister_of(code, line)


LEADER_TITLES = {
    "presidents": ("hos", "President"),
    "president": ("hos", "President"),
    "prime ministers": ("hog", "Prime Minister"),
    "prime minister": ("hog", "Prime Minister"),
    "premiers": ("hog", "Premier"),
    "chancellors": ("hog", "Chancellor"),
    "kings": ("hos", "King"),
    "king": ("hos", "King"),
    "kings/queens": ("hos", "Monarch"),
    "emirs": ("hos", "Emir"),
    "sultans": ("hos", "Sultan"),
    "emperors/empresses": ("hos", "Emperor"),
    "heads of state": ("hos", "Head of State"),
    "chairmen of the council of state": ("hos", "Chairman of the Council of State"),
    "heads of government": ("hog", "Head of Government"),
}


def leaders_of(code: str, title: str, body: str) -> Iterator[Term]:
    kind, printed = LEADER_TITLES.get(title.lower().replace("_", " "), ("", ""))
    if not kind:
        return
    for line in body.splitlines():
        names, spans = names_in(line), spans_in(line)
        for first, last in spans:
            if names and first:
                yield Term(
                    code, kind, printed, names[0], names[1:], "", first, last, "CountryInfo", "2009-06"
                )


def minister_of(code: str, line: str) -> Iterator[Term]:
    title = line.partition("#")[2].strip()
    kind = kind_of(re.sub(r'\s*"[^"]*"', "", title).replace("Min.", "Minister").replace("Affs.", "Affairs"))
    names = names_in(line)
    for first, last in spans_in(line):
        if kind in ("fm", "dm", "finance", "trade", "hos", "hog") and names:
            yield Term(
                code,
                kind,
                title,
                names[0],
                names[1:],
                "",
                first or "2003-01-01",
                last,
                "CountryInfo",
                "2011-02",
            )


def names_in(line: str) -> tuple[str, ...]:
    head = line.split("[")[0].split("#")[0]
    braced = re.findall(r"\{([^}]*)\}", head)
    names = braced or [head]
    return tuple(n for n in (proper(x.strip("_ \t\r;")) for x in names) if n)


def spans_in(line: str) -> Iterator[tuple[str, str]]:
    for first, last in re.findall(r"\[[A-Z]*\s*(\d{8}) - (\d{8})\]", line):
        yield iso(first), iso(last, last=True)
    for first in re.findall(r"\[[A-Z]*\s*>(\d{8})\]", line):
        yield iso(first), "?"
    for last in re.findall(r"\[[A-Z]+\s*<(\d{8})\]", line):
        yield "", iso(last, last=True)


def iso(day: str, *, last: bool = False) -> str:
    year, month, number = int(day[:4]), max(1, int(day[4:6])), max(1, int(day[6:8]))
    while number > 28:
        try:
            return date(year, month, number).isoformat()
        except ValueError:
            number -= 1
    return date(year, min(month, 12), number).isoformat()


def terms_of_reign(facts: Path, by_cow: dict[str, str]) -> Iterator[Term]:
    for row in rows(facts / "reign/leaderlist_3_21.csv"):
        code = by_cow.get(row["stateabb"])
        if not code or not row["syear"].isdigit() or row["leader"].strip() in ("", "NA"):
            continue
        first = f"{row['syear']}-{int(row['smonth'] or 1):02d}-{min(28, int(row['sdate'] or 1)):02d}"
        last = f"{row['eyear']}-{int(row['emonth'] or 12):02d}-28" if row["eyear"].isdigit() else ""
        name = re.sub(r"\s*\(.*?\)|,?\s+[A-Z]\.$", "", row["leader"]).strip(" ,")
        gender = {"1": "m", "0": "f"}.get(row["gender"], "")
        yield Term(
            code, "head", "Leader", re.sub(r"\s+", " ", name), (), gender, first, last, "REIGN", "2021-03"
        )


def overlap(a: Term, b: Term) -> bool:
    return a.first <= (b.last or "9999") and b.first <= (a.last or "9999")


def near(a: Term, b: Term, days: int = 120) -> bool:
    """Whether two terms start or end within some days of each other, or one lies in the other."""
    if overlap(a, b):
        return True
    gap = (
        date.fromisoformat(max(a.first, b.first))
        - date.fromisoformat(min(a.last or b.first, b.last or a.first))
    ).days
    return gap <= days


KOREAN = frozenset("kim lee ri pak park choe choi jang chang han yun yoon chung jong jung kang".split())
HONOURS = frozenset("sheikh prince king queen crown emir sultan dr gen capt sir lord mullah".split())


def same_person(a: str, b: str) -> bool:
    """Whether two names may be one person's: one holds the other, or they share name and surname.

    Fathers' names follow «bin»: there the first names must agree, or father and son would be one.
    """
    listed = [bare_words(n) for n in (a, b)]
    x, y = [set(words) - KEEP_PLAIN for words in listed]
    if not x or not y:
        return False
    if {"bin", "ibn"} & {*listed[0], *listed[1]} and listed[0][0] != listed[1][0]:
        return False
    if listed[0][0] in KOREAN and listed[1][0] in KOREAN:
        return "".join(listed[0]) == "".join(listed[1])  # Kim Jong-il and Kim Jong-un
    shared = {w for w in x & y if len(w) > 2}
    alike = fold(a)[0] == fold(b)[0]
    last, other = fold(a).split()[-1], fold(b).split()[-1]
    same_last = last[:2] == other[:2] or last in y or other in x
    return (
        x <= y or y <= x or (alike and same_last and (len(shared) >= 2 or (last == other and len(last) > 3)))
    )


def bare_words(name: str) -> list[str]:
    """Return the words of a name without honours before it: «King Hussein» gives hussein."""
    words = re.findall(r"\w+", fold(name))
    return [w for w in words[:-1] if w not in HONOURS] + words[-1:]


def titled(term: Term) -> Term:
    """Return a monarch of one name under the name with the title: «Philippe» alone may be anybody."""
    called = [a for a in term.aliases if a.endswith(f" {term.name}")]
    if " " in term.name or not called:
        return term
    return replace(term, name=called[0], aliases=tuple(a for a in term.aliases if a != called[0]))


def terms_of_chains() -> Iterator[Term]:
    """Yield the terms of our own lists, `training/offices`."""
    usual = {
        "fm": "Foreign Minister",
        "hos": "President",
        "hog": "Prime Minister",
        "dm": "Minister of Defence",
    }
    for h in read_chains():
        title = h.title or usual.get(h.kind, "Head")
        yield Term(h.code, h.kind, title, h.name, h.aliases, h.gender, h.first, h.last, OURS, h.checked)


def merge(terms: Iterable[Term]) -> list[Term]:
    """Return terms with doubles across sources made one, other spellings as aliases; ours come first."""
    groups: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in terms:
        known = groups[(term.code, term.kind)]
        fits = [i for i, k in enumerate(known) if same_term(k, term)]
        if not fits and not told_better(term, known):
            known.append(term)
        for i in fits if fits and known[fits[0]].source == OURS else fits[:1]:
            known[i] = join(known[i], term)  # a spelling is worth having in each term of a person
    return [t for g in groups.values() for t in close(g)]


def same_term(known: Term, term: Term) -> bool:
    return any(same_person(n, term.name) for n in (known.name, *known.aliases)) and near(known, term)


def told_better(term: Term, known: list[Term]) -> bool:
    """Whether our own list holds most of a term's days with somebody else in the office."""
    ours = [k for k in known if k.source == OURS]
    if not ours or term.source in (OURS, MINISTERS):
        return False
    last = min(
        term.last if term.last not in ("", "?") else term.checked + "-28", max(k.checked for k in ours)
    )
    begins = max(term.first, min(k.first for k in ours))
    middle = day_between(begins, last) if begins < last else begins
    return any(k.first <= middle <= (k.last or k.checked) for k in ours)


def day_between(first: str, last: str) -> str:
    a, b = (date.fromisoformat((d + "-28")[:10]) for d in (first, last))
    return date.fromordinal((a.toordinal() + b.toordinal()) // 2).isoformat()


def join(a: Term, b: Term) -> Term:
    """Return a term with what a second source adds: spellings, gender, an end, a day for a mere year."""
    aliases = {n for n in (*a.aliases, *b.aliases, b.name) if fold(n) != fold(a.name)}
    a = replace(a, aliases=tuple(sorted(aliases)), gender=a.gender or b.gender)
    if not overlap(a, b) and a.source == OURS:
        return a  # a year apart: the same name, another term
    first = exact_day(a.first, b.first)
    if a.source == OURS and b.source == MINISTERS:
        return widened(a, b)
    if a.source == OURS:
        return replace(a, first=first, last=exact_day(a.last, b.last))
    if a.source == b.source == MINISTERS and a.last and b.last:
        return replace(a, first=min(a.first, b.first), last=max(a.last, b.last))
    if b.checked > a.checked and not b.last and a.last == "":
        return replace(a, first=first, checked=b.checked)
    last = a.last if a.last not in ("", "?") else (b.last if b.last != "?" else a.last)
    return replace(a, first=first, last=last)


def widened(a: Term, b: Term, days: int = 20) -> Term:
    """Return a term with the earlier first and later last day of two sources that differ by some days."""
    near_first = abs(day(a.first) - day(b.first)) <= days or a.first.endswith("-01-01")
    near_last = a.last and b.last and abs(day(a.last) - day(b.last)) <= days
    first = min(a.first, b.first) if near_first else a.first
    first = b.first if a.first.endswith("-01-01") and b.first[:4] == a.first[:4] else first
    return replace(a, first=first, last=max(a.last, b.last) if near_last else a.last)


def exact_day(a: str, b: str) -> str:
    """Return the day rather than the mere year where two sources name the same year, else the first's."""
    return b if a.endswith("-01-01") and not b.endswith(("-01-01", "-12-31")) and a[:4] == b[:4] else a


def close(group: list[Term]) -> list[Term]:
    """End an open term where somebody else is known to have taken the office after it.

    A source says nothing of what came after its own day: a term left open years before the next one known
    ends a year after the source was last right.
    """
    group = sorted(group, key=lambda t: t.first)
    out = []
    for i, term in enumerate(group):
        later = next(
            (t.first for t in group[i + 1 :] if t.first > term.first and not same_person(t.name, term.name)),
            "",
        )
        open_end = term.last in ("", "?")
        fades = f"{int(term.checked[:4]) + 1}-12-31"
        if open_end and later and term.kind in ONE_AT_A_TIME:
            term = replace(term, last=min(later, fades))
        elif term.last == "?" or (open_end and term.checked < "2012"):
            term = replace(term, last=fades)
        out.append(term if not term.last or term.last >= term.first else replace(term, last=term.first))
    return out


def also_called(terms: list[Term], heads: list[Term]) -> list[Term]:
    """Return terms with the names REIGN has for the same heads as further spellings: «Calderon Sol»."""
    names: dict[str, list[Term]] = defaultdict(list)
    for head in heads:
        if " " in head.name or "-" in head.name:
            names[head.code].append(head)
    out = []
    for term in terms:
        extra = {
            h.name
            for h in names[term.code]
            if term.kind in ("hos", "hog", "leader") and same_person(h.name, term.name) and overlap(h, term)
        }
        extra -= {term.name, *term.aliases}
        out.append(replace(term, aliases=tuple(sorted({*term.aliases, *extra}))) if extra else term)
    return out


def place_heads(terms: list[Term], heads: Iterable[Term]) -> Iterator[Term]:
    """Yield REIGN's leaders that no other source has, and give dates to those it has by name only."""
    by_code: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        if term.kind in ("hos", "hog", "leader"):
            by_code[term.code].append(term)
    for head in heads:
        known = [t for t in by_code[head.code] if same_person(t.name, head.name)]
        if covers(known, head):
            continue
        known = [t for t in known if near(t, head, days=800)]
        fuller = max((t.name for t in known), key=len, default=head.name)
        title = known[0].title if known else "Leader"
        kind = known[0].kind if known else "leader"
        yield replace(
            head, name=fuller, title=title, kind=kind, aliases=(head.name,) if head.name != fuller else ()
        )


def covers(known: list[Term], head: Term) -> bool:
    """Whether known terms together hold most of a head's days: Putin's in two offices hold his since 2000."""
    end = "2021-03-01"
    day = date.fromisoformat
    first, last = day(head.first), day(max(min(head.last or end, end), head.first))
    held = {
        d
        for t in known
        if overlap(t, head)
        for d in range(max(first, day(t.first)).toordinal(), min(last, day(t.last or end)).toordinal() + 1)
    }
    days = (last - first).days + 1
    return len(held) >= 0.8 * days or (bool(held) and days - len(held) < 45)


def state_then(term: Term) -> str:
    """Return the state a term was held in: leaders of Moscow before 1992 the Soviet Union's, and so on."""
    if term.code == "RUS" and term.last and term.last <= "1991-12-27":
        return "SUN"
    if term.code == "SRB" and term.last and term.last <= "2006-06-05":
        return "YUG" if term.first < "2003-02-04" else "SCG"
    return term.code


def apostrophes(term: Term) -> Term:
    """Return a head's term with the short name as a spelling where an apostrophe would cut it: «O'Neill»."""
    short = term.name.split()[-1]
    if term.kind not in ("hos", "hog", "leader") or not re.search(r"\w['’ʻ]\w", short) or short == term.name:
        return term
    return replace(term, aliases=tuple(sorted({*term.aliases, short})))


def hand_kept() -> list[Term]:
    """Return the terms of the table kept by hand, so that none is told twice."""
    return [
        Term(
            r["code"],
            r["kind"],
            r["title"],
            r["name"],
            tuple(a for a in r["aliases"].split("|") if a),
            r["gender"],
            r["first"],
            r["last"],
            HAND,
            "2026-11",
        )
        for r in rows(DATA / "people_recent.csv")
    ]


HAND = "people_recent.csv"


def not_by_hand(terms: list[Term], hand: list[Term]) -> list[Term]:
    """Return terms without those the hand-kept table has too, days and spellings alike."""
    kept = []
    for term in terms:
        names = {fold(n) for n in (term.name, *term.aliases)}
        known = [h for h in hand if (h.code, h.kind) == (term.code, term.kind) and spans(h, term)]
        if not any(names <= {fold(n) for n in (h.name, *h.aliases)} for h in known):
            kept.append(term)
    return kept


def spans(a: Term, b: Term, days: int = 60) -> bool:
    """Whether a term holds another's days, give or take some."""
    begins = date.fromisoformat(a.first).toordinal() - days <= date.fromisoformat(b.first).toordinal()
    if not b.last:
        return begins and not a.last
    return begins and (not a.last or day(a.last) + days >= day(b.last))


def day(iso_day: str) -> int:
    return date.fromisoformat(iso_day).toordinal()


def read_people(facts: Path, states: States) -> list[Term]:
    """Return every term of office, our own lists first, sorted by state and office."""
    terms = [
        *terms_of_chains(),
        *terms_of_holders(facts),
        *terms_now(facts, states.by_iso2),
        *terms_of_factbook(facts, states.by_fips),
        *terms_of_world_leaders(facts, states.by_name),
        *terms_of_foreign_ministers(facts, states.by_name),
        *terms_of_country_info(facts),
    ]
    codes = {r["code"] for r in rows(DATA / "states_names.csv")} | BODIES
    terms = [
        t
        for t in terms
        if t.code.partition(":")[0] in codes and (not t.last or t.last == "?" or t.last >= t.first)
    ]
    terms = merge(t for t in terms if t.code not in TERRITORIES)
    terms = [t for t in terms if not t.last or t.last >= FIRST_DAY or t.kind in ("hos", "hog", "leader")]
    heads = list(terms_of_reign(facts, states.by_letters))
    terms = also_called(terms, heads)
    terms += list(place_heads([*terms, *hand_kept()], heads))
    terms = not_by_hand([t for t in terms if not t.last or t.first <= t.last], hand_kept())
    genders = {(h.code, fold(h.name).split()[-1]): h.gender for h in heads}
    terms = [
        replace(t, gender=t.gender or genders.get((t.code, fold(t.name).split()[-1]), "")) for t in terms
    ]
    terms = [titled(apostrophes(replace(t, code=state_then(t)))) for t in terms]
    return sorted(
        set(terms), key=lambda t: (t.code, t.kind, t.first, t.name, t.last, t.title, t.source, t.aliases)
    )


# --- places ---------------------------------------------------------------------------------------------


def read_cities(facts: Path, by_fips: dict[str, str], by_name: dict[str, str]) -> Iterator[list[object]]:
    """Yield big cities: the Factbook's urban areas, and CountryInfo's where a city list has them too."""
    listed: dict[tuple[str, str], str] = {}
    for row in rows(facts / "cities/world-cities.csv"):
        code = by_name.get(fold(row["country"])) or by_name.get(fold(row["country"]).replace("the ", ""))
        if code:
            listed.setdefault((code, fold(row["name"])), row["name"])
    seen: set[tuple[str, str]] = set()
    ours = {r["code"] for r in rows(DATA / "states_names.csv")}
    for fips, profile in factbook(facts):
        code = by_fips.get(fips)
        code = code if code in ours else None
        text = str(profile.get("People and Society", {}).get("Major urban areas - population", {}))
        for name in re.findall(r"(?:million|\d{3}) ([A-Z][^,;()'\"]*?)(?: \(|[,;'\"])", text):
            clean = proper(name.strip())
            if code and (code, fold(clean)) not in seen and len(clean) > 2:
                seen.add((code, fold(clean)))
                yield [clean, "", code, "city", "", "", "World Factbook", "2026-02"]
    for country in country_info(facts):
        code = str(country["code"])
        for line in tag(str(country["block"]), "MajorCities").splitlines():
            name = line.strip(" \t_\r").replace("_", " ").lower()
            if code in ours and (code, name) in listed and (code, name) not in seen:
                seen.add((code, name))
                yield [listed[(code, name)], "", code, "city", "", "", "GeoNames; CountryInfo", "2026-07"]


# --- members --------------------------------------------------------------------------------------------

# Our name of an organisation -> the reference list's.
LISTS = {
    "ASEAN": "ASEAN",
    "SCO": "SCO",
    "BRICS": "BRICS",
    "G7": "G-7",
    "G20": "G-20",
    "G77": "G-77",
    "European Union": "EU",
    "NATO": "NATO",
    "African Union": "AU",
    "OPEC": "OPEC",
    "GCC": "GCC",
    "OIC": "OIC",
    "Arab League": "LAS",
    "CIS": "CIS",
    "CSTO": "CSTO",
    "EAEU": "EAEU",
    "OAS": "OAS",
    "ECOWAS": "ECOWAS",
    "SAARC": "SAARC",
    "APEC": "APEC",
    "OSCE": "OSCE",
    "Council of Europe": "CE",
    "SADC": "SADC",
    "CELAC": "CELAC",
    "CARICOM": "CARICOM",
    "Mercosur": "MERCOSUR",
    "IGAD": "IGAD",
    "OECD": "OECD",
    "Non-Aligned Movement": "NAM",
    "IAEA": "IAEA",
    "ICC": "ICCT",
    "United Nations": "UN",
}
MEMBERS = Path(__file__).resolve().parent / "members.txt"
# Bodies to which all members of the United Nations belong but these, and some that are none.
NEARLY_ALL = {
    "IMF": ("CUB PRK MCO", (("KOS", "2009-06-29"), ("AND", "2020-10-16"), ("LIE", "2024-10-21"))),
    "World Bank": ("CUB PRK MCO AND LIE", (("KOS", "2009-06-29"),)),
    "WTO": (
        "AND AZE BHS BIH BLR BTN DZA ERI ETH GNQ IRN IRQ KIR LBN LBY MHL MCO FSM NRU PRK PLW SMR STP SRB SOM "
        "SSD SDN SYR TKM TUV UZB",
        (
            *(("CHN", "2001-12-11"), ("TWN", "2002-01-01"), ("SAU", "2005-12-11"), ("VNM", "2007-01-11")),
            *(("UKR", "2008-05-16"), ("CPV", "2008-07-23"), ("MNE", "2012-04-29"), ("WSM", "2012-05-10")),
            *(("RUS", "2012-08-22"), ("VUT", "2012-08-24"), ("LAO", "2013-02-02"), ("TJK", "2013-03-02")),
            *(("YEM", "2014-06-26"), ("SYC", "2015-04-26"), ("KAZ", "2015-11-30"), ("LBR", "2016-07-14")),
            *(("AFG", "2016-07-29"), ("COM", "2024-08-21"), ("TLS", "2024-08-30"), ("EUR", "1995-01-01")),
            *(("HKG", "1995-01-01"), ("MAC", "1995-01-01")),
        ),
    ),
    "WHO": ("LIE", (("COK", "1984-05-09"), ("NIU", "1994-05-04"))),
}


# What changed in bodies that come from the reference list: body, code, first and last day.
LATER = (
    ("ICC", "BDI", "2004-12-01", "2017-10-27"),
    ("ICC", "PHL", "2011-11-01", "2019-03-17"),
    ("ICC", "ARM", "2024-02-01", ""),
    ("ICC", "UKR", "2025-01-01", ""),
)


def read_members(facts: Path) -> Iterator[list[object]]:
    """Yield who belongs to which organisation since when, "" where always or still."""
    ours = {r["code"] for r in rows(DATA / "states_names.csv")} | {"EUR", "AFU"}
    told = list(our_members(MEMBERS.read_text("utf-8")))
    yield from ([*row, OURS, "2026-01"] for row in told)
    known = {body for body, *_ in told}
    listed = {v: k for k, v in LISTS.items()}
    later = {(body, code) for body, code, *_ in LATER}
    for row in rows(facts / "country_orgs/CountrycodesOrgs.csv"):
        body, code = listed.get(row["org_id"].strip()), row["ISO_3166_3"].strip()
        unknown = body and body not in known and (body, code) not in later
        if unknown and code in ours and row["org_member"].strip() == "member":
            yield [body, code, "", "", "World Factbook via dieghernan", "2020-12"]
    yield from ([*row, OURS, "2026-01"] for row in LATER)
    united = [code for body, code, _, last in told if body == "United Nations" and not last]
    for body, (without, further) in NEARLY_ALL.items():
        later = dict(further)
        yield from (
            [body, c, later.get(c, ""), "", OURS, "2026-01"] for c in united if c not in without.split()
        )
        yield from ([body, c, d, "", OURS, "2026-01"] for c, d in further if c not in united and c in ours)


def our_members(text: str) -> Iterator[list[str]]:
    """Yield body, code, first and last day from lines «NATO: 1949-08-24 BEL CAN; -1966-07-01 …»."""
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        body, _, told = line.partition(": ")
        stays: dict[str, list[list[str]]] = defaultdict(list)
        parts = [p.split() for p in told.split(";") if p.strip()]
        for day, *codes in sorted(parts, key=lambda p: (p[0].lstrip("-"), p[0].startswith("-"))):
            for code in codes:
                if not day.startswith("-"):
                    stays[code].append([day, ""])
                elif not stays[code] or stays[code][-1][1]:
                    raise ValueError(f"{body}: {code} leaves on {day[1:]}, but was no member")
                else:
                    stays[code][-1][1] = day[1:]
        yield from ([body, code, first, last] for code, spells in stays.items() for first, last in spells)


PEOPLE_COLUMNS = "code kind title name aliases gender first last source checked".split()


def people_row(t: Term) -> list[object]:
    return [
        t.code, t.kind, t.title, t.name, "|".join(t.aliases), t.gender, t.first, t.last, t.source, t.checked,
    ]  # fmt: skip


def main(facts: Path) -> None:
    states = read_states(facts)
    write("states.csv", STATE_COLUMNS, states.rows)
    write("people.csv", PEOPLE_COLUMNS, (people_row(t) for t in read_people(facts, states)))
    cities = read_cities(facts, states.by_fips, states.by_name)
    write("places_cities.csv", "name aliases country kind lat lon source checked".split(), cities)
    members = read_members(facts)
    write("organisations_members.csv", "organisation code first last source checked".split(), members)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data/facts"))
