"""An analysis as text: CoNLL-U for the usual evaluation scripts, or an indented outline for people.

Offsets and names stand in MISC: `start_char=0|end_char=7|NE=B-LOC|Chain=1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.language.analysis import Analysis, Sentence, Token


def to_conllu(analysis: Analysis) -> str:
    """Return the analysis as CoNLL-U, one block a sentence, ending in a blank line.

    `start_char` and `end_char` are half-open code points into the report's field, which the comment
    `# field` names. XPOS and DEPS are not given.
    """
    chains = _chain_marks(analysis)
    blocks = []
    paragraph: tuple[str, int] | None = None
    for number, sentence in enumerate(analysis.sentences, start=1):
        lines = [f"# sent_id = {number}", f"# field = {sentence.field}", f"# kind = {sentence.kind}"]
        if (sentence.field, sentence.paragraph) != paragraph:
            paragraph = (sentence.field, sentence.paragraph)
            lines.append("# newpar")
        lines.append(f"# text = {_one_line(sentence.text)}")
        lines += _rows(sentence, chains.get(number - 1, {}))
        blocks.append("\n".join(lines) + "\n\n")
    return "".join(blocks)


def _rows(sentence: Sentence, chains: dict[int, list[str]]) -> Iterator[str]:
    names = _name_marks(sentence)
    tokens = sentence.tokens
    i = 0
    while i < len(tokens):
        last = _group_end(sentence, i)
        if last > i:  # «don't»: one written word, two syntactic ones
            whole = sentence.text[tokens[i].start - sentence.start : tokens[last].end - sentence.start]
            misc = _space_after(sentence, last) or "_"
            yield "\t".join([f"{i + 1}-{last + 1}", _one_line(whole), *["_"] * 7, misc])
        for j in range(i, last + 1):
            after = "" if last > i else _space_after(sentence, j)
            yield _row(tokens[j], j, names.get(j), chains.get(j, []), after)
        i = last + 1


def _row(token: Token, index: int, name: str | None, chains: list[str], space: str) -> str:
    misc = [space] if space else []
    misc += [f"start_char={token.start}", f"end_char={token.end}"]
    if name:
        misc.append(f"NE={name}")
    if chains:
        misc.append("Chain=" + ",".join(chains))
    return "\t".join((
        str(index + 1), _one_line(token.text), _one_line(token.lemma) or "_", token.upos, "_",
        token.feats or "_",
        str(token.head + 1), token.deprel, "_", "|".join(misc),
    ))  # fmt: skip


def _group_end(sentence: Sentence, i: int) -> int:
    """Return the index of the last syntactic word written as one with word `i`."""
    tokens = sentence.tokens
    last = i
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start == tokens[last].end
        and tokens[last].text[-1:].isalpha()
        and _leans(tokens[last + 1].text)
    ):
        last += 1
    return last


def _leans(word: str) -> bool:
    """Whether a word is written onto the one before it: «n't», «'s», «not» of «cannot»."""
    return word[:1].isalpha() or (len(word) > 1 and word[0] in "'’" and word[1:].isalpha())


def _space_after(sentence: Sentence, i: int) -> str:
    tokens = sentence.tokens
    glued = i + 1 < len(tokens) and tokens[i + 1].start == tokens[i].end
    return "SpaceAfter=No" if glued else ""


def _name_marks(sentence: Sentence) -> dict[int, str]:
    return {
        i: f"{'B' if i == name.start else 'I'}-{name.kind}"
        for name in sentence.names
        for i in range(name.start, name.end)
    }


def _chain_marks(analysis: Analysis) -> dict[int, dict[int, list[str]]]:
    """Return chain numbers by sentence and head word."""
    marks: dict[int, dict[int, list[str]]] = {}
    for number, chain in enumerate(analysis.chains, start=1):
        for span in chain:
            marks.setdefault(span.sentence, {}).setdefault(span.head, []).append(str(number))
    return marks


def _one_line(text: str) -> str:
    """Return text with what would break a CoNLL-U line replaced by spaces."""
    return "".join(" " if c.isspace() or c in "\x00\x1c\x1d\x1e\x85\u2028\u2029" else c for c in text)


def to_text(analysis: Analysis) -> str:
    """Return the analysis for people: each sentence, its names, and its tree as an outline."""
    parts = []
    for number, sentence in enumerate(analysis.sentences, start=1):
        place = f"[{number}] {sentence.field}, {sentence.kind}, characters {sentence.start}-{sentence.end}"
        parts.append(f"{place}\n{_one_line(sentence.text)}\n")
        if sentence.names:
            parts.append("  names: " + ", ".join(_named(sentence)) + "\n")
        parts += [f"{line}\n" for line in _outline(sentence)]
        parts.append("\n")
    return "".join(parts)


def _named(sentence: Sentence) -> Iterator[str]:
    for name in sentence.names:
        a, b = sentence.tokens[name.start].start, sentence.tokens[name.end - 1].end
        yield f"{_one_line(sentence.text[a - sentence.start : b - sentence.start])} ({name.kind})"


def _outline(sentence: Sentence) -> Iterator[str]:
    """Yield one line a word, indented by its depth, in the order of the text."""
    depths: list[int] = []
    for i in range(len(sentence.tokens)):
        depth, j = 0, i
        while sentence.tokens[j].head >= 0 and depth < len(sentence.tokens):
            depth, j = depth + 1, sentence.tokens[j].head
        depths.append(depth)
    for token, depth in zip(sentence.tokens, depths, strict=True):
        feats = f" {token.feats}" if token.feats else ""
        yield f"  {'  ' * min(depth, 20)}{token.text}  {token.deprel} {token.upos} {token.lemma}{feats}"
