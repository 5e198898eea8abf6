"""The list of commands as `detente --help` shows it: by what one wants to do, not by letter."""

from __future__ import annotations

import click

SHELVES = (
    ("Code reports", ("read", "add", "explain", "analyze")),
    (
        "Ask an archive",
        ("movers", "dyad", "show", "search", "stance", "quotes", "figures", "promises", "doubts"),
    ),
    (
        "Measure",
        (
            "course",
            "trend",
            "agreement",
            "blocs",
            "panel",
            "web",
            "echo",
            "forecast",
            "coverage",
            "compare",
            "measures",
        ),
    ),
    (
        "Correct, compare, cite",
        (
            "review",
            "reviews",
            "join",
            "split",
            "relink",
            "recode",
            "release",
            "diff",
            "bundle",
            "export",
            "check",
        ),
    ),
    ("Names, and how well", ("who", "knowledge", "evaluate")),
)
REST = "More"


class ShelvedGroup(click.Group):
    """A group whose help lists its commands on the shelves above; what stands on none comes last."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each shelf with its commands, in the order in which one meets them."""
        shelved = {name for _, names in SHELVES for name in names}
        rest = tuple(name for name in self.list_commands(ctx) if name not in shelved)
        width = max(map(len, self.commands), default=0)
        for title, names in (*SHELVES, (REST, rest)):
            here = [(name, self.commands[name]) for name in names if name in self.commands]
            if not here:
                continue
            room = formatter.width - 6 - width
            with formatter.section(title):
                formatter.write_dl([(f"{name:<{width}}", c.get_short_help_str(room)) for name, c in here])
