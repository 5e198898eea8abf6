"""A pronoun and a group that may be its bearer in, what speaks for and against the pair out, as numbers.

`describe` gives one row a candidate; the ranker in chains.py weighs the rows. All that is looked at stands in
the tree, the words and the groups: nothing here knows a particular name.
"""

from __future__ import annotations

import math
from itertools import islice

from detente.language.mentions import REFLEXIVES, Mention, Scene
from detente.language.naming_groups import PEOPLE, Group

ROLES = (
    "nsubj", "pass", "obj", "iobj", "obl", "agent", "nmod", "poss", "appos", "compound", "flat", "root",
    "xcomp", "vocative", "parataxis", "list",
)  # fmt: skip
ROLE_AT = {role: i for i, role in enumerate(ROLES)}
LABELS = ("PER", "")
NOUN_LABELS = ("def", "owned", "indef", "bare")
SUBJECT_ROLES = frozenset({"nsubj", "pass"})
OBJECT_ROLES = frozenset({"obj", "iobj"})
SPEECH = frozenset(
    "say tell add state declare announce claim warn argue note insist deny ask reply explain write comment "
    "stress report suggest admit believe think".split()
)
SETTLED = (
    2.5  # a lean at which the other gender is not weighed: GAP's rows, both names of one gender, teach it not
)
BACK_SENTENCES = 12  # GAP development: no antecedent further back
MAX_CANDIDATES = 24

Row = list[float]


def candidates(scene: Scene, groups: list[Group], pronoun: Mention) -> list[Group]:
    """Return the groups a pronoun may mean: those near before it, or in its own sentence after it."""
    s, found = pronoun.span.sentence, []
    for group in groups:
        if group.label not in PEOPLE or _is_other_gender(group, pronoun):
            continue
        if s - group.mentions[-1].span.sentence > BACK_SENTENCES or group.mentions[0].span.sentence > s:
            continue
        near = nearest(group, pronoun)
        if near is None or s - near.span.sentence > BACK_SENTENCES:
            continue
        if near.place > pronoun.place and near.span.sentence != s:
            continue
        found.append(group)
    found.sort(key=lambda g: abs(nearest(g, pronoun).place - pronoun.place))  # type: ignore[union-attr]
    return found[:MAX_CANDIDATES]


def _is_other_gender(group: Group, pronoun: Mention) -> bool:
    return group.lean * pronoun.lean < 0 and (group.pronouns > 0 or abs(group.lean) >= SETTLED)


def nearest(group: Group, pronoun: Mention) -> Mention | None:
    """Return a group's last mention before a pronoun, else its first after it."""
    before = group.before(pronoun.place)
    if before:
        return before[-1]
    return next(iter(group.after(pronoun.place)), None)


def describe(scene: Scene, groups: list[Group], pronoun: Mention, found: list[Group]) -> list[Row]:
    """Return a row for each candidate and, last, one for «none of them»."""
    own = _pronoun_row(scene, pronoun)
    rows: list[Row] = []
    counts = [len(g.before(pronoun.place)) for g in found]
    most = max(counts, default=0)
    firsts = {id(g): i for i, g in enumerate(list(islice((g for g in groups if g.label in PEOPLE), 3)))}
    agreeing = [g for g in found if g.lean * pronoun.lean > 0]
    last_same = _last_bearer(found, pronoun)
    walk = _walk(scene, found, pronoun)
    for rank, group in enumerate(found):
        near = nearest(group, pronoun)
        assert near is not None
        named = _nearest_named(group, pronoun)
        row = [0.0, *own]
        row += _group_row(scene, group, pronoun, near)
        row += [
            math.log1p(rank),
            float(rank == 0),
            math.log1p(counts[rank]),
            float(counts[rank] == most and most > 1),
            float(firsts.get(id(group), 9) == 0),
            float(id(group) in firsts),
            float(group is last_same),
            float(last_same is None),
            float(bool(agreeing) and group is agreeing[0]),
            float(len(agreeing) == 1 and group is agreeing[0]),
            math.log1p(len(agreeing)),
            math.log1p(walk.get(id(group), 12)),
            float(walk.get(id(group)) == 0),
            float(walk.get(id(group)) == 1),
        ]
        row += _mention_row(scene, near) + _pair_row(scene, pronoun, near)
        row += [float(named is near)]
        row += ([0.0] * MENTION_WIDTH + [0.0] * PAIR_WIDTH) if named is None else (
            _mention_row(scene, named) + _pair_row(scene, pronoun, named)
        )  # fmt: skip
        rows.append(row)
    none = [1.0, *own, *([0.0] * (WIDTH - 1 - len(own)))]
    none[-1] = math.log1p(len(agreeing))
    none[-2] = math.log1p(len(found))
    return [*([*row, 0.0, 0.0] for row in rows), none]


