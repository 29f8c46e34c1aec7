"""Which line of a table a statement of the prose speaks of, where that is clear.

In: what a sentence states, its words, its lead (heading or list item) and the case's tables.  Out: table and line
ordinals, or None.  Two signals at least must agree: words of the line's label, the lead, the line's figures.  Where the
figure contradicts the line, the words alone must leave no doubt; a link that guesses is worse than none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import chain

import regex

from extract.records import record
from lexicon.folding import fold_accents
from normalize.models import Kind, Measure, Role, StatementKind, Table
from normalize.prose.numbers import Found
from normalize.prose.sentences import Lead, prose
from normalize.prose.targets import DETAILED, Target, agrees, elsewhere, is_called, is_of, sums_up, targets
from normalize.prose.words import folded_words, letters_of, likeness, plain, same_word, stem, tokens, weak_words

_SURE = 0.8
_LONG_LABEL = 8  # letters of a label's only word that names it beyond doubt
_CONCEPTS = ("investment", "recurring", "net")
_LIKELY = 0.5


@record
class Context:
    """The words a statement stands among: its own part of the sentence, its passage's lead, the section's heading."""

    words: str
    lead: Lead | None
    section: str | None
    in_heading: bool
    introduces: int | None = None  # ordinal of the table that the sentence hands its amount out over


class Linker:
    """Finds the line a statement names among the lines of one case."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._targets = targets(tables)
        seen: dict[str, set[int]] = {}
        for target in self._targets:
            for token in target.tokens:
                seen.setdefault(token, set()).add(target.group)
        self._rarity = {token: 1 / len(groups) for token, groups in seen.items()}
        self._weights: dict[str, float] = {}
        # What the text of a sentence, lead or heading says of a line is asked for each amount in it anew.
        self._cache: dict[tuple[str, int], tuple[float, int]] = {}
        self._hits: dict[str, dict[str, float]] = {}
        self._leads: dict[tuple[str, str | None, int], float] = {}

    def link(self, found: Found, context: Context) -> Target | None:
        """The line the statement names; None where that is not clear."""
        if found.kind in (StatementKind.PRICE_LEVEL, StatementKind.PAYBACK) or found.rate or not self._targets:
            return None
        if found.kind is StatementKind.FTE:
            return self._fte_line(found, context)
        return self._introduced(context) or self._agreeing(found, context) or self._named(found, context)

    def shared(self, founds: Sequence[Found]) -> Target | None:
        """The one line that has most amounts of a list of years, where nothing says what the list is of.

        At least two of the amounts, and all but one, must be its own in their years.
        """
        lists: dict[int, Target] = {}
        if len({f.years for f in founds}) < len(founds) or any(f.rate or f.partly or f.approximate for f in founds):
            return None
        for target in self._targets:
            if target.measure is Measure.DKK and set(chain.from_iterable(f.years for f in founds)) <= set(
                target.by_year
            ):
                agreeing = sum(any(target.by_year.values()) and agrees(f, target) for f in founds)
                if agreeing >= max(2, len(founds) - 1):
                    lists.setdefault(target.group, target)
        figures = {tuple(sorted(t.by_year.items())) for t in lists.values()}
        return min(lists.values(), key=lambda t: (t.table, t.line)) if len(figures) == 1 else None

    def likely(self, found: Found, context: Context) -> Target | None:
        """For an amount without link: the line its words name by half at least, or the total of what they speak of."""
        if found.kind is not StatementKind.MONEY or found.rate or found.partly or found.approximate:
            return None
        scored: list[tuple[float, Target]] = []
        for target in self._targets:
            if target.measure is Measure.DKK:
                share, telling = self.coverage(target, context.words)
                if (share >= _LIKELY and telling) or self._is_total_of(target, context):
                    scored.append((max(share, _LIKELY), target))
        return self._best(scored, 0.0)

    def _weight(self, token: str) -> float:
        found = self._weights.get(token)
        if found is None:
            weak = 0.35 if token in weak_words() else 1.0
            found = self._weights[token] = weak * math.sqrt(self._rarity.get(token, 1.0))
        return found

    def coverage(self, target: Target, text: str) -> tuple[float, int]:
        """(share of the label's words that the text has, by weight; how many telling words of it the text has)."""
        key = (text, id(target))
        if key not in self._cache:
            self._cache[key] = self._coverage(target, text)
        return self._cache[key]

    def _coverage(self, target: Target, text: str) -> tuple[float, int]:
        if not target.tokens:
            return 0.0, 0
        said = tokens(text)
        known = self._hits.setdefault(text, {})
        for token in target.tokens:
            if token not in known:
                known[token] = max([likeness(token, s) for s in said], default=0.0)
        hits = [(t, known[t]) for t in target.tokens if known[t]]
        telling = sum(hit >= _LIKELY and t not in weak_words() for t, hit in hits)
        share = sum(self._weight(t) * hit for t, hit in hits) / sum(map(self._weight, target.tokens)) if hits else 0.0
        if len(target.letters) > 14 and target.letters in letters_of(text):
            return 1.0, max(telling, 1)
        return share, telling

    def _lead_score(self, target: Target, lead: Lead | None) -> float:
        """How surely a lead is this line's label: both must have the other's words."""
        if lead is None or not lead.text:
            return 0.0
        key = (lead.text, lead.number, id(target))
        if key not in self._leads:
            self._leads[key] = self._scored(target, lead)
        return self._leads[key]

    def _scored(self, target: Target, lead: Lead) -> float:
        share, telling = self.coverage(target, lead.text)
        own = tokens(lead.text)
        if not own or not target.tokens or not share:
            return 0.0
        whole = sum(map(self._weight, own))
        back = sum(self._weight(t) * max(likeness(t, s) for s in target.tokens) for t in own) / whole
        if lead.number is not None and lead.number == target.number and back >= 0.6 and telling:
            return 1.0
        only_weak = not telling and target.letters != letters_of(lead.text)
        if back >= 0.95 and share >= _LIKELY and telling >= 2:
            return max(share, _SURE)  # the label says the same, and more
        return 0.0 if only_weak else min(share, back)

    def _best(self, scored: Sequence[tuple[float, Target]], margin: float) -> Target | None:
        """The best-scored line, the detailed table's before the summary's; None where another line comes near."""
        if not scored:
            return None
        ranked = sorted(scored, key=lambda s: (-s[0], s[1].kind not in DETAILED, s[1].table, s[1].line))
        top = ranked[0]
        rivals = [s for s, t in ranked if t.group != top[1].group]
        if rivals and rivals[0] > top[0] - margin:
            return None
        same = [t for s, t in ranked if t.group == top[1].group and s > top[0] - 0.05]
        return min(same, key=lambda t: (t.kind not in DETAILED, t.table, t.line))

    def _introduced(self, context: Context) -> Target | None:
        """The total of the table that follows, where the sentence says that the table hands its amount out."""
        if context.introduces is None:
            return None
        totals = [t for t in self._targets if t.table == context.introduces and t.role is Role.TOTAL]
        return totals[-1] if len(totals) == 1 else None

    def _agreeing(self, found: Found, context: Context) -> Target | None:
        """The line whose figures are the stated ones and whose words the text has at least half of."""
        agreeing = [t for t in self._targets if t.measure is Measure.DKK and agrees(found, t)]
        if not agreeing:
            return None
        led = self._best([(self._lead_score(t, context.lead), t) for t in self._targets], 0.15)
        sure = led.group if led is not None and self._lead_score(led, context.lead) >= _SURE else None
        scored = [
            (score, t)
            for t in agreeing
            if sure in (None, t.group) or self.coverage(t, context.words)[0] >= _SURE
            if (score := self._agreed(t, found, context)) is not None
        ]
        best = self._best(scored, 0.0)
        return best if best is not None and not _has_twin(best, scored) else None

    def _agreed(self, target: Target, found: Found, context: Context) -> float | None:
        """How surely the text names a line that has the stated figures; None where nothing names it."""
        share, telling = self.coverage(target, context.words)
        above, above_telling = self.coverage(target, context.section or "")
        lead, section = self._lead_score(target, context.lead), above * 0.5
        named = share + section >= (_SURE if found.partly else _LIKELY) and telling + above_telling
        return max(share + section, lead) if named or lead >= 0.6 or self._is_total_of(target, context) else None

    def _named(self, found: Found, context: Context) -> Target | None:
        """The line that the words name beyond doubt, though its figures are others."""
        money = [t for t in self._targets if t.measure is Measure.DKK]
        said = found.total or found.per_year or bool(found.years) or found.rising or _grants(context.words)
        led = [(self._lead_score(t, context.lead), t) for t in money]
        best = self._best([(s, t) for s, t in led if s >= _SURE], 0.15)
        if best is not None and context.in_heading:
            return best
        if best is not None and said and not _is_share_of_lead(found, context):
            return best if self._is_of_lead(found, context, best) else None
        if found.partly or context.in_heading or any(s >= _LIKELY for s, _ in led):
            return None  # where the lead half names a line, the amount may be a part of it
        whole = self._whole(found, context)
        return whole if whole is not None or not said else self._said_of(money, context)

    def _is_of_lead(self, found: Found, context: Context, line: Target) -> bool:
        """Whether an amount under a heading that names a line is said of it; in the line's own list item it is."""
        share, telling = self.coverage(line, context.words)
        under = context.lead is not None and context.lead.heading
        return not under or bool(share >= _LIKELY and telling) or bool(found.years and elsewhere(found, line))

    def _said_of(self, money: Sequence[Target], context: Context) -> Target | None:
        """The line whose label the words have as good as whole; before all, the one whose label they open with."""
        said = tokens(context.words)
        opening = [t for t in money if len(t.letters) >= _LONG_LABEL and said[: len(t.tokens)] == t.tokens]
        first = self._best([(float(len(t.tokens)), t) for t in opening if t.role is Role.DETAIL], 1.0)
        if first is not None:
            return first
        shares = [(*self.coverage(t, context.words), t) for t in money]
        near = self._best([(s, t) for s, n, t in shares if n >= 1], 0.35)
        if near is None:
            return None
        share, telling = self.coverage(near, context.words)
        return near if share >= 0.95 and (telling + len(near.tokens) > 2 or _is_subject(near, context.words)) else None

    def _is_total_of(self, target: Target, context: Context) -> bool:
        """Whether the line is the sum of what the sentence speaks of as a whole."""
        if target.role not in (Role.TOTAL, Role.SUBTOTAL):
            return False
        said = folded_words(context.words)
        return any(said & _names(concept) and sums_up(target, concept) for concept in _CONCEPTS)

    def _whole(self, found: Found, context: Context) -> Target | None:
        """The total line of all costs, or of all lasting changes, where the sentence speaks of the whole."""
        said = folded_words(context.words)
        net = bool(said & _names("net"))
        proposal = bool(said & _names("whole"))
        if not (found.total or net or proposal or _opens_with_whole(context.words, found)):
            return None
        if said & _names("investment"):
            return self._only_total("investment", found)
        lasting = found.per_year or found.onwards
        if net and (whole := self._only_total("net", found) or self._bottom_line()) is not None:
            return whole
        if net or (said & _names("recurring") and (self._savings_only() or (proposal and lasting))):
            return self._only_total("recurring", found)
        return None

    def _bottom_line(self) -> Target | None:
        """The total of a case's only table of money, where its label names nothing but the whole ("I alt")."""
        money = [t for t in self._targets if t.measure is Measure.DKK]
        totals = [t for t in money if t.role in (Role.TOTAL, Role.SUBTOTAL)]
        alone = len({t.table for t in money}) == len(totals) == 1
        return totals[0] if alone and set(totals[0].tokens) <= weak_words() else None

    def _savings_only(self) -> bool:
        """Whether no lasting change is a cost, so that gross and net are the same."""
        if any(t.kind is Kind.CATALOGUE for t in self._targets):
            return True
        details = [t for t in self._targets if t.kind is Kind.RECURRING and t.role is Role.DETAIL]
        return bool(details) and all(v <= 0 for t in details for v in t.by_year.values())

    def _only_total(self, concept: str, found: Found) -> Target | None:
        """The one total of the kind, if all tables that have one agree on it."""
        totals = self._totals_of(concept)
        if not totals or any(t.by_year != totals[0].by_year for t in totals):
            return None
        years = set(found.years)
        paid = {y for y, v in totals[0].by_year.items() if v}
        return totals[0] if found.onwards or len(years) < 2 or years >= paid else None

    def _totals_of(self, concept: str) -> list[Target]:
        """The totals of the kind: of its own tables, else of the summary, else subtotals that are called so.

        Where service and capital investments have a table each, the whole is neither: it is the summary's.
        """
        totals = [t for t in self._targets if t.role in (Role.TOTAL, Role.SUBTOTAL) and sums_up(t, concept)]
        own = [t for t in totals if t.role is Role.TOTAL and is_of(t, concept)]
        if concept == "investment" and len({t.kind for t in own}) > 1:
            own = []
        mixed = [t for t in totals if t.kind in (Kind.SUMMARY, Kind.OTHER_MONEY)]
        return own or mixed or [t for t in totals if t.role is Role.SUBTOTAL and is_called(t, concept)]

    def _fte_line(self, found: Found, context: Context) -> Target | None:
        """The line whose label (or FTE table) counts the årsværk that the sentence speaks of."""
        counted = [t for t in self._targets if t.fte is not None or t.measure is Measure.FTE]
        scored: list[tuple[float, Target]] = []
        for target in counted:
            share, telling = self.coverage(target, context.words)
            lead = self._lead_score(target, context.lead)
            equal = target.fte == found.value or (target.measure is Measure.FTE and agrees(found, target))
            if equal and ((share >= _SURE and telling) or lead >= 0.6):
                scored.append((max(share, lead), target))
        best = self._best(scored, 0.0)
        if best is not None or found.partly:
            return best
        number = context.lead.number if context.lead is not None else None
        led = [(self._lead_score(t, context.lead), t) for t in counted if number is not None and t.number == number]
        return self._best([(s, t) for s, t in led if s >= _SURE], 0.15) or self._counted(counted, context)

    def _counted(self, counted: Sequence[Target], context: Context) -> Target | None:
        """The line that the words name beyond doubt, though it counts other årsværk."""
        if folded_words(context.words) & {fold_accents(w) for w in prose("marks", "each")}:
            return None
        shares = [(*self.coverage(t, context.words), t) for t in counted]
        best = self._best([(s, t) for s, n, t in shares if n >= 1], 0.35)
        return best if best is not None and self.coverage(best, context.words)[0] >= 0.95 else None


