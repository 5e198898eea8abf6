"""A checkpoint as the files the package carries: `python -m training.export runs/NAME/best.pt`.

Writes reader.onnx (8-bit weights and tables, words quantised one by one), tokenizer.json without the
pieces no English report needs, labels.json and lemmas.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training import sources
from training.lemma_rules import known_verbs, learn_rules
from training.network import Network, Sizes

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src/detente/language/model"
Array = np.ndarray[Any, Any]

# 7 bits: sums of two products then fit 16 bits, so processors without the newer dot-product instructions get
# the same whole numbers. On the development sets it costs nothing (EWT LAS 86.21 against 86.18 with 8 bits).
WEIGHT_LEVELS = 63


class Graph:
    """Nodes and weights of an ONNX graph under construction."""

    def __init__(self, how: str) -> None:
        self.how = how  # "row": one scale a word; "tensor": one scale a window; "float"
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.count = 0

    def const(self, value: Array, name: str | None = None) -> str:
        """Add a constant, return its name."""
        name = name or f"c{self._next()}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, out: str | None = None, **attributes: Any) -> Any:
        """Add a node, return its output's name (or names)."""
        names = [out] if out else [f"t{self._next()}" for _ in range(outputs)]
        domain = attributes.pop("domain", "")
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def _next(self) -> int:
        self.count += 1
        return self.count

    def table(self, weight: Array, ids: str) -> str:
        """Return rows of a table kept in 8 bits with one scale a row."""
        scale = np.maximum(np.abs(weight).max(1, keepdims=True), 1e-8) / 127
        q = np.clip(np.round(weight / scale), -127, 127).astype(np.int8)
        rows = self.op("Cast", self.op("Gather", self.const(q), ids), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", self.const(scale.astype(np.float32)), ids))

    def half(self, weight: Array) -> str:
        """Return a constant kept in 16 bits, widened when loaded."""
        return self.op("Cast", self.const(weight.astype(np.float16)), to=TensorProto.FLOAT)

    def quantise(self, x: str) -> tuple[str, ...]:
        """Return what `linear` needs of its input."""
        if self.how == "row":
            top = self.op("ReduceMax", self.op("Abs", x), self.const(np.array([-1], np.int64)), keepdims=1)
            scale = self.op(
                "Max", self.op("Mul", top, self.const(np.float32(1 / 127))), self.const(np.float32(1e-8))
            )
            scaled = self.op("Round", self.op("Div", x, scale))
            shifted = self.op("Add", scaled, self.const(np.float32(128)))
            return self.op("Cast", shifted, to=TensorProto.UINT8), scale
        if self.how == "tensor":
            return tuple(self.op("DynamicQuantizeLinear", x, outputs=3))
        return (x,)

    def linear(self, x: tuple[str, ...], weight: Array, bias: Array) -> str:
        """Return x @ weight.T + bias."""
        if self.how == "float":
            return self.op("Add", self.op("MatMul", x[0], self.const(weight.T)), self.const(bias))
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / WEIGHT_LEVELS
        q = np.clip(np.round(weight / scale[:, None]), -WEIGHT_LEVELS, WEIGHT_LEVELS).astype(np.int8).T
        scale = scale.astype(np.float32)
        if self.how == "row":
            zero = self.const(np.uint8(128))
            product = self.op(
                "Cast", self.op("MatMulInteger", x[0], self.const(q), zero), to=TensorProto.FLOAT
            )
            scaled = self.op("Mul", self.op("Mul", product, x[1]), self.const(scale))
        else:
            product = self.op(
                "MatMulInteger", x[0], self.const(q), x[2], self.const(np.zeros(len(scale), np.int8))
            )
            product = self.op("Cast", product, to=TensorProto.FLOAT)
            scaled = self.op("Mul", product, self.op("Mul", x[1], self.const(scale)))
        return self.op("Add", scaled, self.const(bias))

    def plain(self, x: str, weight: Array, bias: Array) -> str:
        """Return x @ weight.T + bias with 16-bit weights."""
        return self.op("Add", self.op("MatMul", x, self.half(weight.T)), self.const(bias))

    def norm(self, x: str, weight: Array, bias: Array) -> str:
        """Return layer normalisation over the last axis."""
        return self.op("LayerNormalization", x, self.const(weight), self.const(bias), axis=-1, epsilon=1e-12)


def build(network: Network, how: str, kept: Array) -> onnx.ModelProto:
    """Return the network as ONNX for one window: 1-D inputs, word-level outputs."""
    p = {k: v.detach().float().numpy() for k, v in network.state_dict().items()}
    s = network.sizes
    g = Graph(how)
    length = g.op("Shape", "ids")
    place = g.op("Slice", g.half(p["encoder.place.weight"][:256]), g.const(np.array([0], np.int64)), length,
                 g.const(np.array([0], np.int64)))  # fmt: skip
    x = g.op("Add", g.table(p["encoder.word.weight"][kept], "ids"), place)
    x = g.op("Add", x, g.op("Gather", g.const(p["encoder.shape.weight"]), "shapes"))
    x = g.op("Add", x, g.op("Gather", g.const(p["encoder.glue.weight"]), "glues"))
    states = [g.norm(x, p["encoder.norm.weight"], p["encoder.norm.bias"])]
    for i in range(s.layers):
        states.append(_layer(g, p, f"encoder.layers.{i}.", states[-1], s))
    mix = torch.softmax(network.mix.detach().float(), 1).numpy()
    tag, tree, name, act = (_pick(g, states, weights) for weights in mix)
    _heads(g, p, tag, tree, name, s)
    _act_heads(g, p, act, s)
    sides = {"ids": "t", "shapes": "t", "glues": "t", "first": "n", "last": "n"}
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, [d]) for name, d in sides.items()]
    names = (
        "tags",
        "names",
        "starts",
        "arcs",
        "rel_left",
        "rel_right",
        "vectors",
        "acts",
        "act_asks",
        "act_party",
    )
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in names]
    graph = helper.make_graph(g.nodes, "reader", inputs, outputs, g.weights)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def _layer(g: Graph, p: dict[str, Array], at: str, x: str, s: Sizes) -> str:
    each = s.width // s.attention
    q_in = g.quantise(x)
    split = [p[at + "qkv.weight"].reshape(3, s.width, s.width), p[at + "qkv.bias"].reshape(3, s.width)]
    split[0] = split[0].copy()
    split[1] = split[1].copy()
    split[0][0] /= each**0.5  # the scale of attention, folded into the queries
    split[1][0] /= each**0.5
    qkv = g.linear(q_in, split[0].reshape(-1, s.width), split[1].reshape(-1))
    shaped = g.op("Reshape", qkv, g.const(np.array([-1, 3 * s.attention, each], np.int64)))
    by_head = g.op("Transpose", shaped, perm=[1, 0, 2])
    q, k, v = g.op("Split", by_head, outputs=3, axis=0, num_outputs=3)
    a = g.op("Softmax", g.op("MatMul", q, g.op("Transpose", k, perm=[0, 2, 1])), axis=-1)
    joined = g.op("Transpose", g.op("MatMul", a, v), perm=[1, 0, 2])
    joined = g.op("Reshape", joined, g.const(np.array([-1, s.width], np.int64)))
    out = g.linear(g.quantise(joined), p[at + "out.weight"], p[at + "out.bias"])
    x = g.norm(g.op("Add", x, out), p[at + "norm1.weight"], p[at + "norm1.bias"])
    h = g.op("Gelu", g.linear(g.quantise(x), p[at + "up.weight"], p[at + "up.bias"]))
    h = g.linear(g.quantise(h), p[at + "down.weight"], p[at + "down.bias"])
    return g.norm(g.op("Add", x, h), p[at + "norm2.weight"], p[at + "norm2.bias"])


