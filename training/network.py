"""The reader's network: MiniLM over sub-words, and heads over words for tags, tree, names and boundaries.

The encoder reads lower case; the look of each word (shape) and the space before it (glue) are added
to its input. A word is the mean of its first and last sub-word, over a learned mix of layers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - as PyTorch documents it

from detente.language.shapes import GLUES, SHAPES


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large each part is; the encoder's own sizes come from the pretrained start."""

    vocabulary: int
    tags: int
    rels: int
    names: int
    acts: int = 0  # types of act, «no act» first; 0 leaves the act heads out of the export
    modes: int = 0
    statuses: int = 0
    width: int = 384
    layers: int = 6
    attention: int = 12
    inner: int = 1536
    positions: int = 512
    arc: int = 256
    rel: int = 96
    hidden: int = 256
    party: int = 128


class Layer(nn.Module):
    """One transformer layer, as BERT has it: attention, then a two-layer net, each normed after."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        w = sizes.width
        self.heads, self.drop = sizes.attention, dropout
        self.qkv = nn.Linear(w, 3 * w)
        self.out = nn.Linear(w, w)
        self.norm1 = nn.LayerNorm(w, eps=1e-12)
        self.up = nn.Linear(w, sizes.inner)
        self.down = nn.Linear(sizes.inner, w)
        self.norm2 = nn.LayerNorm(w, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return [batch, length, width]; `mask` is added to the attention scores."""
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        p = self.drop if self.training else 0.0
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=p)
        a = a.transpose(1, 2).reshape(b, t, w)
        x = self.norm1(x + F.dropout(self.out(a), self.drop, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, self.drop, self.training))