def _is_share_of_lead(found: Found, context: Context) -> bool:
    """Whether the amount is a part of what the lead names, and none that its own list item adds."""
    own_item = found.added and context.lead is not None and not context.lead.heading
    return found.partly and not own_item


def _has_twin(best: Target, scored: Sequence[tuple[float, Target]]) -> bool:
    """Whether another line of its table has the same figures, and is named half as surely."""
    top = max(score for score, target in scored if target.group == best.group)
    return any(
        t.group != best.group and t.table == best.table and t.by_year == best.by_year and score > top / 2
        for score, t in scored
    )


def _opens_with_whole(words: str, found: Found) -> bool:
    """Whether a sentence opens "Investeringen på 3,5 mio. kr. …": then it speaks of the whole."""
    opening = regex.match(r"\s*(?:Den samlede\s+)?(\p{L}+)\s+på\s*$", words.split(found.printed)[0])
    return opening is not None and fold_accents(opening[1]) in {
        fold_accents(n) for n in prose("concepts", "investment")
    }


def _is_subject(target: Target, words: str) -> bool:
    """Whether a label of one long word is what the sentence opens with or what it gives its amount "til"."""
    if len(target.tokens) != 1 or len(target.letters) < _LONG_LABEL:
        return False
    said = plain(words).split()
    named = [n for n, word in enumerate(said) if same_word(target.tokens[0], stem(word.strip(".,;:()")))]
    return any(n == 0 or said[n - 1] == "til" for n in named)


@cache
def _names(concept: str) -> frozenset[str]:
    """The words by which a text speaks of a whole."""
    return frozenset(fold_accents(n) for n in prose("concepts", concept))


def _grants(text: str) -> bool:
    return any(verb in fold_accents(text) for verb in prose("marks", "grants"))