def _pick(g: Graph, states: list[str], weights: Array) -> str:
    """Return each word's vector: the mean of its first and last piece over the mixed layers."""
    parts = [
        g.op("Mul", state, g.const(np.float32(w / 2)))
        for state, w in zip(states, weights, strict=True)
        if w > 1e-3
    ]
    mixed = parts[0] if len(parts) == 1 else g.op("Sum", *parts)
    return g.op("Add", g.op("Gather", mixed, "first"), g.op("Gather", mixed, "last"))


def _heads(g: Graph, p: dict[str, Array], tag: str, tree: str, name: str, s: Sizes) -> None:
    for kind, x in (("tag", tag), ("name", name)):
        h = g.op("Gelu", g.plain(x, p[f"{kind}.0.weight"], p[f"{kind}.0.bias"]))
        g.op("Identity", g.plain(h, p[f"{kind}.2.weight"], p[f"{kind}.2.bias"]), out=f"{kind}s")
    starts = g.plain(tag, p["starts.weight"], p["starts.bias"])
    g.op("Reshape", starts, g.const(np.array([-1], np.int64)), out="starts")
    with_root = g.op("Concat", g.const(p["root"][None, :]), tree, axis=0)

    def vector(kind: str, x: str) -> str:
        return g.op("Gelu", g.plain(x, p[f"{kind}.weight"], p[f"{kind}.bias"]))

    dep, head = vector("arc_dep", tree), vector("arc_head", with_root)
    w = p["arc_w"]  # [arc, arc + 1]: the last column is the governor's own score
    wanted = g.plain(dep, w[:, :-1], w[:, -1])
    g.op("MatMul", wanted, g.op("Transpose", head, perm=[1, 0]), out="arcs")
    r = p["rel_w"]  # [rels, 1 + rel, 1 + rel]
    rel = vector("rel_dep", tree)
    flat = r.transpose(0, 2, 1).reshape(-1, r.shape[1])
    left = g.plain(rel, flat[:, :-1], flat[:, -1])
    g.op("Reshape", left, g.const(np.array([-1, r.shape[0], r.shape[2]], np.int64)), out="rel_left")
    right = vector("rel_head", with_root)
    rows = g.op("Shape", right)
    one = g.op("Expand", g.const(np.ones((1, 1), np.float32)),
               g.op("Concat", g.op("Slice", rows, g.const(np.array([0])), g.const(np.array([1]))),
                    g.const(np.array([1])), axis=0))  # fmt: skip
    g.op("Concat", right, one, axis=1, out="rel_right")
    g.op("Identity", tree, out="vectors")


