"""From corrections to drafts: one root for each cause, what it breaks as its consequences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.models import Amount
from reconcile.causes.correction import Correction
from reconcile.causes.ledger import Ledger
from reconcile.figures.draft import Draft, Identity, Param
from reconcile.figures.slips import may_be_misread, slip
from reconcile.figures.view import Batch, Slot
from reconcile.models import Check, Severity, Verdict

_RANK = {Check.CROSS_TABLE: 0, Check.COMMITTEE: 1, Check.CATALOGUE: 2, Check.ROW_TOTAL: 3, Check.COLUMN_TOTAL: 4}
_SLIPS = ("mistyped_digit", "transposed_digits", "dropped_digit", "extra_digit", "total_of_other_row", "sign")
_SURE_SLIPS = ("factor_1000",)
_SLIPS_OF_PROSE = ("factor_1000", "transposed_digits", "dropped_digit", "extra_digit")
_OF_ONE_FIGURE = (*_SLIPS_OF_PROSE, "mistyped_digit", "sign", "misread")  # causes that name a figure
_ROW_SLIPS = ("missing_part", "part_twice", "extra_part", "missing_line", "duplicate_line", "total_of_other_row")
_LONGEST = 19  # figures and signs of a sum written out
_QUOTIENTS = ("relation_percent", "relation_share", "relation_growth", "relation_average")
_HUNDRED = Decimal(100)
_FOUR_PLACES = Decimal("0.0001")
_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)


def drafts(batch: Batch, corrections: Sequence[Correction], ledger: Ledger) -> list[Draft]:
    """One draft for each cause, with the other broken identities that the cause explains under it."""
    before = ledger.printed()
    roots: list[tuple[Draft, Draft]] = []
    for correction in corrections:
        if _only_a_hunch(before, correction):
            continue
        main = _main(batch, before, correction)
        if correction.message is not None:
            root = _draft_of_table(batch, before, main, correction)
            root.consequences = [_draft(batch, before, k, None, None) for k in correction.fixed]
            roots.append((root, root))
            continue
        stale = correction.cause == "stale_total"  # then the totals are what is wrong, not the line
        root = _draft(batch, before, main, correction.key if correction.applied and not stale else None, correction)
        for k in correction.fixed:
            if k != main:
                root.consequences.append(_draft(batch, before, k, None, None))
        roots.append((root, _draft(batch, before, main, None, None)))
    merged = _merged(roots)
    for root in merged:
        _lift(root)
    return merged


def _only_a_hunch(ledger: Ledger, correction: Correction) -> bool:
    """Whether it explains nothing that must hold, and is no slip that is sure or shows in more than one place."""
    if not all(ledger.identities[k].hunch for k in correction.fixed):
        return False
    sure = correction.cause in _SURE_SLIPS
    return not (sure or (correction.cause in _ROW_SLIPS and len(correction.fixed) > 1))


def _lift(root: Draft) -> None:
    """A root is at least as severe as what follows from it."""
    worst = max((d.severity for d in root.consequences), key=_ORDER.index, default=root.severity)
    if root.verdict is not Verdict.UNLIKELY:
        root.severity = max(root.severity, worst, key=_ORDER.index)


def _draft_of_table(batch: Batch, ledger: Ledger, main: int, correction: Correction) -> Draft:
    """The draft of a slip of a whole table: no line of it is wrong by itself."""
    slot, other = correction.key, correction.other
    assert correction.message is not None
    assert correction.check is not None
    severity, reread = _severity(batch, ledger, main, correction)
    numbers = [Decimal(v) for name in ("stated", "expected") if isinstance(v := correction.params.get(name), int)]
    stated, expected = numbers if len(numbers) > 1 else (None, None)
    return Draft(
        correction.check,
        severity,
        correction.message,
        slot.case,
        slot.table,
        year=int(stated) if stated is not None else None,
        other_case=other.case if other is not None else None,
        other_table=other.table if other is not None else None,
        params=dict(correction.params),
        stated=stated,
        expected=expected,
        evidence=tuple(dict.fromkeys(s for k in correction.fixed for s in ledger.identities[k].slots)),
        cause=correction.cause,
        cause_params=dict(correction.cause_params),
        reread=reread,
    )


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


@dataclass(slots=True)
class _Told:
    """What a draft is to say of one identity: which figure is wrong, what it is held against, in which words."""

    slot: Slot
    other: Slot | None
    stated: Decimal
    expected: Decimal
    message: str
    params: dict[str, Param]
    arithmetic: tuple[str | Decimal, ...] = ()


def _draft(batch: Batch, ledger: Ledger, k: int, key: Slot | None, correction: Correction | None) -> Draft:
    """The draft of one broken identity, turned so that `key`, where given, is the figure it is about."""
    identity, verdict = ledger.identities[k], ledger.verdicts[k]
    if identity.statement is not None:
        return _draft_of_prose(batch, ledger, k, correction)
    told = _told(batch, ledger, k, key, correction)
    severity, reread = _severity(batch, ledger, k, correction)
    if verdict is Verdict.UNLIKELY and told.message in ("column_total", "row_total"):
        told.message = f"{told.message}_unlikely"
    draft = Draft(
        identity.check,
        severity,
        told.message,
        told.slot.case,
        told.slot.table,
        told.slot.line,
        batch.year(told.slot),
        batch.column_label(told.slot),
        params=told.params,
        stated=told.stated if batch.amount(told.slot) is not None else None,
        expected=told.expected,
        tolerance=_tolerance(ledger, k),
        verdict=verdict,
        evidence=tuple(dict.fromkeys([told.slot, *identity.slots])),
        reread=reread,
        arithmetic=told.arithmetic,
    )
    if told.other is not None:
        draft.other_case, draft.other_table = told.other.case, told.other.table
        draft.other_line = told.other.line if len(identity.terms) == 1 else None
    if correction is not None and correction.cause is not None and correction.applied:
        draft.cause, draft.cause_params = correction.cause, dict(correction.cause_params)
    return draft


def _draft_of_prose(batch: Batch, ledger: Ledger, k: int, correction: Correction | None) -> Draft:
    """The draft of an amount of running text that is not the table's; it is stated in kroner and shown in its unit."""
    identity = ledger.identities[k]
    assert identity.statement is not None
    assert identity.constant is not None
    slot = identity.stated
    unit = batch.table(slot).unit(slot.column)
    severity, reread = _severity(batch, ledger, k, correction)
    years = {batch.year(s) for s in identity.slots if s[:2] == slot[:2]}
    year = batch.year(slot) if len(years) == 1 else None
    stated, expected = abs(identity.statement.value) / unit, ledger.expected(k) / unit
    cause = slip(stated, abs(expected))
    cause = cause if cause in _SLIPS_OF_PROSE else None
    return Draft(
        identity.check,
        severity,
        identity.message,
        slot.case,
        slot.table,
        slot.line,
        year,
        batch.column_label(slot) if year is not None or len(identity.slots) == 1 else "",
        params=dict(identity.params),
        stated=stated,
        expected=expected,
        cause=cause,
        cause_params={"printed": stated, "intended": abs(expected)} if cause is not None else {},
        tolerance=_tolerance(ledger, k, unit),
        verdict=ledger.verdicts[k],
        evidence=tuple(dict.fromkeys([slot, *identity.slots])),
        reread=reread,
    ).quoting(identity.statement)


