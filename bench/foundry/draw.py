"""Papers drawn from families: the same seed gives the same papers."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bench.foundry import tables
from bench.foundry.context import Context
from bench.foundry.family import Family, areas, families, kept, one, span, words
from bench.foundry.model import Block, Case, Fields, Line, Numbers, Paper, Table

STYLES = {
    "k": "kicker",
    "t": "title",
    "h": "heading",
    "m": "heading",
    "A": "annex",
    "s": "below",
    "f": "fact",
    "d": "document",
}
MINUS = ["-"] * 10 + ["−"] * 4 + ["–", "- ", "("]
THOUSANDS = ["."] * 10 + ["\u00a0", ""]
ZERO = ["0"] * 6 + ["-"] * 3 + ["–", ""]
YEAR_STYLES = ["{y}"] * 8 + ["B{y}", "Budget {y}"]
LETTERS = "ABCDEFGHJKLMNPRSTUV"


def papers(seed: int, count: int, chosen: list[str] | None = None) -> list[Paper]:
    """`count` papers of every family chosen (all by default)."""
    every = families()
    return [paper(every[name], seed, index) for name in chosen or every for index in range(count)]


def paper(family: Family, seed: int, index: int) -> Paper:
    """One paper of a family."""
    return Draw(family, random.Random(f"{seed}/{family.name}/{index}")).paper(f"{family.name}-{seed}-{index}")


@dataclass
class Draw:
    """One paper in the making."""

    family: Family
    rng: random.Random

    def paper(self, name: str) -> Paper:
        rng, family = self.rng, self.family
        self.year = rng.randint(*family.years)
        self.municipality = rng.choice(words()["municipalities"])
        self.numbers = Numbers(rng.choice(family.minus or MINUS), rng.choice(THOUSANDS), rng.choice(ZERO))
        self.unit = rng.choice(["t", "t", "t", "mio", "kr"])
        self.level = rng.choice([self.year, self.year, self.year - 1])
        self.level_words = rng.choice(words()["levels"]).replace("{pl}", str(self.level))
        self.year_style = rng.choice(YEAR_STYLES)
        self.start, self.section = rng.randint(1, 4), rng.randint(1, 6)
        self.letters = {
            "L": rng.choice("CDER"),
            "A2": "".join(rng.sample(LETTERS, 2)),
            "A3": "".join(rng.sample(LETTERS, 3)),
        }
        self.head = rng.choice(family.heads) if family.heads else {}
        self.start = self.head.get("start", self.start)
        self.area = rng.choice([family.area] if family.area else list(areas()))
        self.names = self.common()
        front = self.lines(
            rng.choice(family.front), Context(rng, self.names, self.year, self.area, self.unit, None, "", "")
        )
        count = rng.randint(*family.cases)
        titles = self.titles(count)
        cases = [self.case(i, *titles[i]) for i in range(count)]
        front = self.listed(front, cases)
        if family.overview:
            cases.insert(0, self.catalogue(cases))
        running = self.names["running"]
        return Paper(
            name,
            family.name,
            family.form,
            family.held_out,
            self.municipality,
            self.year,
            running,
            self.numbers,
            front,
            cases,
        )

    def titles(self, count: int) -> list[tuple[str, str]]:
        """Areas and titles of the cases, no title twice."""
        found: list[tuple[str, str]] = []
        if self.family.titles:
            return [(self.family.area or self.area, t) for t in self.rng.sample(self.family.titles, count)]
        while len(found) < count:
            area = self.rng.choice(list(areas()))
            offers = areas()[area]["titles"]
            title = max(offers, key=len) if self.head.get("long") else self.rng.choice(offers)
            if title not in [t for _, t in found]:
                found.append((area, title))
        return found

    def listed(self, front: list[Block], cases: list[Case]) -> list[Block]:
        """What stands before the cases, with its list of contents filled in."""
        out: list[Block] = []
        for b in front:
            if isinstance(b, Line) and b.style == "contents":
                page = 1
                for c in cases:
                    page += self.rng.randint(1, 3)
                    out.append(Line("text", f"{c.code or ''} {c.title} {b.text} {page}".strip()))
            else:
                out.append(b)
        return out

    def common(self) -> dict[str, str]:
        """Words that fill every template of the paper."""
        rng, year = self.rng, self.year
        names = {f"y{i}": str(year - 1 + i) for i in range(6)} | {f"yy{i}": f"{year - 1 + i}"[2:] for i in range(6)}
        names |= {
            **{f"ym{i}": str(year - 1 - i) for i in (1, 2, 3)},
            **{f"yym{i}": str(year - 1 - i)[2:] for i in (1, 2, 3)},
            **{f"m{i}": name for i, name in enumerate(self.neighbours(), start=1)},
            "ypast": str(year - rng.randint(3, 7)),
            "kommune": self.municipality,
            "KOMMUNE": self.municipality.upper(),
            "person": rng.choice(words()["people"]),
        }
        names |= {
            "day": str(rng.randint(1, 28)),
            "month": rng.choice(words()["months"]),
            "sec": str(self.section),
            **self.letters,
        }
        names |= {
            "idstyle": rng.choice(["{L}-{{i}}", "{sec}.{{i}}", "{A2}{{i}}", "{{i}}"]).format(
                L=self.letters["L"], sec=self.section, A2=self.letters["A2"]
            )
        }
        names |= self.about(self.area) | self.numbered()
        names["running"] = rng.choice(self.family.running).format_map(names)
        return names

    def neighbours(self) -> list[str]:
        """Names of four other municipalities."""
        every: list[str] = words()["municipalities"]
        at = every.index(self.municipality) + 1
        return [*every[at:], *every][:4]

    def numbered(self) -> dict[str, str]:
        """Numbers that stand in codes and journals, new for every case."""
        rng, year = self.rng, self.year - 1
        journal = rng.choice(["00.30.00-S00-{}-{}", "17.01.10-G01-{}-{}", "27.12.00-Ø34-{}-{}"])
        return {
            "n1": str(rng.randint(1, 9)),
            "n2": str(rng.randint(2, 60)),
            "n02": f"{rng.randint(1, 40):02}",
            "n03": f"{rng.randint(1, 300):03}",
            "n3": str(rng.randint(201, 899)),
            "k03": f"{rng.randint(1, 99):03}",
            "n4": str(rng.randint(2040, 9800)),
            "kle": journal.format(rng.randint(1, 40), f"{year}"[2:]),
        }

    def about(self, area: str) -> dict[str, str]:
        """An area's names, one wording of each."""
        found = {key: self.rng.choice(areas()[area][key]) for key in ("committee", "department", "policy")}
        return {**found, "COMMITTEE": found["committee"].upper()}

    def context(self, index: int, area: str, title: str) -> Context:
        rng = self.rng
        names = {
            **self.names,
            **(self.about(area) if area != self.area else {}),
            "title": title,
            "TITLE": title.upper(),
        }
        names["head"], names["tail"] = halves(title)
        if index == 0 and area == self.area:
            names |= {k: self.names[k] for k in ("committee", "department", "policy")}
        names |= {"ord": str(self.start + index), "ord2": f"{self.start + index:02}", **self.numbered()}
        others = [a for a in areas() if a != area]
        rng.shuffle(others)
        style = self.level_words, self.year_style
        return Context(rng, names, self.year, area, self.unit, self.level, *style, others, own=self.family.stocks)

    def case(self, index: int, area: str, title: str) -> Case:
        ctx = self.context(index, area, title)
        head = {**self.head, "code": self.head["codes"][index]} if "codes" in self.head else self.head
        case = self.begun(ctx, head, title)
        drawn: dict[str, Table] = {}
        for spec in kept(self.rng, self.family.body):
            self.block(ctx, case, spec, drawn)
        self.same_total(drawn)
        return case

    def begun(self, ctx: Context, head: dict[str, Any], title: str) -> Case:
        """A case with its head alone."""
        code = ctx.fill(head.get("code", "")) or None
        ctx.names["code"] = code or ""
        case = Case(code, ctx.fill(head.get("title", title)), [])
        case.also = [ctx.fill(t) for t in head.get("also", [])]
        case.codes = [None, code] if head.get("optional_code") else [code]
        case.blocks = self.lines(head["lines"], ctx)
        own = [b.text for b in case.blocks if isinstance(b, Line) and b.style == "heading"]
        case.headings = [] if any(x.startswith("m:") for x in head["lines"]) else own
        case.fields = {name: value for b in case.blocks if isinstance(b, Fields) for name, value in b.pairs}
        return case

    def catalogue(self, proposals: list[Case]) -> Case:
        """The overview of a catalogue, whose figures are those of its proposals."""
        family = self.family
        ctx = self.context(0, self.area, "")
        sign = self.rng.choice([1, -1])
        for p in proposals:
            total = next(r for t in p.tables() if t.name == "oekonomi" for r in t.rows if r.role == "total")
            figures = [sign * c for c in total.cells if isinstance(c, Decimal)]
            ctx.proposals.append((p.code or "", p.title, figures))
        ctx.unit = "t"
        case = self.begun(ctx, self.rng.choice(family.overview_heads), "")
        case.blocks.append(tables.draw(ctx, family.overview, family.tables[family.overview]))
        return case

    def block(self, ctx: Context, case: Case, spec: str, drawn: dict[str, Table]) -> None:
        """One word of a family's body."""
        kind, _, rest = spec.partition(":")
        if kind == "w":
            case.blocks.append(tables.grid(ctx, rest, self.family.grids[rest]))
        elif kind == "t":
            drawn[rest] = tables.draw(ctx, rest, self.family.tables[rest])
            case.blocks.append(drawn[rest])
            marks = [r.mark.strip() for r in drawn[rest].rows if r.mark]
            case.blocks += [Line("note", said) for said in [drawn[rest].below] if said]
            case.blocks += [Line("note", f"{m} {self.rng.choice(words()['footnotes'])}") for m in sorted(marks)]
        elif kind == "x":
            said = self.figure(ctx, drawn[rest]) if rest in drawn else ""
            if said:
                case.blocks.append(Line("text", said))
        else:
            made = self.lines([spec], ctx)
            case.blocks += made
            case.headings += [b.text for b in made if isinstance(b, Line) and b.style in ("heading", "annex")]
            case.fields |= {name: value for b in made if isinstance(b, Fields) for name, value in b.pairs}

    def lines(self, specs: list[str], ctx: Context) -> list[Block]:
        """The blocks of a list of lines."""
        return [block for spec in specs for block in self.set(*spec.partition(":")[::2], ctx)]

    def set(self, kind: str, text: str, ctx: Context) -> list[Block]:
        """The blocks of one word of a spec."""
        if kind == "F":
            pairs = [p.partition("=") for p in ctx.fill(text).split(";")]
            return [Fields([(name, value) for name, _, value in pairs])]
        if kind in ("p", "r"):
            return [Line("text", s) for s in self.paragraphs(ctx, text, "sentences" if kind == "p" else "risks")]
        if kind == "l":
            return [Line("item", s) for s in self.sentences(ctx, span(self.rng, text), "points")]
        if kind == "i":
            said = self.sentences(ctx, span(self.rng, text), "points")
            return [Line("text", f"{number}) {s}") for number, s in enumerate(said, start=1)]
        if kind == "C":
            return [Line("contents", text)]
        if kind == "n":
            noted = self.rng.random() < 0.5 or text
            return [Line("note", ctx.fill(text or self.rng.choice(words()["notes"])))] if noted else []
        if kind in ("h", "A"):
            return [Line(STYLES[kind], one(self.rng, ctx.fill(text)))]
        return [Line(STYLES[kind], ctx.fill(text))]

    def paragraphs(self, ctx: Context, text: str, stock: str) -> list[str]:
        """Sentences in paragraphs of one to three."""
        left = self.sentences(ctx, span(self.rng, text) * 2 - 1, stock)
        out = []
        while left:
            take = self.rng.randint(1, 3)
            out.append(" ".join(left[:take]))
            left = left[take:]
        return out

    def sentences(self, ctx: Context, count: int, stock: str) -> list[str]:
        rng = self.rng
        offers = self.offers(ctx, count, stock)
        chosen = rng.sample(offers, min(count, len(offers)))
        ctx.told += chosen
        more = {
            "para": rng.randint(10, 130),
            "months": rng.randint(3, 18),
            "sqm": rng.randint(2, 40) * 50,
            "few": rng.randint(3, 9),
            "pct": rng.randint(4, 30),
        }
        more |= {"many": f"{rng.randint(120, 4900):,}".replace(",", "."), "place": rng.choice(words()["places"])}  # type: ignore[dict-item]
        return [ctx.fill(s, **{k: str(v) for k, v in more.items()}) for s in chosen]

    def offers(self, ctx: Context, count: int, stock: str) -> list[str]:
        """Sentences to choose among: the family's own that the case has not had; where these end, the common ones."""
        own = {"sentences": self.family.prose, "points": self.family.points or self.family.prose}.get(stock)
        if not own:
            return list(words()["sentences" if stock == "points" else stock])
        left = [s for s in own if s not in ctx.told]
        if stock == "points":
            return left or own
        return left if len(left) >= count else left + [s for s in words()["sentences"] if s not in ctx.told]

    def figure(self, ctx: Context, table: Table) -> str:
        """A sentence about a figure of the table, true; "" where no line offers itself."""
        labels = Counter(r.label for r in table.rows)
        offers = [
            (r.label, c, col.year)
            for r in table.rows
            if r.role == "detail" and labels[r.label] == 1
            for c, col in zip(r.cells, table.columns, strict=True)
            if isinstance(c, Decimal) and c > 0 and col.header == str(col.year)
        ]
        if not offers or not table.unit:
            return ""
        label, value, year = self.rng.choice(offers)
        line = label if label[1:2].isupper() else label[0].lower() + label[1:]
        amount = self.money(value, table.unit)
        said: str = self.rng.choice(self.family.figures or words()["figures"])
        return said.format(Line=label, line=line, amount=amount, year=year)

    def money(self, value: Decimal, unit: int) -> str:
        """An amount as a sentence says it, to the last krone."""
        kroner = value * unit
        if unit == 1000 and self.rng.random() < 0.5:
            return f"{value:,.0f}".replace(",", ".") + " t.kr."
        if kroner % 100_000 == 0 and self.rng.random() < 0.7:
            return f"{kroner / 1_000_000:.1f}".replace(".", ",") + " mio. kr."
        return f"{kroner:,.0f}".replace(",", ".") + " kr."

    def same_total(self, drawn: dict[str, Table]) -> None:
        """Where one table's total is another's, its last line makes up the difference."""
        for name, table in drawn.items():
            other = drawn.get(self.family.tables[name].total_of)
            if other is None:
                continue
            table.above, table.corner, table.span = other.above, other.corner, other.span
            said = re.search(r" \([^()]*\)$", other.title)
            table.title = re.sub(r" \([^()]*\)$", "", table.title) + (said[0] if said else "")
            table.price_level, table.columns = other.price_level, other.columns
            total, last = table.rows[-1], table.rows[-2]
            want = other.rows[-1].cells
            for i, cell in enumerate(want):
                others = [c for r in table.rows[:-2] if isinstance(c := r.cells[i], Decimal)]
                last.cells[i] = cell - sum(others, Decimal(0)) if isinstance(cell, Decimal) else cell
            total.cells = list(want)
            shares_of(table)


def shares_of(table: Table) -> None:
    """Reckons the columns again that are shares of another's total, once that has been set."""
    figures = [i for i, c in enumerate(table.columns) if c.kind != "text"]
    for at, column in enumerate(table.columns):
        for row in table.rows if column.make == "share" else []:
            of, whole = (r.cells[figures[column.terms[0][1] - 1]] for r in (row, table.rows[-1]))
            if isinstance(of, Decimal) and isinstance(whole, Decimal):
                row.cells[at] = (100 * of / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def halves(title: str) -> tuple[str, str]:
    """A title's two lines."""
    parts = title.split()
    half = (len(parts) + 1) // 2
    return " ".join(parts[:half]), " ".join(parts[half:])