def _act_heads(g: Graph, p: dict[str, Array], act: str, s: Sizes) -> None:
    """Add the scores of acts a word, and what a trigger asks of its parties and a word offers as one."""
    h = g.op("Gelu", g.plain(act, p["act.0.weight"], p["act.0.bias"]))
    g.op("Identity", g.plain(h, p["act.2.weight"], p["act.2.bias"]), out="acts")
    word = g.op("Gelu", g.plain(act, p["act_word.weight"], p["act_word.bias"]))
    w = p["act_w"]  # [2, party, party + 1]: the last column is the trigger's own score
    cut = g.op("Reshape", word, g.const(np.array([-1, 2, s.party], np.int64)))
    by_side = g.op("Transpose", cut, perm=[1, 0, 2])
    asked = g.op("MatMul", by_side, g.half(w))
    g.op("Transpose", asked, perm=[1, 0, 2], out="act_asks")
    party = g.op("Gelu", g.plain(act, p["act_party.weight"], p["act_party.bias"]))
    g.op("Reshape", party, g.const(np.array([-1, 2, s.party], np.int64)), out="act_party")


def kept_pieces(tokenizer: dict[str, Any]) -> Array:
    """Return the ids of the pieces worth keeping: marks, Latin letters, digits, punctuation and symbols."""
    vocabulary = tokenizer["model"]["vocab"]
    kept = [i for piece, i in vocabulary.items() if not piece.startswith("[unused") and _is_latin(piece)]
    return np.array(sorted(kept), dtype=np.int64)


def _is_latin(piece: str) -> bool:
    letters = [c for c in piece if c.isalpha()]
    return all("LATIN" in unicodedata.name(c, "") for c in letters)


def shrink(tokenizer: dict[str, Any], kept: Array) -> dict[str, Any]:
    """Return the tokenizer with only the kept pieces, renumbered."""
    new = {int(old): i for i, old in enumerate(kept)}
    out: dict[str, Any] = json.loads(json.dumps(tokenizer))
    out["model"]["vocab"] = {p: new[i] for p, i in tokenizer["model"]["vocab"].items() if i in new}
    out["added_tokens"] = [{**t, "id": new[t["id"]]} for t in tokenizer["added_tokens"] if t["id"] in new]
    out["truncation"] = out["padding"] = out["post_processor"] = None
    return out


def main() -> None:
    """Write the package's model folder from a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--how", choices=("row", "tensor", "float"), default="row")
    parser.add_argument("--config", type=Path, default=Path(__file__).parent / "reader.toml")
    args = parser.parse_args()
    import tomllib

    config = tomllib.loads(args.config.read_text("utf-8"))
    labels = json.loads((args.checkpoint.parent / "labels.json").read_text())
    tokenizer = json.loads((ROOT / config["start"] / "tokenizer.json").read_text("utf-8"))
    kept = kept_pieces(tokenizer)
    state = torch.load(args.checkpoint, weights_only=False)["network"]
    sizes = Sizes(
        state["encoder.word.weight"].shape[0],
        *(len(labels[k]) for k in ("tags", "rels", "names", "acts", "modes", "statuses")),
    )
    network = Network(sizes)
    network.load_state_dict(state)
    model = build(network, args.how, kept)
    raw = model.SerializeToString()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "reader.onnx").write_bytes(raw)
    small = json.dumps(shrink(tokenizer, kept), ensure_ascii=False, separators=(",", ":"))
    (args.out / "tokenizer.json").write_text(small, "utf-8")
    labels["version"] = hashlib.sha256(raw).hexdigest()[:12]
    (args.out / "labels.json").write_text(json.dumps(labels, indent=0) + "\n", "utf-8")
    train = [s for group in sources.load(config).train for s in group.samples if s.lemmas]
    rules = {"endings": learn_rules(train), "verbs": known_verbs(train)}
    text = json.dumps(rules, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (args.out / "lemmas.json").write_text(text + "\n", "utf-8")
    print({f.name: f.stat().st_size for f in sorted(args.out.iterdir())})


if __name__ == "__main__":
    main()
