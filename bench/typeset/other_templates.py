"""Cases in the habits of smaller municipalities: other units, price levels, columns, row words and signs."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal

from bench.typeset.figures import Series, add, amount, total
from bench.typeset.spec import Block, Case, Column, Field, Heading, Paragraph, Row, Sum, Table, printed
from bench.typeset.words import some

# Unit in kroner, how it is written, decimals printed.
UNITS = (
    (1, "hele kr.", 0),
    (1, "Kr.", 0),
    (1000, "t.kr.", 0),
    (1000, "1.000 kr.", 0),
    (1000, "Tusinde kr.", 0),
    (1_000_000, "mio. kr.", 1),
    (1_000_000, "Mio. kr.", 2),
    (1_000_000, "mio. kr.", 3),
)
PRICES = ("{}-priser", "{}-p/l", "{} p/l", "{}-PL", "PL {}", "løbende priser", "")


class Habits:
    """What one municipality's tables have in common."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.unit, self.unit_words, self.decimals = rng.choice(UNITS)
        price = rng.choice(PRICES)
        self.first = rng.randint(2018, 2027)
        self.price_level = self.first if "{}" in price else None
        self.price_words = price.format(self.first)
        self.years = tuple(range(self.first, self.first + rng.randint(3, 5)))
        style = rng.choice(("plain", "plain", "budget", "words", "overslag"))
        self.year_labels = tuple(self._year(style, i, y) for i, y in enumerate(self.years))
        self.total_column = rng.random() < 0.5
        self.percent_column = rng.random() < 0.35
        self.total_above = rng.random() < 0.3
        self.total_word = rng.choice(("I alt", "I alt", "Sum", "Samlet", "Total", "Netto i alt"))
        self.saving_positive = rng.random() < 0.3

    @staticmethod
    def _year(style: str, index: int, year: int) -> str:
        if style == "plain":
            return str(year)
        if style == "budget":
            return f"B{year}" if index == 0 else f"BO{year}"
        if style == "overslag":
            return f"Budget {year}" if index == 0 else f"Overslag {year}"
        return f"Budget {year}"

    @property
    def unit_phrase(self) -> str:
        join = self.rng.choice((", ", " ", " i ")) if self.price_words else ""
        return f"{self.unit_words}{join}{self.price_words}"

    def value(self) -> Decimal:
        """A plausible positive amount in the table's unit."""
        base = amount(self.rng)
        if self.unit == 1:
            return base * 1000 + self.rng.choice((0, 0, self.rng.randint(0, 999)))
        if self.unit == 1000:
            return base
        return (base / 1000).quantize(Decimal(1).scaleb(-self.decimals)) or Decimal(1).scaleb(-self.decimals)

    def series(self, sign: int) -> Series:
        """A figure a year: level, rising or changing."""
        first = self.value()
        kind = self.rng.choice(("level", "level", "free", "late"))
        if kind == "level":
            return tuple(sign * first for _ in self.years)
        if kind == "late":
            return tuple(Decimal(0) if i == 0 else sign * first for i in range(len(self.years)))
        return tuple(sign * self.value() for _ in self.years)

    def columns(self) -> tuple[Column, ...]:
        out = [Column(text, "year", y) for text, y in zip(self.year_labels, self.years, strict=True)]
        if self.total_column:
            out.append(Column(f"I alt {self.first}-{str(self.years[-1])[2:]}", "total"))
        if self.percent_column:
            out.append(Column("Andel i pct.", "percent"))
        return tuple(out)

    def cells(self, series: Series, share: Decimal | None = None) -> tuple[str, ...]:
        out = ["-" if v == 0 else printed(v or Decimal(0), self.decimals) for v in series]
        if self.total_column:
            out.append(printed(total(series), self.decimals))
        if self.percent_column:
            out.append("" if share is None else f"{printed(share, 1)} %")
        return tuple(out)

    def blank(self) -> tuple[str, ...]:
        return ("",) * (len(self.years) + self.total_column + self.percent_column)

    def table(self, label: str, title: str, rows: list[Row], sums: list[Sum], notes: tuple[str, ...] = ()) -> Table:
        return Table(
            ("other_money", "summary", "recurring", "investment_service", "investment_capital"),
            self.columns(),
            tuple(rows),
            label,
            title,
            unit=self.unit,
            unit_phrase=self.unit_phrase,
            price_level=self.price_level,
            sums=tuple(sums),
            notes=notes,
            decimals=self.decimals,
            cost_sign=-1 if self.saving_positive else 1,
        )