def _tolerance(ledger: Ledger, k: int, unit: Decimal = Decimal(1)) -> Decimal:
    identity = ledger.identities[k]
    if identity.slack:
        return identity.slack / unit
    rounding = ledger.rounding(k)
    return Decimal(0) if identity.same else rounding.total + rounding.reach


def _told(batch: Batch, ledger: Ledger, k: int, key: Slot | None, correction: Correction | None) -> _Told:
    """What the identity says of its stated figure, or of `key` where that is the wrong one."""
    identity = ledger.identities[k]
    stated = identity.stated
    other = identity.terms[-1][0] if identity.terms else None
    told = _Told(stated, other, ledger.value(stated), ledger.expected(k), identity.message, dict(identity.params))
    if identity.message in _QUOTIENTS:
        told.expected = _as_printed(told.expected, batch.amount(stated))
    told.arithmetic = _written_out(batch, identity, told.expected)
    if identity.check in (Check.COLUMN_TOTAL, Check.ROW_TOTAL):
        told.params["parts"] = len(identity.terms)
        told.other = None
    if key is not None and key != stated and key in identity.slots:
        _turn(batch, ledger, k, key, correction, told)
    if batch.amount(told.slot) is None and identity.blank_message is not None and told.message == identity.message:
        told.message = identity.blank_message
    if told.message == "cross_blank" and told.other is not None:
        told.params.setdefault("other_line", batch.line(told.other).label)
    return told


