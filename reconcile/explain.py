"""From corrections to drafts: one root for each cause, what it breaks as its consequences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from reconcile.draft import Draft, Param
from reconcile.intervals import tolerance
from reconcile.ledger import Correction, Ledger
from reconcile.models import Check, Severity, Verdict
from reconcile.view import Batch, Slot

_RANK = {Check.CROSS_TABLE: 0, Check.COMMITTEE: 1, Check.CATALOGUE: 2, Check.ROW_TOTAL: 3, Check.COLUMN_TOTAL: 4}
_SLIPS = ("mistyped_digit", "transposed_digits", "dropped_digit", "extra_digit", "total_of_other_row", "sign")
_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)


def drafts(batch: Batch, corrections: Sequence[Correction], ledger: Ledger) -> list[Draft]:
    """One draft for each cause, with the other broken identities that the cause explains under it."""
    before = ledger.printed()
    roots: list[tuple[Draft, Draft]] = []
    for correction in corrections:
        main = _main(batch, before, correction)
        stale = correction.cause == "stale_total"  # then the totals are what is wrong, not the line
        root = _draft(batch, before, main, correction.key if correction.applied and not stale else None, correction)
        _default_cause(batch, before, correction, root)
        for k in correction.fixed:
            if k != main:
                root.consequences.append(_draft(batch, before, k, None, None))
        roots.append((root, _draft(batch, before, main, None, None)))
    return _merged(roots)


def _default_cause(batch: Batch, ledger: Ledger, correction: Correction, root: Draft) -> None:
    """A line and its total that differ by no slip of hand: most likely one was corrected and the other was not."""
    sums = [ledger.identities[k] for k in correction.fixed if ledger.identities[k].check is Check.COLUMN_TOTAL]
    if root.cause is None and correction.applied and any(len(s.terms) > 1 for s in sums):
        root.cause, root.cause_params = "stale_total", {"line": batch.line(correction.key).label}


def _main(batch: Batch, ledger: Ledger, correction: Correction) -> int:
    """The identity that shows the wrong figure best: one that states it, in the check that says most about it."""
    is_total = correction.key.line in batch.table(correction.key).parts_of

    def rank(k: int) -> tuple[bool, bool, int, bool]:
        identity = ledger.identities[k]
        text = identity.constant is not None
        states = identity.stated == correction.key or (identity.same and correction.key in identity.slots)
        order = _RANK.get(identity.check, 9)
        if is_total and identity.check is Check.COLUMN_TOTAL:
            order = -1
        return (text, not (states or identity.part_message), order, not states)

    return min(correction.fixed, key=lambda k: (*rank(k), k))


def _draft(batch: Batch, ledger: Ledger, k: int, key: Slot | None, correction: Correction | None) -> Draft:
    """The draft of one broken identity, turned so that `key`, where given, is the figure it is about."""
    identity = ledger.identities[k]
    stated_slot, other = identity.stated, identity.terms[-1][0] if identity.terms else None
    expected = ledger.expected(k)
    stated: Decimal = identity.constant if identity.constant is not None else ledger.value(stated_slot)
    message, params = identity.message, dict(identity.params)
    if identity.check in (Check.COLUMN_TOTAL, Check.ROW_TOTAL):
        params["parts"] = len(identity.terms)
        other = None
    if key is not None and key != stated_slot and identity.constant is None and key in identity.slots:
        factor = next(f for s, f in identity.terms if s == key)
        if identity.part_message is not None:
            message = identity.part_message
            params = {}
            if identity.check is Check.COLUMN_TOTAL:
                params["total_line"] = batch.line(stated_slot).label
            else:
                params["total_column"] = batch.column_label(stated_slot)
            stated, expected = ledger.value(key), _intended(ledger, k, key, factor, correction)
            stated_slot, other = key, None
        elif identity.same:
            stated, expected = ledger.value(key), ledger.value(identity.stated) / factor
            other, stated_slot = identity.stated, key
            params = _turned(batch, other, params)
    blank = batch.amount(stated_slot) is None and identity.constant is None
    if blank and identity.blank_message is not None and message == identity.message:
        message = identity.blank_message
    verdict = ledger.verdicts[k]
    if identity.check is Check.CROSS_TABLE and message == "cross_blank" and other is not None:
        params.setdefault("other_line", batch.line(other).label)
    scale = Decimal(1)
    if identity.statement is not None:  # stated in kroner, shown in the table's unit
        scale = batch.table(stated_slot).unit(stated_slot.column)
    severity, reread = _severity(batch, ledger, k, correction)
    if verdict is Verdict.UNLIKELY and message in ("column_total", "row_total"):
        message = f"{message}_unlikely"
    doubtful = next((s for s in identity.slots if batch.shaky(s) and batch.amount(s) is not None), None)
    if severity is Severity.INFO and doubtful is not None and identity.statement is None:
        amount = batch.amount(doubtful)
        stated_slot, other, message = doubtful, None, "undecided_reading"
        params = {"printed": amount.printed if amount is not None else "", "rule": identity.check.value}
        stated = expected = ledger.value(doubtful)  # nothing is expected of a figure that is not sure to stand there
    halves = ledger.halves(k)
    statement = identity.statement
    years = {batch.year(s) for s in identity.slots if s[:2] == stated_slot[:2]} if statement is not None else set()
    year = batch.year(stated_slot) if statement is None or len(years) == 1 else None
    draft = Draft(
        identity.check,
        severity,
        message,
        stated_slot.case,
        stated_slot.table,
        stated_slot.line,
        year,
        batch.column_label(stated_slot) if year is not None or statement is None else "",
        params=params,
        stated=stated / scale if batch.amount(stated_slot) is not None or statement is not None else None,
        expected=expected / scale,
        tolerance=identity.slack / scale if identity.slack else tolerance(*halves) if not identity.same else Decimal(0),
        verdict=verdict,
        evidence=tuple(dict.fromkeys([stated_slot, *identity.slots])),
        reread=reread,
    )
    if other is not None and statement is None:
        draft.other_case = other.case
        draft.other_table, draft.other_line = other.table, other.line
        if len(identity.terms) > 1:
            draft.other_line = None
    if statement is not None:
        draft.quoting(statement)
    if correction is not None and correction.cause is not None and correction.applied and statement is None:
        draft.cause, draft.cause_params = correction.cause, dict(correction.cause_params)
    return draft


def _intended(ledger: Ledger, k: int, key: Slot, factor: Decimal, correction: Correction | None) -> Decimal:
    """What a part must be: what the correction makes of it, else what this identity alone asks for."""
    if correction is not None and key in correction.changes:
        return correction.changes[key]
    return ledger.value(key) + ledger.difference(k) / factor


def _turned(batch: Batch, other: Slot, params: dict[str, Param]) -> dict[str, Param]:
    """The parameters of a comparison seen from its other side."""
    out = dict(params)
    if "other_table" in out:
        out["other_table"] = batch.table(other).name
    if "other_line" in out:
        out["other_line"] = batch.line(other).label
    if "proposal" in out:
        case = batch.cases[other.case].case
        out["proposal"] = case.code or case.title or ""
    return out


def _severity(batch: Batch, ledger: Ledger, k: int, correction: Correction | None) -> tuple[Severity, bool]:
    """How much a broken identity may be called, and whether a figure of it must be read again first."""
    identity = ledger.identities[k]
    severity = identity.severity
    if ledger.verdicts[k] is Verdict.UNLIKELY:
        severity = _least(severity, Severity.WARNING)
    if any(batch.unsure(slot) for slot in identity.slots):
        severity = _least(severity, Severity.WARNING)
    if any(batch.shaky(slot) for slot in identity.slots):
        severity = Severity.INFO
    reread = any(batch.reread(slot) for slot in identity.slots)
    if correction is not None and correction.cause == "misread":
        reread = True
    if reread:
        severity = _least(severity, Severity.WARNING)
    return severity, reread


def _least(a: Severity, b: Severity) -> Severity:
    return min(a, b, key=_ORDER.index)


def _merged(roots: list[tuple[Draft, Draft]]) -> list[Draft]:
    """Roots that say the same of several years become one, the first year leading.

    The same: one line with one cause; or two lines held against each other that differ in three years or more,
    whatever single slips would explain each year: then neither line is known to be the wrong one.  Each root comes
    with the draft of its identity as the check states it.
    """
    pairs: dict[tuple[object, ...], list[tuple[Draft, Draft]]] = defaultdict(list)
    for draft, plain in roots:
        pair = frozenset([(draft.table, draft.line), (draft.other_table, draft.other_line)])
        single = draft.cause in (None, *_SLIPS) and draft.other_line is not None and draft.quote is None
        pairs[(draft.check, draft.case, draft.other_case, pair if single else id(draft))].append((draft, plain))
    out = []
    groups: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for both in pairs.values():
        if len(both) >= 3 and (len({_why(d) for d, _ in both}) > 1 or both[0][0].cause is None):
            for draft, plain in both:
                plain.consequences = draft.consequences
            out.append(_led(sorted((plain for _, plain in both), key=lambda d: d.year or 0)))
            continue
        for draft, _ in both:
            where = (draft.check, draft.case, draft.table, draft.line, draft.message, draft.other_table, draft.quote)
            groups[(*where, _why(draft))].append(draft)
    return out + [_led(same) for same in groups.values()]


def _why(draft: Draft) -> tuple[object, ...]:
    """A cause with what is particular of it; how large the figures were does not matter to a sign or a unit."""
    if draft.cause in ("sign", "factor_1000", "blank_figure"):
        return (draft.cause,)
    return (draft.cause, tuple(sorted(draft.cause_params.items())))


def _led(same: list[Draft]) -> Draft:
    """The first with all others under it."""
    root, *more = same
    for draft in more:
        root.consequences.extend([draft, *draft.consequences])
        draft.consequences = []
    return root
