"""Remake the reader's weights: `python -m training.train [--config training/reader.toml]`.

Reads the treebanks and name sets, trains the network, keeps the best checkpoint by the development
sets in `runs/NAME/`, resumes where it stopped, and logs one JSON line an evaluation.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - as PyTorch documents it

from training import sources
from training.batches import IGNORE, Encoded, collate, cut_windows, pack, roughen
from training.data import NAME_LABELS, Sample
from training.events.rows import MODES, STATUSES, TYPES
from training.network import Network, Sizes, adopt, load_start

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Train as the config says, from the last checkpoint if there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=ROOT / "reader.toml")
    parser.add_argument("--name", default=None, help="folder under runs/")
    parser.add_argument("--minutes", type=float, default=None, help="wall minutes; the schedule fits them")
    parser.add_argument("--init", type=Path, default=None, help="start from another run's checkpoint")
    parser.add_argument(
        "--rate", type=float, default=1.0, help="both learning rates times this; lower for a second run"
    )
    parser.add_argument("--only", help="train only what is so named («starts»), leave the rest as it is")
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text("utf-8"))
    for which in ("encoder_rate", "head_rate"):
        config["train"][which] *= args.rate
    if args.minutes:
        config["train"]["minutes"] = args.minutes
    if args.name:
        config["name"] = args.name
    Trainer(config, args.init, args.only).run()


class Trainer:
    """One run: its data, network, optimiser and place in the schedule."""

    def __init__(self, config: dict[str, Any], init: Path | None = None, only: str | None = None) -> None:
        self.config, self.t = config, config["train"]
        self.folder = ROOT.parent / "runs" / config["name"]
        self.folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(config["seed"])
        self.rng = random.Random(config["seed"])
        torch.set_num_threads(self.t["threads"])
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.data = sources.load(config)
        tokenizer = Tokenizer.from_file(str(ROOT.parent / config["start"] / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self.encoded = Encoded(tokenizer)
        self.labels = sources.collect_labels(self.data.train)
        sizes = Sizes(
            tokenizer.get_vocab_size(), len(self.labels.tags), len(self.labels.rels), len(NAME_LABELS),
            len(TYPES), len(MODES), len(STATUSES),
        )  # fmt: skip
        self.network = Network(sizes, self.t["dropout"], self.t["head_dropout"])
        load_start(self.network, ROOT.parent / config["start"] / "model.safetensors")
        if init:
            adopt(self.network, torch.load(init, weights_only=True)["network"])
        self.network.to(self.device)
        if only:
            for name, p in self.network.named_parameters():
                p.requires_grad_(name.startswith(only))
        self.optimiser = torch.optim.AdamW(self._groups(), betas=(0.9, 0.98), fused=True)
        # The mean of the weights over time is what is scored and kept.
        self.mean = [p.detach().clone() for p in self.network.parameters()]
        self.step, self.spent, self.best, self.stale = 0, 0.0, -1.0, 0
        (self.folder / "labels.json").write_text(
            json.dumps({"tags": list(self.labels.tags), "rels": list(self.labels.rels), "names": NAME_LABELS,
                        "acts": TYPES, "modes": MODES, "statuses": STATUSES})
        )  # fmt: skip

    def _groups(self) -> list[dict[str, Any]]:
        new = {"shape", "glue"}
        encoder, heads = [], []
        for name, p in self.network.named_parameters():
            if name.startswith("encoder.word") and self.t["freeze_words"]:
                p.requires_grad_(False)
                continue
            inside = name.startswith("encoder.") and name.split(".")[1] not in new
            (encoder if inside else heads).append(p)
        return [
            {
                "params": encoder,
                "lr": self.t["encoder_rate"],
                "base": self.t["encoder_rate"],
                "weight_decay": 0.01,
            },
            {"params": heads, "lr": self.t["head_rate"], "base": self.t["head_rate"], "weight_decay": 0.01},
        ]

    def run(self) -> None:
        """Train until the minutes are spent or the development score stands still."""
        self._resume()
        seconds = self.t["minutes"] * 60
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
        last_saved = self.spent
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("training", total=seconds, completed=self.spent)
            while self.spent < seconds and self.stale < self.t["patience"]:
                for batch in self._epoch():
                    began = time.monotonic()
                    loss = self._update(batch, min(1.0, self.spent / seconds))
                    self.spent += time.monotonic() - began
                    progress.update(
                        task, completed=self.spent, description=f"step {self.step} loss {loss:.3f}"
                    )
                    if self.spent - last_saved >= self.t["save_minutes"] * 60 or self.spent >= seconds:
                        last_saved = self.spent
                        self._assess(loss)
                    if self.spent >= seconds or self.stale >= self.t["patience"]:
                        break

    def _epoch(self) -> Any:
        windows = [
            roughen(w, self.rng, self.t["roughen"])
            for group in self.data.train
            for _ in range(_times(group.weight, self.rng))
            for w in cut_windows(group.samples, self.rng, self.t["window_words"])
        ]
        for batch in pack(windows, self.encoded, self.t["batch_subwords"], self.rng):
            tensors = collate(
                batch, self.encoded, self.labels, self.rng, self.t["mask_share"], self.t["length"]
            )
            yield {k: v.to(self.device) for k, v in tensors.items()}

    def _update(self, batch: dict[str, Tensor], at: float) -> float:
        warm = self.t["warm_share"]
        scale = at / warm if at < warm else 0.02 + 0.98 * (1 - (at - warm) / (1 - warm))
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * max(scale, 0.01)
        self.network.train()
        loss = self._loss(batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.step += 1
        keep = min(self.t["mean_decay"], (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(self.mean, [p.detach() for p in self.network.parameters()], 1 - keep)
        return float(loss.detach())

    def _forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        mask = torch.zeros(batch["mask"].shape, dtype=torch.float32).masked_fill(~batch["mask"], -1e4)
        with torch.autocast(self.device.type, torch.bfloat16):
            mask = mask[:, None, None, :].to(torch.bfloat16)
            out = self.network(*(batch[k] for k in ("ids", "shapes", "glues", "first", "last")), mask)
            out["arcs"] = self.network.score_arcs(out["arc_dep"], out["arc_head"])
        return out

    def _loss(self, batch: dict[str, Tensor]) -> Tensor:
        out = self._forward(batch)
        total = torch.zeros(())
        tags, names = out["tags"].float(), out["names"].float()
        if (batch["tags"] >= 0).any():
            total = total + F.cross_entropy(tags.flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORE,
                                            label_smoothing=self.t["smoothing"])  # fmt: skip
            arcs = mask_arcs(out["arcs"].float(), batch["sentence"])
            total = total + F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten(), ignore_index=IGNORE)
            total = total + self._rel_loss(out, batch)
        if (batch["starts"] >= 0).any():
            known = batch["starts"] >= 0
            total = total + 2.0 * F.binary_cross_entropy_with_logits(
                out["starts"].float()[known], batch["starts"][known].float()
            )
        if (batch["names"] > 0).any():
            total = total + self.t["names_weight"] * names_loss(names, batch["names"])
        if (batch["acts"] >= 0).any():
            total = total + self._acts_loss(out, batch)
        return total

    def _acts_loss(self, out: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
        """Return the loss of types over words, and of mode, status and parties over marked triggers."""
        act = out["act"].float()
        n, m = len(TYPES), len(MODES)
        total = self.t["acts_weight"] * F.cross_entropy(
            act[..., :n].flatten(0, 1), batch["acts"].flatten(), ignore_index=IGNORE
        )
        if not len(batch["act_at"]):
            return total
        b, i = batch["act_at"].unbind(1)
        modes, statuses = act[b, i, n : n + m], act[b, i, n + m :]
        total = total + 0.3 * F.cross_entropy(modes, batch["act_modes"], label_smoothing=0.05)
        total = total + 0.3 * F.cross_entropy(statuses, batch["act_statuses"], label_smoothing=0.05)
        with torch.autocast(self.device.type, torch.bfloat16):
            scores = self.network.score_parties(out["act_word"][b, i], out["act_party"][b])
        real = (batch["sentence"][b] >= 0)[:, None, :].float().expand(-1, 2, -1)
        cells = F.binary_cross_entropy_with_logits(scores.float(), batch["act_parties"], reduction="none")
        return total + self.t["parties_weight"] * (cells * real).sum() / len(b)

    def _rel_loss(self, out: dict[str, Tensor], batch: dict[str, Tensor]) -> Tensor:
        b, i = torch.where((batch["rels"] >= 0) & (batch["heads"] >= 0))
        with torch.autocast(self.device.type, torch.bfloat16):
            scores = self.network.score_rels(out["rel_dep"][b, i], out["rel_head"][b, batch["heads"][b, i]])
        return F.cross_entropy(scores.float(), batch["rels"][b, i], label_smoothing=self.t["smoothing"])

    @torch.no_grad()
    def _assess(self, loss: float) -> None:
        """Score the development sets (gold words), log, and keep the checkpoint if it is the best."""
        self._swap()
        self.network.eval()
        row: dict[str, Any] = {
            "step": self.step,
            "minutes": round(self.spent / 60, 1),
            "loss": round(loss, 3),
        }
        for name, samples in self.data.dev.items():
            row[name] = self._score(samples)
        row["score"] = score = _one_score(row)
        with (self.folder / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")
        Console(stderr=True).print(json.dumps(row), highlight=False)
        if score >= self.best:
            _save(
                {"network": self.network.state_dict(), "step": self.step, "row": row}, self.folder / "best.pt"
            )
        self.stale = 0 if score > self.best else self.stale + 1
        self.best = max(score, self.best)
        self._swap()
        state = {
            "network": self.network.state_dict(), "mean": self.mean, "optimiser": self.optimiser.state_dict(),
            "step": self.step, "spent": self.spent, "best": self.best, "stale": self.stale,
            "rng": self.rng.getstate(),
        }  # fmt: skip
        _save(state, self.folder / "last.pt")

    def _swap(self) -> None:
        """Exchange the weights with their mean over time."""
        for p, mean in zip(self.network.parameters(), self.mean, strict=True):
            held = p.detach().clone()
            p.copy_(mean)
            mean.copy_(held)

    def _score(self, samples: list[Sample]) -> dict[str, float]:
        windows = list(cut_windows(samples, random.Random(1), self.t["window_words"]))
        c = dict.fromkeys(
            [
                *"words tag upos uas las".split(),
                *(f"{k}_{c}" for k in "snap" for c in ("hit", "pred", "gold")),
            ],
            0,
        )
        tag_list = list(self.labels.tags)
        for batch in pack(windows, self.encoded, self.t["batch_subwords"], random.Random(1)):
            x = collate(batch, self.encoded, self.labels, random.Random(1), 0.0, 512)
            out = self._forward(x)
            count_tree(c, x, out, self.network, tag_list)
            count_starts(c, x, out)
            count_names(c, x, out)
            self._count_acts(c, x, out)
        return summarise(c)

    def _count_acts(self, c: dict[str, int], x: dict[str, Tensor], out: dict[str, Tensor]) -> None:
        """Add acts found, right and marked (word and type), and parties found, right and marked."""
        known = x["acts"] >= 0
        if not known.any():
            return
        found, gold = out["act"][..., : len(TYPES)].argmax(-1)[known], x["acts"][known]
        c["a_hit"] += int(((found == gold) & (gold > 0)).sum())
        c["a_pred"] += int((found > 0).sum())
        c["a_gold"] += int((gold > 0).sum())
        if len(x["act_at"]):
            b, i = x["act_at"].unbind(1)
            sure = self.network.score_parties(out["act_word"][b, i], out["act_party"][b]) > 0
            c["p_hit"] += int((sure & (x["act_parties"] > 0)).sum())
            c["p_pred"] += int((sure & (x["sentence"][b] >= 0)[:, None, :]).sum())
            c["p_gold"] += int((x["act_parties"] > 0).sum())

    def _resume(self) -> None:
        path = self.folder / "last.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.mean = state["mean"]
        self.step, self.spent, self.best, self.stale = (state[k] for k in ("step", "spent", "best", "stale"))
        self.rng.setstate(state["rng"])


def mask_arcs(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Return arc scores with governors outside the word's own sentence, and itself, ruled out."""
    same = sentence[:, :, None] == sentence[:, None, :]
    same &= ~torch.eye(sentence.shape[1], dtype=torch.bool)
    allowed = torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)
    return arcs.masked_fill(~allowed, -1e4)