def _as_printed(value: Decimal, amount: Amount | None) -> Decimal:
    """A quotient with one digit more than the figure that it is held to, which is what half its last digit has."""
    return value.quantize(amount.half_step) if amount is not None and amount.half_step else round(value, 2)


def _turn(batch: Batch, ledger: Ledger, k: int, key: Slot, correction: Correction | None, told: _Told) -> None:
    """Tells the identity from the side of `key`: of a part of a sum, or of the other print of one figure."""
    identity = ledger.identities[k]
    factor = next(f for s, f in identity.terms if s == key)
    if identity.part_message is not None:
        told.message = identity.part_message
        told.params = {"total": ledger.value(identity.stated)}
        if identity.check is Check.COLUMN_TOTAL:
            told.params["total_line"] = batch.line(identity.stated).label
        else:
            told.params["total_column"] = batch.column_label(identity.stated)
        told.stated, told.expected = ledger.value(key), _intended(ledger, k, key, factor, correction)
        told.slot, told.other = key, None
    elif identity.same:
        told.arithmetic = ()
        told.stated, told.expected = ledger.value(key), ledger.value(identity.stated) / factor
        told.slot, told.other = key, identity.stated
        told.params = _turned(batch, told.other, told.params)
    elif identity.message not in _QUOTIENTS and correction is not None and correction.cause in _OF_ONE_FIGURE:
        told.message, told.other = "operand", identity.stated
        told.params = {
            "other_table": batch.table(identity.stated).name,
            "other_line": batch.line(identity.stated).label,
            "other_column": batch.column_label(identity.stated),
            "total": ledger.value(identity.stated),
        }
        told.arithmetic = _written_out(batch, identity, ledger.expected(k))
        told.stated, told.expected = ledger.value(key), _intended(ledger, k, key, factor, correction)
        told.slot = key


def _written_out(batch: Batch, identity: Identity, expected: Decimal) -> tuple[str | Decimal, ...]:
    """The sum as figures with signs between them, and what they make; empty for a figure that is only repeated."""
    percent = identity.message in ("relation_percent", "relation_share")
    product = percent or identity.message == "relation_product"
    if len(identity.terms) < 2 and not product and identity.check is not Check.COLUMN_TOTAL:
        return ()
    out: list[str | Decimal] = []
    for slot, factor in identity.terms:
        if percent:
            out += [batch.value(slot), "/", _short(_HUNDRED / factor), "×", _HUNDRED]
            continue
        if product:
            out += [batch.value(slot), "×", _short(factor)]
            continue
        value = batch.value(slot) * factor
        if out:
            out += ["−" if value < 0 else "+", abs(value)]
        else:
            out.append(value)
    if len(out) > _LONGEST:
        out = [*out[: _LONGEST // 2], "…", *out[-3:]]
    return (*out, "=", expected)


def _short(factor: Decimal) -> Decimal:
    return factor.quantize(_FOUR_PLACES).normalize() if factor != factor.to_integral_value() else factor


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
    if any(batch.unsure(slot) for slot in identity.slots):  # it fails under every reading of these, by another amount
        severity = _least(severity, Severity.WARNING)
    reread = any(batch.reread(slot) for slot in identity.slots)
    if (
        correction is not None and correction.cause == "misread" and batch.scanned(correction.key)
    ) or _one_misread_digit(batch, ledger, k):
        reread = True
    if reread:
        severity = _least(severity, Severity.WARNING)
    return severity, reread


def _one_misread_digit(batch: Batch, ledger: Ledger, k: int) -> bool:
    """Whether a figure of a scan, one digit of it read wrong, would explain the identity and contradict no other."""
    return any(
        batch.misreadable(slot)
        and may_be_misread(ledger.value(slot), value)
        and not ledger.effect({slot: value}, {})[1]
        for slot, value in ledger.wanted(k)
    )


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