def _walk(scene: Scene, found: list[Group], pronoun: Mention) -> dict[int, int]:
    """Return the place of each fitting group in a walk from the pronoun's sentence back, each left to right.

    So goes the search of Hobbs (1978), which finds the subject of the clause before most others.
    """
    s = pronoun.span.sentence
    barred = _barred(scene, pronoun)
    steps = []
    for group in found:
        before = [
            (s - m.span.sentence, m.place, id(group))
            for m in group.before(pronoun.place)
            if not (m.span.sentence == s and m.span.head in barred)
        ]
        if before:
            steps.append(min(before))
    return {key: n for n, (_, _, key) in enumerate(sorted(steps))}


def _barred(scene: Scene, pronoun: Mention) -> set[int]:
    """Return the words of its sentence a pronoun cannot mean: the other arguments of its own verb."""
    s, i = pronoun.span.sentence, pronoun.span.head
    heads = scene.heads(s)
    if pronoun.words[0] in REFLEXIVES or scene.role(s, i) == "poss":
        return set()
    up = heads[scene.first_conjunct(s, i)]
    return {k for k in scene.kids(s)[up] if k != i} if up >= 0 else set()


def _nearest_named(group: Group, pronoun: Mention) -> Mention | None:
    for mention in (*reversed(group.before(pronoun.place)), *group.after(pronoun.place)):
        if mention.kind != "pronoun":
            return mention
    return None


def _last_bearer(found: list[Group], pronoun: Mention) -> Group | None:
    """Return the group that the last pronoun of the same gender joined."""
    best, place = None, -1
    for group in found:
        if not group.pronouns:
            continue
        for m in group.before(pronoun.place):
            if m.kind == "pronoun" and m.label == pronoun.label and m.place > place:
                best, place = group, m.place
    return best


def _role_bits(role: str) -> Row:
    bits = [0.0] * len(ROLES)
    if (at := ROLE_AT.get(role)) is not None:
        bits[at] = 1.0
    return bits


def _pronoun_row(scene: Scene, p: Mention) -> Row:
    s, i = p.span.sentence, p.span.head
    tokens = scene.sentences[s].tokens
    above = scene.above(s, i)
    clause = tokens[above[0]].deprel.partition(":")[0]
    return [
        *_role_bits(scene.role(s, i)),
        float(p.label == "f"),
        float(p.words[0] in REFLEXIVES),
        float(i == 0),
        float(s == 0),
        float(s == 1),
        math.log1p(len(above)),
        float(scene.quoted[s][i]),
        float(clause == "advcl"),
        float(clause == "acl"),
        float(clause == "ccomp"),
        float(clause in ("advcl", "acl") and above[0] < above[-1]),
        float(tokens[i].deprel.startswith("conj")),
    ]


def _group_row(scene: Scene, group: Group, p: Mention, near: Mention) -> Row:
    sign = 1.0 if p.label == "f" else -1.0
    lean = sign * group.lean
    s = p.span.sentence
    before, after = group.before(p.place), group.after(p.place)
    subjects = sum(1 for m in before if scene.role(m.span.sentence, m.span.head) in SUBJECT_ROLES)
    named_after = [m for m in after if m.kind == "name"]
    clauses = scene.clauses(s)
    next_here = next((m for m in named_after if m.span.sentence == s), None)
    return [
        max(-1.0, min(1.0, lean / 4)),
        float(lean >= 2),
        float(lean <= -2),
        float(abs(lean) < 0.7),
        *(float(group.label == label and bool(group.forms)) for label in LABELS),
        float(not group.forms),
        float(group.pronouns > 0),
        math.log1p(group.pronouns),
        math.log1p(subjects),
        subjects / max(1, len(before)),
        float(next_here is not None),
        float(next_here is not None and clauses[next_here.span.head] == clauses[p.span.head]),
        float(any(m.span.sentence == s + 1 for m in named_after)),
        math.log1p(len(after)),
        float(any(m.roles for m in (*before, *after))),
        float(
            any(m.span.sentence == s - 1 and scene.role(s - 1, m.span.head) in SUBJECT_ROLES for m in before)
        ),
        float(any(m.span.sentence == s and scene.role(s, m.span.head) in SUBJECT_ROLES for m in before)),
        float(any(m.span.sentence == s and m.kind == "pronoun" for m in before)),
        float(any(len(form) > 1 for form in group.forms)),
        float(near.place > p.place),
    ]


def _mention_row(scene: Scene, m: Mention) -> Row:
    s, i = m.span.sentence, m.span.head
    tokens = scene.sentences[s].tokens
    return [
        *_role_bits(scene.role(s, i)),
        float(tokens[i].deprel.startswith("conj")),
        float(m.kind == "name"),
        float(m.kind == "pronoun"),
        *(float(m.kind == "noun" and m.label == label) for label in NOUN_LABELS),
        float(m.label == "PER"),
        float(len(m.words) == 1),
        float(len(m.words) > 2),
        float(scene.quoted[s][i]),
        float(scene.bracketed[s][i]),
        float(m.span.start == 0),
        math.log1p(len(scene.path(s, i))),
        float(any(tokens[k].deprel.startswith("conj") for k in scene.kids(s)[i])),
        float(m.span.end < len(tokens) and tokens[m.span.end].text in ("'s", "’s")),
        float(m.span.end < len(tokens) and tokens[m.span.end].text == ","),
        float(scene.sentences[s].kind != "prose"),
        float(tokens[i].deprel.startswith("appos")),
    ]


