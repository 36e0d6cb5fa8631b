"""What is a signature on glass, and what of it can be proven later (LAW-32)."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onehall.foundation.documents.strokes import (
    Pad,
    SignatureTooShort,
    SignatureUnreadable,
    Stroke,
    check_signature,
    ink,
    picture,
    spelled,
    strokes_hash,
)  # fmt: skip

WIDTH, HEIGHT, LEAST = 400.0, 150.0, 30
part = st.floats(0, 400, allow_nan=False).map(lambda number: round(number, 1))
points = st.tuples(part, part, st.integers(0, 9000).map(float), st.floats(0, 1).map(lambda n: round(n, 1)))
strokes = st.lists(st.lists(points, min_size=1, max_size=20).map(tuple), min_size=1, max_size=6).map(tuple)


def pad(drawn: tuple[Stroke, ...]) -> Pad:
    return Pad(WIDTH, HEIGHT, drawn)


@pytest.mark.rule("LAW-32")
@given(points, st.integers(1, 50), st.integers(1, 1000))
def test_taps_are_no_signature_however_many(
    point: tuple[float, float, float, float], taps: int, least: int
) -> None:
    with pytest.raises(SignatureTooShort):
        check_signature(pad(((point,),) * taps), least=least)


@pytest.mark.rule("LAW-32")
@given(strokes, st.floats(0.2, 5))
def test_the_same_hand_counts_the_same_on_every_size_of_screen(
    drawn: tuple[Stroke, ...], scale: float
) -> None:
    larger = tuple(tuple((x * scale, y * scale, t, p) for x, y, t, p in stroke) for stroke in drawn)
    assert math.isclose(ink(Pad(WIDTH * scale, HEIGHT * scale, larger)), ink(pad(drawn)), abs_tol=1e-6)


@pytest.mark.rule("LAW-32")
@given(strokes, strokes)
def test_another_stroke_never_makes_it_shorter_and_the_limit_is_the_limit(
    drawn: tuple[Stroke, ...], more: tuple[Stroke, ...]
) -> None:
    assert ink(pad(drawn + more)) >= ink(pad(drawn))
    if ink(pad(drawn)) >= LEAST:
        assert check_signature(pad(drawn), least=LEAST) == pad(drawn)
    else:
        with pytest.raises(SignatureTooShort):
            check_signature(pad(drawn), least=LEAST)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e9])
def test_numbers_that_no_pad_sends_are_refused(odd: float) -> None:
    good = (1.0, 1.0, 0.0, 0.5)
    with pytest.raises(SignatureUnreadable):
        check_signature(pad(((good, (odd, 1.0, 1.0, 0.5)),)), least=1)
    for wide, tall in ((odd, HEIGHT), (WIDTH, odd), (0.0, HEIGHT), (WIDTH, -1.0)):
        with pytest.raises(SignatureUnreadable):
            check_signature(Pad(wide, tall, ((good, (300.0, 90.0, 80.0, 0.5)),)), least=1)
    with pytest.raises(SignatureUnreadable):
        check_signature(None, least=1)


@pytest.mark.rule("LAW-32")
@given(strokes, strokes)
def test_other_strokes_have_another_hash_and_the_same_ones_the_same_picture(
    drawn: tuple[Stroke, ...], other: tuple[Stroke, ...]
) -> None:
    kept, changed = spelled(pad(drawn)), spelled(pad(other))
    assert (strokes_hash(kept) == strokes_hash(changed)) == (drawn == other)
    assert picture(kept) == picture(spelled(pad(drawn)))


@given(strokes)
def test_the_picture_is_a_drawing_with_every_stroke_inside_its_edges(drawn: tuple[Stroke, ...]) -> None:
    drawing = ElementTree.fromstring(picture(spelled(pad(drawn))))
    _, _, wide, tall = map(float, drawing.attrib["viewBox"].split())
    ways = [element.attrib["d"].removeprefix("M").split() for element in drawing]
    assert len(ways) == len(drawn)
    for way in ways:
        numbers = [float(number) for number in way]
        assert all(0 <= x <= wide for x in numbers[::2]) and all(0 <= y <= tall for y in numbers[1::2])