def names_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Return minus the log of the share of the allowed labels, over words that say anything."""
    known = allowed > 0
    log = F.log_softmax(scores[known], dim=-1)
    shifts = torch.arange(scores.shape[-1])
    ok = (allowed[known][:, None] >> shifts & 1).bool()
    return -torch.logsumexp(log.masked_fill(~ok, -1e4), dim=-1).mean()


def count_tree(c: dict[str, int], x: dict[str, Tensor], out: dict[str, Tensor], network: Network,
               tag_list: list[str]) -> None:  # fmt: skip
    """Add tag and attachment hits (governors picked one by one, without the tree constraint)."""
    known = (x["heads"] >= 0) & (x["rels"] >= 0)
    if not known.any():
        return
    b, i = torch.where(known)
    heads = mask_arcs(out["arcs"].float(), x["sentence"]).argmax(-1)[b, i]
    rels = network.score_rels(out["rel_dep"][b, i], out["rel_head"][b, heads]).argmax(-1)
    tags = out["tags"].argmax(-1)[b, i]
    gold = x["tags"][b, i]
    right = heads == x["heads"][b, i]
    c["words"] += len(b)
    c["tag"] += int((tags == gold).sum())
    same = [g >= 0 and tag_list[t].split("|")[0] == tag_list[g].split("|")[0]
            for t, g in zip(tags.tolist(), gold.tolist(), strict=True)]  # fmt: skip
    c["upos"] += sum(same)
    c["uas"] += int(right.sum())
    c["las"] += int((right & (rels == x["rels"][b, i])).sum())


def count_starts(c: dict[str, int], x: dict[str, Tensor], out: dict[str, Tensor]) -> None:
    """Add sentence starts found, right and true, inside paragraphs."""
    known = x["starts"] >= 0
    found, gold = out["starts"][known] > 0, x["starts"][known] > 0
    c["s_hit"] += int((found & gold).sum())
    c["s_pred"] += int(found.sum())
    c["s_gold"] += int(gold.sum())


def count_names(c: dict[str, int], x: dict[str, Tensor], out: dict[str, Tensor]) -> None:
    """Add person, organisation and place names found, right and true, by greedy labels."""
    from training.data import spans_of

    labels = out["names"].argmax(-1)
    for row, allowed, sentence in zip(
        labels.tolist(), x["names"].tolist(), x["sentence"].tolist(), strict=True
    ):
        n = sum(1 for s in sentence if s >= 0)
        if not n or not any(allowed[:n]):
            continue
        gold = [_only(a) for a in allowed[:n]]
        want = {s for s in spans_of(gold) if s[2] in {"PER", "ORG", "LOC"}}
        have = {s for s in spans_of([NAME_LABELS[i] for i in row[:n]]) if s[2] in {"PER", "ORG", "LOC"}}
        c["n_hit"] += len(want & have)
        c["n_pred"] += len(have)
        c["n_gold"] += len(want)


def _only(allowed: int) -> str:
    return NAME_LABELS[allowed.bit_length() - 1] if allowed and allowed & (allowed - 1) == 0 else "O"


def summarise(c: dict[str, int]) -> dict[str, float]:
    """Return rates in percent from counts."""
    out = {}
    if c["words"]:
        out |= {k: round(100 * c[k] / c["words"], 2) for k in ("tag", "upos", "uas", "las")}
    if c["s_gold"]:
        out["starts"] = round(200 * c["s_hit"] / max(1, c["s_pred"] + c["s_gold"]), 2)
    if c["n_gold"]:
        out["names"] = round(200 * c["n_hit"] / max(1, c["n_pred"] + c["n_gold"]), 2)
    for key, name in (("a", "acts"), ("p", "parties")):
        if c[f"{key}_gold"]:
            out[name] = round(200 * c[f"{key}_hit"] / max(1, c[f"{key}_pred"] + c[f"{key}_gold"]), 2)
    return out


def _one_score(row: dict[str, Any]) -> float:
    sets = [v for v in row.values() if isinstance(v, dict)]
    las = [s["las"] for s in sets if "las" in s]
    names = [s["names"] for s in sets if "names" in s]
    acts = [0.2 * s["acts"] + 0.1 * s["parties"] for s in sets if "acts" in s and "parties" in s]
    return round(sum(las) / max(1, len(las)) + 0.25 * sum(names) / max(1, len(names)) + sum(acts), 3)


def _times(weight: float, rng: random.Random) -> int:
    whole = math.floor(weight)
    return whole + (rng.random() < weight - whole)


def _save(state: dict[str, Any], path: Path) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    main()