def _pair_row(scene: Scene, p: Mention, m: Mention) -> Row:
    s, i, t, j = p.span.sentence, p.span.head, m.span.sentence, m.span.head
    back = s - t
    p_role, m_role = scene.role(s, i), scene.role(t, j)
    p_quoted, m_quoted = scene.quoted[s][i], scene.quoted[t][j]
    row = [
        float(back == 0 and m.place < p.place),
        float(m.place > p.place),
        float(back == 1),
        float(back == 2),
        float(back == 3),
        float(back > 3),
        math.log1p(max(0, back)),
        math.log1p(abs(p.place - m.place)) / 2,
        float(p_role == m_role),
        float(p_role in SUBJECT_ROLES and m_role in SUBJECT_ROLES),
        float(p_role == "poss" and m_role in SUBJECT_ROLES),
        float(p_role in OBJECT_ROLES and m_role in OBJECT_ROLES),
        float(p_role in SUBJECT_ROLES and m_role not in SUBJECT_ROLES),
        float(back == 1 and p_role in SUBJECT_ROLES and m_role in SUBJECT_ROLES),
        float(p_quoted and not m_quoted),
        float(m_quoted and not p_quoted),
        float(scene.sentences[s].paragraph == scene.sentences[t].paragraph),
        *_verb_row(scene, p, m),
    ]
    row += _tree_row(scene, p, m) if s == t else [0.0] * TREE_WIDTH
    return row


def _verb_row(scene: Scene, p: Mention, m: Mention) -> Row:
    """Return what the clauses of both say: the same verb again, or speech."""
    s, t = p.span.sentence, m.span.sentence
    verb = scene.sentences[s].tokens[scene.clauses(s)[p.span.head]]
    other = scene.sentences[t].tokens[scene.clauses(t)[m.span.head]]
    return [
        float(verb.lemma == other.lemma and verb is not other),
        float(verb.lemma in SPEECH),
        float(other.lemma in SPEECH),
        float(verb.lemma in SPEECH and other.lemma in SPEECH),
        float(other.upos == "VERB"),
    ]


def _tree_row(scene: Scene, p: Mention, m: Mention) -> Row:
    """Return how two words of one sentence stand in its tree: who governs whom, in which clauses."""
    s, i, j = p.span.sentence, p.span.head, m.span.head
    tokens, heads = scene.sentences[s].tokens, scene.heads(s)
    i_above, j_above = scene.above(s, i), scene.above(s, j)
    i_path, j_path = scene.path(s, i), scene.path(s, j)
    i_first, j_first = scene.first_conjunct(s, i), scene.first_conjunct(s, j)
    i_up, j_up = heads[i_first], heads[j_first]
    is_subject = scene.role(s, j) in SUBJECT_ROLES
    level = i_above.index(j_above[0]) if j_above[0] in i_above else -1
    down = j_above.index(i_above[0]) if i_above[0] in j_above else -1
    shared = len(set(i_path) & set(j_path))
    is_poss = scene.role(s, i) == "poss"
    is_reflexive = p.words[0] in REFLEXIVES
    owner = heads[i] if is_poss else -1
    says = tokens[i_above[0]].deprel.partition(":")[0]
    return [
        float(level == 0),
        float(level == 1),
        float(level > 1),
        float(down > 0),
        float(level < 0 and down < 0),
        float(level == 0 and is_subject),
        float(level == 1 and is_subject),
        float(level > 1 and is_subject),
        float(i_up == j_up and i_up >= 0 and not is_poss and not is_reflexive),
        float(i_up == j_up and is_reflexive),
        float(is_poss and level == 0 and is_subject),
        float(is_poss and owner in j_path and owner != j),
        float(is_poss and owner == j),
        float(is_poss and owner >= 0 and heads[owner] == j_up and j_up >= 0),
        float(j in i_path),
        float(j in i_path and owner >= 0 and tokens[owner].deprel.startswith("conj")),
        float(
            j in i_path
            and any(tokens[x].deprel.startswith(("acl", "appos")) for x in i_path[: i_path.index(j)])
        )
        if j in i_path
        else 0.0,
        float(i in j_path),
        float(owner >= 0 and tokens[owner].deprel.startswith("appos") and heads[owner] == j),
        math.log1p(len(i_path) + len(j_path) - 2 * shared),
        float(says in ("ccomp", "parataxis") and level == 1 and is_subject),
        float(tokens[j].deprel.startswith("appos") and heads[j] in i_path[1:]),
    ]


TREE_WIDTH = 22
PAIR_WIDTH = 22 + TREE_WIDTH
MENTION_WIDTH = len(ROLES) + 19
OWN_WIDTH = len(ROLES) + 12
GROUP_WIDTH = 4 + len(LABELS) + 15
WIDTH = 1 + OWN_WIDTH + GROUP_WIDTH + 14 + MENTION_WIDTH + PAIR_WIDTH + 1 + MENTION_WIDTH + PAIR_WIDTH + 2