class Encoder(nn.Module):
    """Sub-word ids, shapes and glue in; every layer's vectors out."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        w = sizes.width
        self.word = nn.Embedding(sizes.vocabulary, w)
        self.place = nn.Embedding(sizes.positions, w)
        self.shape = nn.Embedding(SHAPES, w)
        self.glue = nn.Embedding(GLUES, w)
        nn.init.normal_(self.shape.weight, std=0.01)
        nn.init.normal_(self.glue.weight, std=0.01)
        self.norm = nn.LayerNorm(w, eps=1e-12)
        self.drop = dropout
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))

    def forward(self, ids: Tensor, shapes: Tensor, glues: Tensor, mask: Tensor | None) -> list[Tensor]:
        """Return the input vectors and those after each layer, [batch, length, width] each."""
        x = self.word(ids) + self.place.weight[: ids.shape[1]] + self.shape(shapes) + self.glue(glues)
        x = F.dropout(self.norm(x), self.drop, self.training)
        states = [x]
        for layer in self.layers:
            states.append(x := layer(x, mask))
        return states


class Network(nn.Module):
    """The encoder and its heads over words."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.33) -> None:
        super().__init__()
        self.sizes, self.head_drop = sizes, head_dropout
        w = sizes.width
        self.encoder = Encoder(sizes, dropout)
        self.mix = nn.Parameter(torch.zeros(4, sizes.layers + 1))  # for tags, tree, names, acts
        with torch.no_grad():
            self.mix[:, -1] = 1.0
        self.tag = nn.Sequential(nn.Linear(w, sizes.hidden), nn.GELU(), nn.Linear(sizes.hidden, sizes.tags))
        self.name = nn.Sequential(nn.Linear(w, sizes.hidden), nn.GELU(), nn.Linear(sizes.hidden, sizes.names))
        out = sizes.acts + sizes.modes + sizes.statuses
        self.act = nn.Sequential(nn.Linear(w, w), nn.GELU(), nn.Linear(w, out))
        self.act_word = nn.Linear(w, 2 * sizes.party)  # a trigger as one who asks for its source, recipient
        self.act_party = nn.Linear(w, 2 * sizes.party)  # a word as one who may be either
        self.act_w = nn.Parameter(torch.randn(2, sizes.party, sizes.party + 1) * sizes.party**-0.5)
        self.starts = nn.Linear(w, 1)
        self.arc_dep = nn.Linear(w, sizes.arc)
        self.arc_head = nn.Linear(w, sizes.arc)
        self.rel_dep = nn.Linear(w, sizes.rel)
        self.rel_head = nn.Linear(w, sizes.rel)
        self.root = nn.Parameter(torch.randn(w) * 0.02)
        self.arc_w = nn.Parameter(torch.randn(sizes.arc, sizes.arc + 1) * sizes.arc**-0.5)
        self.rel_w = nn.Parameter(torch.randn(sizes.rels, sizes.rel + 1, sizes.rel + 1) * sizes.rel**-0.5)

    def words(self, ids: Tensor, shapes: Tensor, glues: Tensor, first: Tensor, last: Tensor,
              mask: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
        """Return word vectors for tags, tree, names and acts, [batch, words, width] each."""
        states = torch.stack(self.encoder(ids, shapes, glues, mask))
        weights = torch.softmax(self.mix.float(), dim=1).to(states.dtype)
        mixed = torch.einsum("kl,lbtw->kbtw", weights, states)
        w = mixed.shape[-1]

        def pick(x: Tensor, where: Tensor) -> Tensor:
            return x.gather(1, where.unsqueeze(-1).expand(-1, -1, w))

        return tuple((pick(m, first) + pick(m, last)) * 0.5 for m in mixed)  # type: ignore[return-value]

    def forward(self, ids: Tensor, shapes: Tensor, glues: Tensor, first: Tensor, last: Tensor,
                mask: Tensor | None = None) -> dict[str, Tensor]:  # fmt: skip
        """Return scores of tags, names and starts, and the vectors the tree is scored from."""
        tag, tree, name, act = self.words(ids, shapes, glues, first, last, mask)
        drop = self._drop
        with_root = torch.cat([self.root.to(tree.dtype).expand(tree.shape[0], 1, -1), tree], dim=1)
        return {
            "tags": self.tag(drop(tag)),
            "names": self.name(drop(name)),
            "starts": self.starts(drop(tag)).squeeze(-1),
            "arc_dep": drop(F.gelu(self.arc_dep(tree))),
            "arc_head": drop(F.gelu(self.arc_head(with_root))),
            "rel_dep": drop(F.gelu(self.rel_dep(tree))),
            "rel_head": drop(F.gelu(self.rel_head(with_root))),
            "act": self.act(drop(act)),
            "act_word": drop(F.gelu(self.act_word(act))),
            "act_party": drop(F.gelu(self.act_party(act))),
        }

    def _drop(self, x: Tensor) -> Tensor:
        """Drop whole features over a sentence, the same for each word, as biaffine parsers do."""
        if not self.training:
            return x
        keep = 1 - self.head_drop
        return x * (torch.rand(x.shape[0], 1, x.shape[2], device=x.device) < keep).to(x.dtype) / keep

    def score_arcs(self, dep: Tensor, head: Tensor) -> Tensor:
        """Return [batch, words, 1 + words] scores of each word's governor, the root first."""
        one = torch.ones_like(dep[..., :1])
        return (torch.cat([dep, one], -1) @ self.arc_w.t().to(dep.dtype)) @ head.transpose(1, 2)

    def score_rels(self, dep: Tensor, head: Tensor) -> Tensor:
        """Return [words, relations] scores of given (dependent, governor) vectors."""
        one = torch.ones_like(dep[..., :1])
        d, h = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        w = self.rel_w.to(d.dtype)
        left = d @ w.permute(1, 0, 2).reshape(w.shape[1], -1)
        return (left.view(-1, w.shape[0], w.shape[2]) * h.unsqueeze(1)).sum(-1)

    def score_parties(self, words: Tensor, parties: Tensor) -> Tensor:
        """Return [triggers, 2, words] scores of being a trigger's source, its recipient.

        `words` are the triggers' own vectors [triggers, 2 * party], `parties` those of every word in the
        window of each, [triggers, words, 2 * party].
        """
        k, n, _ = parties.shape
        asks = words.view(k, 2, -1)
        asks = torch.einsum("krp,rpq->krq", asks, self.act_w.to(asks.dtype))
        held = parties.view(k, n, 2, -1)
        held = torch.cat([held, torch.ones_like(held[..., :1])], -1)
        return torch.einsum("krq,knrq->krn", asks, held)


def adopt(network: Network, state: dict[str, Tensor]) -> None:
    """Load a checkpoint's tensors; heads it lacks keep their start, and a shorter mix its last rows."""
    mine = network.state_dict()
    held = {k: v for k, v in state.items() if k in mine and v.shape == mine[k].shape}
    if "mix" in state and state["mix"].shape[0] < mine["mix"].shape[0]:
        held["mix"] = torch.cat([state["mix"], mine["mix"][state["mix"].shape[0] :]])
    network.load_state_dict(mine | held)


def load_start(network: Network, path: Path) -> None:
    """Copy the pretrained encoder's tensors (safetensors, BERT names) into a network."""
    tensors = read_safetensors(path)
    enc = network.encoder

    def put(target: Tensor, *names: str) -> None:
        value = torch.cat([tensors[n] for n in names])
        with torch.no_grad():
            target.copy_(value[: target.shape[0]])

    put(enc.word.weight, "embeddings.word_embeddings.weight")
    put(enc.place.weight, "embeddings.position_embeddings.weight")
    with torch.no_grad():  # one segment only: its vector joins the places
        enc.place.weight += tensors["embeddings.token_type_embeddings.weight"][0]
    put(enc.norm.weight, "embeddings.LayerNorm.weight")
    put(enc.norm.bias, "embeddings.LayerNorm.bias")
    for i, layer in enumerate(enc.layers):
        p = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            put(getattr(layer.qkv, end), *(f"{p}attention.self.{x}.{end}" for x in ("query", "key", "value")))
            put(getattr(layer.out, end), f"{p}attention.output.dense.{end}")
            put(getattr(layer.norm1, end), f"{p}attention.output.LayerNorm.{end}")
            put(getattr(layer.up, end), f"{p}intermediate.dense.{end}")
            put(getattr(layer.down, end), f"{p}output.dense.{end}")
            put(getattr(layer.norm2, end), f"{p}output.LayerNorm.{end}")


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a safetensors file: 8 bytes of header length, JSON, then the numbers."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    header = json.loads(raw[8 : 8 + size])
    out = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        kind = {"F32": np.float32, "F16": np.float16, "I64": np.int64}[info["dtype"]]
        array = np.frombuffer(raw, kind, (b - a) // np.dtype(kind).itemsize, 8 + size + a)
        out[name] = torch.from_numpy(array.reshape(info["shape"]).copy())
    return out