def list_table(habits: Habits, label: str, title: str, words: list[str], sign: int) -> Table:
    """A list of items with one total below or above them, and now and then a memo line."""
    rng = habits.rng
    series = [habits.series(sign) for _ in words]
    all_of_them = add(series, len(habits.years))
    weight = abs(total(all_of_them)) or Decimal(1)
    shares = [abs(total(s)) / weight * 100 for s in series]
    items = [Row(w, "detail", habits.cells(s, p)) for w, s, p in zip(words, series, shares, strict=True)]
    sum_row = Row(habits.total_word, "total", habits.cells(all_of_them, Decimal(100)))
    count = len(items)
    if habits.total_above:
        rows, rule = [sum_row, *items], Sum(0, tuple(range(1, count + 1)))
    else:
        rows, rule = [*items, sum_row], Sum(count, tuple(range(count)))
        if rng.random() < 0.4:
            part = tuple(Decimal(int(v or 0) // 3) if habits.decimals == 0 else v for v in series[0])
            rows.append(Row("Heraf finansieret af puljen", "memo", habits.cells(part)))
    return habits.table(label, title, rows, [rule])


def net_table(habits: Habits, label: str, title: str) -> Table:
    """Blocks of Udgift, Indtægt and Netto, and the net of them all."""
    rng = habits.rng
    rows: list[Row] = []
    sums: list[Sum] = []
    nets: list[int] = []
    net_series: list[Series] = []
    sections = rng.sample(["Drift", "Anlæg", "Finansiering", "Afledt drift"], rng.randint(1, 3))
    for name in sections:
        if len(sections) > 1:
            rows.append(Row(name, "section", habits.blank()))
        cost, income = habits.series(1), habits.series(-1)
        net = add([cost, income], len(habits.years))
        at = len(rows)
        rows.append(Row("Udgift" if rng.random() < 0.5 else "Udgifter", "detail", habits.cells(cost)))
        rows.append(Row("Indtægt" if rng.random() < 0.5 else "Indtægter", "detail", habits.cells(income)))
        rows.append(Row("Netto", "total" if len(sections) == 1 else "subtotal", habits.cells(net)))
        sums.append(Sum(at + 2, (at, at + 1)))
        nets.append(at + 2)
        net_series.append(net)
    if len(sections) > 1:
        rows.append(Row("Netto i alt", "total", habits.cells(add(net_series, len(habits.years)))))
        sums.append(Sum(len(rows) - 1, tuple(nets)))
    return habits.table(label, title, rows, sums)


def nested_table(habits: Habits, label: str, title: str) -> Table:
    """Groups of items with a subtotal each and a total of the subtotals."""
    rng = habits.rng
    rows: list[Row] = []
    sums: list[Sum] = []
    subtotals: list[int] = []
    group_series: list[Series] = []
    words = rng.sample(some("other"), 7)
    for name, size in zip(("Drift", "Anlæg"), (rng.randint(2, 4), rng.randint(2, 3)), strict=True):
        series = [habits.series(1) for _ in range(size)]
        start = len(rows)
        rows += [Row(words.pop(), "detail", habits.cells(s)) for s in series]
        group = add(series, len(habits.years))
        rows.append(Row(f"{name} i alt", "subtotal", habits.cells(group)))
        sums.append(Sum(len(rows) - 1, tuple(range(start, start + size))))
        subtotals.append(len(rows) - 1)
        group_series.append(group)
    rows.append(Row(habits.total_word, "total", habits.cells(add(group_series, len(habits.years)))))
    sums.append(Sum(len(rows) - 1, tuple(subtotals)))
    return habits.table(label, title, rows, sums)


def make_case(rng: random.Random, code: str | None = None) -> Case:
    """A whole consistent case in the manner of some smaller municipality."""
    habits = Habits(rng)
    title = rng.choice(some("local", "titles"))
    mine = rng.choice(some("local", "administrations"))
    summary = rng.choice(some("prose", "summary"))
    sections = iter(range(1, 20))
    numbered = rng.random() < 0.6

    def heading(text: str) -> Heading:
        return Heading(text, str(next(sections)) if numbered else None)

    def prose(key: str) -> Paragraph:
        return Paragraph(" ".join((rng.choice(some("prose", key)), rng.choice(some("prose", "filler")))))

    sign = 1 if habits.saving_positive else -1
    note = "Positive tal er besparelser." if habits.saving_positive else "Besparelser er vist med minus."
    makers: list[Callable[[str], Table]] = [
        lambda n: net_table(habits, n, "Økonomiske konsekvenser"),
        lambda n: list_table(habits, n, "Udgifter fordelt på arter", rng.sample(some("other"), rng.randint(2, 7)), 1),
        lambda n: nested_table(habits, n, "Drifts- og anlægsudgifter"),
        lambda n: list_table(
            habits, n, "Besparelser", rng.sample(some("recurring", "savings"), rng.randint(2, 5)), sign
        ),
    ]
    name = f"{code}: {title}" if code else title
    blocks: list[Block] = [Paragraph(name, "title"), Field("Fagområde:", mine), Field("Resumé:", summary)]
    blocks += [heading("Baggrund"), prose("background"), heading("Forslag"), prose("content")]
    blocks += [heading("Økonomi"), prose("economy")]
    for number, make in enumerate(rng.sample(makers, rng.randint(1, 3)), 1):
        table = make(f"Tabel {number}")
        blocks += [table, Paragraph(note if table.title == "Besparelser" else rng.choice(some("prose", "filler")))]
    blocks += [heading("Det videre forløb"), prose("implementation"), heading("Risici"), prose("risk")]
    return Case(tuple(blocks), code, title, summary, (mine,), None)
