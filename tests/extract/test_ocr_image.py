"""What is told from a scan's pixels: skew, drawn lines, tick boxes, single glyphs, bold print."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from extract.ocr.baselines import baselines
from extract.ocr.figures import is_candidate, outvoted, prints_stops, settle
from extract.ocr.image import prepared, skew
from extract.ocr.markers import with_markers, without_marker
from extract.ocr.overlooked import overlooked
from extract.ocr.rules import find_rules
from extract.ocr.shading import find_fills
from extract.ocr.shapes import glyph_of, opens_with_dash, with_dash
from extract.ocr.slips import without_slips
from extract.ocr.squares import find_squares
from extract.ocr.strokes import division
from extract.ocr.tesseract import ReadWord

Grey = npt.NDArray[np.uint8]
_PIXELS_A_POINT = 300 / 72


def paper(wide: int = 900, high: int = 600) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (wide, high), 255)
    return image, ImageDraw.Draw(image)


def grey(image: Image.Image) -> Grey:
    return np.asarray(image)


def printed(text: str, size: int = 38) -> Grey:
    image, draw = paper(60 + 30 * len(text), 70)
    draw.text((20, 10), text, fill=0, font=ImageFont.load_default(size))
    return grey(image)


def word(text: str, x0: float = 0, y0: float = 0, x1: float = 50, y1: float = 28, confidence: float = 0.9) -> ReadWord:
    return ReadWord(text, x0, y0, x1, y1, confidence, (1, 1, 1))


def test_a_faint_line_is_found_on_white_and_on_shaded_paper() -> None:
    image, draw = paper()
    draw.rectangle((100, 100, 800, 200), fill=215)
    for y in (100, 200, 300):
        draw.line((100, y, 800, y), fill=165, width=2)
    for x in (100, 450, 800):
        draw.line((x, 100, x, 300), fill=165, width=2)

    rules = find_rules((grey(image) / 255).astype(np.float32))

    assert sorted(round(y / 10) for y, _, _ in rules.horizontals) == [10, 20, 30]
    assert sorted(round(x / 10) for x, _, _ in rules.verticals) == [10, 45, 80]
    assert all(abs(y0 - 100) < 12 and abs(y1 - 300) < 12 for _, y0, y1 in rules.verticals)


def test_a_slanting_stroke_of_handwriting_is_no_line() -> None:
    image, draw = paper()
    draw.line((300, 100, 300, 400), fill=0, width=4)
    draw.line((500, 200, 518, 400), fill=0, width=4)

    rules = find_rules((grey(image) / 255).astype(np.float32))

    assert [round(x / 10) for x, _, _ in rules.verticals] == [30]


def test_a_line_ends_where_it_meets_the_frame_and_takes_no_bracket_above_it() -> None:
    image, draw = paper()
    for y in (100, 180, 260, 340):
        draw.line((100, y, 800, y), fill=0, width=3)
    for x in (100, 800):
        draw.line((x, 100, x, 340), fill=0, width=3)
    draw.line((450, 180, 450, 340), fill=0, width=3)
    draw.line((450, 125, 450, 170), fill=0, width=3)  # a bracket of the header that spans both columns

    rules = find_rules((grey(image) / 255).astype(np.float32))

    assert sorted((round(x / 10), round(y0 / 10)) for x, y0, _ in rules.verticals) == [(10, 10), (45, 18), (80, 10)]
    assert not rules.mask[130:165, 450].any()


def test_letters_that_stand_on_a_line_keep_their_feet_when_it_is_taken_out() -> None:
    image, draw = paper()
    font = ImageFont.load_default(38)
    foot = 200
    draw.text((600, foot), "1.000 p/l", fill=0, font=font, anchor="ls")
    letters = (grey(image) < 128)[foot - 5 : foot, 590:780].copy()
    draw.rectangle((100, foot, 800, foot + 3), fill=0)

    taken_out = prepared(grey(image)).grey

    assert ((taken_out[foot - 5 : foot, 590:780] < 128) & letters).sum() > 0.9 * letters.sum()
    assert (taken_out[:, 120:590] > 200).all()


def test_the_edge_of_a_shaded_area_is_no_line() -> None:
    image, draw = paper()
    draw.rectangle((100, 100, 800, 300), fill=205)

    rules = find_rules((grey(image) / 255).astype(np.float32))

    assert (rules.horizontals, rules.verticals) == ([], [])


def test_shaded_bands_are_found_below_their_text() -> None:
    image, draw = paper(1200, 900)
    for y in (200, 320):
        draw.rectangle((120, y, 1080, y + 60), fill=240)
    for y in range(210, 440, 60):
        draw.text((140, y), "Samlet varig ændring   -1.250   -2.500   -2.500", fill=0, font=ImageFont.load_default(34))
    noise = np.random.default_rng(1).normal(0, 6, (900, 1200))

    fills = find_fills((grey(image) + noise).clip(0, 255).astype(np.uint8))

    assert [[round(v / 30) for v in fill] for fill in fills] == [[4, 7, 36, 9], [4, 11, 36, 13]]


def test_a_shadow_that_fades_is_no_band() -> None:
    shadow = np.tile(np.linspace(150, 250, 900)[:, None], (1, 1200)).astype(np.uint8)

    assert find_fills(shadow) == []


def test_the_small_letters_of_dense_print_are_no_band() -> None:
    image, draw = paper(1200, 600)
    draw.rectangle((120, 200, 1080, 224), fill=225)  # as high as small letters and no higher

    assert find_fills(grey(image)) == []


def test_letters_are_no_lines() -> None:
    image, draw = paper()
    for y in range(40, 560, 50):
        draw.text((40, y), "Ill mm effektiviseringerne ttt nnn HHHH EEEE", fill=0, font=ImageFont.load_default(36))

    rules = find_rules((grey(image) / 255).astype(np.float32))

    assert (rules.horizontals, rules.verticals) == ([], [])


@pytest.mark.parametrize("ticked", [True, False])
def test_a_tick_box_is_a_small_square(ticked: bool) -> None:
    image, draw = paper()
    draw.rectangle((100, 100, 140, 140), outline=0, width=3)
    draw.text((160, 96), "Socialforvaltningen DOBE08", fill=0, font=ImageFont.load_default(40))
    if ticked:
        draw.line((100, 100, 140, 140), fill=0, width=3)
        draw.line((140, 100, 100, 140), fill=0, width=3)

    (square,) = find_squares(grey(image), _PIXELS_A_POINT)

    assert (square.x0, square.y0, square.ticked) == (100, 100, ticked)


@pytest.mark.parametrize(("text", "shape"), [("0", "0"), ("-", "-"), *((d, None) for d in "123456789"), ("00", None)])
def test_a_zero_and_a_dash_are_told_by_shape(text: str, shape: str | None) -> None:
    assert glyph_of(printed(text), 28) == shape


@pytest.mark.parametrize(("text", "signed"), [("-250", True), ("250", False), ("1.250", False), ("- 7", True)])
def test_a_sign_is_told_by_shape(text: str, signed: bool) -> None:
    assert opens_with_dash(printed(text), 28) is signed


@pytest.mark.parametrize("digit", "0123456789")
def test_no_digit_opens_or_closes_with_a_dash(digit: str) -> None:
    assert not opens_with_dash(printed(digit * 2), 28)
    assert not opens_with_dash(printed(digit * 2)[:, ::-1], 28)
    assert opens_with_dash(printed(f"{digit}-")[:, ::-1], 28)


def test_a_dash_that_touches_its_figure_is_a_sign() -> None:
    image, draw = paper(200, 70)
    draw.text((50, 10), "4.553", fill=0, font=ImageFont.load_default(38))
    top = int(np.flatnonzero((grey(image) < 140).any(axis=1)).mean())
    draw.rectangle((34, top, 54, top + 3), fill=0)

    assert opens_with_dash(grey(image), 28)


def test_a_dash_left_out_of_a_words_box_is_taken_in() -> None:
    page = printed("-250")
    columns = np.flatnonzero((page < 140).any(axis=0))
    gap = int(np.flatnonzero(np.diff(columns) > 1)[0])
    rows = np.flatnonzero((page < 140).any(axis=1))
    box = word("250", float(columns[gap + 1]), float(rows[0]), float(columns[-1]), float(rows[-1]) + 1)

    assert with_dash(page, box, 28, [box]).x0 == columns[0]
    dash = word("-", float(columns[0]), float(rows[0]), float(columns[gap]), float(rows[-1]))
    assert with_dash(page, box, 28, [box, dash]).x0 == box.x0


def test_a_raised_marker_is_no_digit_of_its_figure() -> None:
    image, draw = paper(200, 70)
    draw.text((20, 10), "747", fill=0, font=ImageFont.load_default(38))
    end = int(np.flatnonzero((grey(image) < 140).any(axis=0))[-1])
    draw.text((end + 5, 14), "1", fill=0, font=ImageFont.load_default(20))
    rows, columns = (np.flatnonzero((grey(image) < 140).any(axis=a)) for a in (1, 0))
    read = word("7471", float(columns[0]), float(rows[0]), float(columns[-1]), float(rows[-1]))

    figure, marker = without_marker(grey(image), read, 28)

    assert (figure.text, marker) == ("747", "¹")
    assert figure.x1 == end


def test_a_raised_digit_read_as_a_word_is_a_marker_of_the_nil_before_it() -> None:
    nil, marker, figure = word("-", 100, 40, 110, 60), word("1", 114, 24, 119, 40), word("7", 160, 32, 176, 60)
    lines = [(60.0, 28.0), (60.0, 28.0), (60.0, 28.0)]

    assert [w.text for w in with_markers([nil, marker, figure], lines)] == ["-¹", "7"]
    on_the_line = replace(figure, x0=114, x1=130)
    assert [w.text for w in with_markers([nil, on_the_line], lines[:2])] == ["-", "7"]


def test_a_comma_before_three_digits_is_a_stop_only_where_the_page_prints_stops() -> None:
    assert prints_stops(["1.250", "-3,400", "2.100", "77", "9.000"])
    assert not prints_stops(["1,263", "4,788", "0,185", "1.263"])


def test_two_of_three_readings_carry_the_vote() -> None:
    read = word("1.860", confidence=0.4)

    assert outvoted(read, ["1.860", "1.360", "1.360"], lambda: False).text == "1.360"
    assert outvoted(read, ["-1.860", "1.860", "1.860"], lambda: True).text == "-1.860"
    assert outvoted(read, ["1.860", "1.360", "1.560"], lambda: False) is read


def test_two_readings_that_agree_are_trusted_and_two_that_differ_are_not() -> None:
    agreed = settle(word("1.860"), ("1.860", 0.9, False), lambda: False)
    differ = settle(word("1.860"), ("1.360", 0.8, False), lambda: False)

    assert agreed.confidence > 0.95
    assert (differ.text, differ.alternatives) == ("1.860", ("1.360",))
    assert differ.confidence < 0.5


def test_a_bracketed_digit_that_is_a_ring_is_a_zero() -> None:
    assert settle(word("(9)", confidence=0.6), ("0", 0.97, True), lambda: False).text == "0"


def test_what_only_the_second_reading_took_for_a_figure_is_doubtful() -> None:
    assert settle(word("l.2S0"), ("1.250", 0.96, False), lambda: False).confidence < 0.5


@pytest.mark.parametrize("text", ["1.250", "(9)", "l.2S0", "-"])
def test_what_may_be_a_figure_is_read_again(text: str) -> None:
    assert is_candidate(word(text))


@pytest.mark.parametrize("name", ["BC41", "B41", "SOF", "D1", "og"])
def test_a_name_with_digits_is_left_as_it_was_read(name: str) -> None:
    assert not is_candidate(word(name))


def test_a_sign_in_doubt_is_settled_by_its_shape() -> None:
    assert settle(word("51"), ("-51", 0.8, False), lambda: True).text == "-51"
    assert settle(word("-51"), ("51", 0.8, False), lambda: False).text == "51"


@pytest.mark.parametrize("slip", ["p/1", "p/1l", "p/I", "p/l", "pll", "2025-p/1"])
def test_price_level_is_spelt_right(slip: str) -> None:
    spelt = "2025-p/l" if slip.startswith("2025") else "p/l"

    assert [w.text for w in without_slips([word(slip), word(slip + ",")])] == [spelt, f"{spelt},"]


@pytest.mark.parametrize(("before", "read"), [("kr.", "p/l"), ("t.kr.,", "p/l"), ("i", "på")])
def test_a_preposition_after_unit_and_year_is_a_price_level(before: str, read: str) -> None:
    assert [w.text for w in without_slips([word(before), word("2025"), word("på")])] == [before, "2025", read]


def test_a_forecast_year_has_one_letter_o() -> None:
    words = [word("BO02027"), word("B02028"), word("BO2029"), word("B2027"), word("02027")]

    assert [w.text for w in without_slips(words)] == ["BO2027", "BO2028", "BO2029", "B2027", "02027"]


def test_an_arrow_after_a_year_is_a_price_level() -> None:
    words = [word("En"), word("pil"), word("2024"), word("pil"), word("1/1")]

    assert [w.text for w in without_slips(words)] == ["En", "pil", "2024", "p/l", "1/1"]


def test_words_of_a_line_share_one_baseline_whatever_hangs_below() -> None:
    words = [word("Hvid", y1=28), word("totalt,", y1=34), word("øgning", y0=8, y1=36), word("områ-", y0=-4, y1=28)]

    assert {round(base) for base, _ in baselines(words)} == {28}


def test_figures_with_a_minus_stand_on_the_line_of_the_label_left_of_them() -> None:
    words = [word("Drift"), word("-942", x0=400, x1=480), word("-", x0=700, y0=15, x1=712, y1=18)]

    assert {round(base) for base, _ in baselines(words)} == {28}


def test_a_figure_midway_between_two_lines_of_a_label_is_on_neither() -> None:
    label = [word("Indkøb"), word("af", x0=58, x1=80), word("måleudstyr", y0=52, y1=80)]
    figures = [word("820", x0=500, x1=550, y0=26, y1=54)]

    assert [round(base) for base, _ in baselines(label + figures)] == [28, 28, 74, 54]


def test_a_lone_digit_midway_between_the_two_lines_of_its_label_is_not_passed_over() -> None:
    image, draw = paper()
    font = ImageFont.load_default(38)
    boxes = []
    for text, base in (("Tilbagebetalingstid", 200), ("baseret", 246)):
        draw.text((100, base), text, fill=0, font=font, anchor="ls")
        boxes.append(word(text, *draw.textbbox((100, base), text, font=font, anchor="ls")))
    draw.text((600, 223), "2", fill=0, font=font, anchor="ls")

    found = overlooked(prepared(grey(image)), boxes, [(200.0, 28.0), (246.0, 28.0)])

    assert [(round(w.x0, -1), round(w.y1, -1)) for w in found] == [(600, 220)]


def test_a_light_word_within_a_bold_line_is_bold() -> None:
    bold, light, regular = (30.0, 1.0), (3.0, 6.0), (1.0, 30.0)

    assert division([bold, bold, light, bold]) == [True] * 4
    assert division([bold, bold, regular, regular]) == [True, True, False, False]
    assert division([]) == []


def test_a_page_askew_is_set_straight() -> None:
    image, draw = paper(1600, 1200)
    for y in range(100, 1100, 60):
        draw.text((100, y), "En linje tekst af jævn længde, som løber hen over siden " * 2, fill=0, font_size=30)
    turned = grey(image.rotate(1.5, resample=Image.Resampling.BICUBIC, fillcolor=255))

    assert skew(turned) == pytest.approx(1.5, abs=0.1)
    assert prepared(turned).angle == pytest.approx(-1.5, abs=0.1)


@settings(max_examples=25, deadline=None)
@given(
    wide=st.integers(1, 200),
    high=st.integers(1, 200),
    ink=st.sampled_from(["black", "white", "noise", "half"]),
    seed=st.integers(0, 9),
)
def test_no_image_is_too_odd(wide: int, high: int, ink: str, seed: int) -> None:
    made = {
        "black": np.zeros((high, wide), dtype=np.uint8),
        "white": np.full((high, wide), 255, dtype=np.uint8),
        "noise": np.random.default_rng(seed).integers(0, 256, (high, wide), dtype=np.uint8),
        "half": np.repeat(np.arange(high, dtype=np.uint8)[:, None] // 2, wide, axis=1),
    }[ink]

    image = prepared(made)

    assert (image.width, image.height) == (wide, high)
    assert all(0 <= y <= high for y, _, _ in image.horizontals)
