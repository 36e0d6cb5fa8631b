"""Invoices: who they are made out to, what they show, never more than was paid, until when, and how they stand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onehall.contexts.invoicing.contracts import InvoiceKind, InvoiceLine, InvoiceState
from onehall.contexts.invoicing.rules import (
    BadBuyer,
    InvoiceRefused,
    Sold,
    buyer_of,
    category_of,
    check_time,
    kept_until,
    lines_of,
    pause,
    promised,
    reason_of,
    red_lines,
    state_of,
    tax_of,
)
from onehall.foundation.values.ids import OrderId
from onehall.foundation.values.money import Money
from onehall.foundation.values.period import CHINA
from onehall.foundation.values.text import Text
from tests.cast import credit_code

TABLE = ("2203=601/-", "6051=303/6", "605104=304/9", "2241=agency/-", "220304=later/-")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CHINA)


def sold(order: int, fen: int, account: str = "605101", invoiced: int = 0) -> Sold:
    return Sold(OrderId(order), Text("加信息点", "Point"), 1, Money(fen), account, Money(invoiced))


services = st.lists(
    st.tuples(st.integers(1, 10**7), st.sampled_from(["220301", "605101", "605104"])), min_size=1, max_size=5
).map(lambda many: [sold(n, fen, account) for n, (fen, account) in enumerate(many, start=1)])


@pytest.mark.rule("RCP-04", "LAW-31")
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(services, st.lists(st.integers(0, 100), min_size=5, max_size=5), st.integers(0, 4))
def test_parts_never_exceed_what_was_paid_and_the_rest_completes_it(
    some: list[Sold], percent: list[int], which: int
) -> None:
    parts = {one.order: Money(one.amount.fen * percent[n] // 100) for n, one in enumerate(some)}
    if not any(parts.values()):
        with pytest.raises(InvoiceRefused):
            lines_of(some, parts, table=TABLE)
        return
    first = lines_of(some, parts, table=TABLE)
    assert Money.total(line.amount for line in first) == Money.total(parts.values())
    rest = [sold(one.order, one.amount.fen, one.account, parts[one.order].fen) for one in some]
    if any(one.left for one in rest):
        second = lines_of(rest, None, table=TABLE)
        assert Money.total(line.amount for line in (*first, *second)) == Money.total(
            one.amount for one in some
        )
    over = rest[which % len(rest)]
    with pytest.raises(InvoiceRefused) as refusal:
        lines_of(rest, {over.order: over.left + Money(1)}, table=TABLE)
    assert refusal.value.field == f"amount_{over.order}" and over.left.text in refusal.value.sentence("zh")


@pytest.mark.rule("RCP-03")
def test_what_was_not_paid_for_here_is_on_no_invoice_and_none_is_empty() -> None:
    for wanted in ({OrderId(9): Money(1)}, {}, {OrderId(1): Money.zero()}):
        with pytest.raises(InvoiceRefused) as refusal:
            lines_of([sold(1, 500)], wanted, table=TABLE)
        assert refusal.value.sentence("en") and refusal.value.alternative("zh")
    with pytest.raises(InvoiceRefused) as bare:
        lines_of([sold(1, 500, "9999")], None, table=TABLE)
    assert "9999" in bare.value.sentence("zh")


@pytest.mark.rule("RCP-03")
def test_what_is_collected_for_somebody_else_is_left_out_and_refused_by_name() -> None:
    basket = [sold(1, 3000), sold(2, 10_000, "224101")]
    assert [line.order for line in lines_of(basket, None, table=TABLE)] == [1]
    with pytest.raises(InvoiceRefused) as refusal:
        lines_of(basket, {OrderId(2): Money(1)}, table=TABLE)
    assert refusal.value.rule == "CAT-11" and "委托单位" in refusal.value.alternative("zh")


@pytest.mark.rule("LAW-31")
def test_prepayments_are_their_own_untaxed_category() -> None:
    (term,) = lines_of([sold(1, 88_000, "220301")], None, table=TABLE)
    assert (term.category, term.rate, term.tax) == ("601", None, Money.zero())
    assert category_of("605104", TABLE) == ("304", 9), "the longest beginning wins"
    assert category_of("6051", (*TABLE, "broken", "=x/1", "a=b=c/1")) == ("303", 6)
    assert category_of("1", TABLE) is None


@pytest.mark.rule("RCP-04")
def test_money_paid_in_beforehand_is_invoiced_with_what_it_buys() -> None:
    basket = [sold(1, 3000), sold(2, 10_000, "220304")]
    assert [line.order for line in lines_of(basket, None, table=TABLE)] == [1]
    with pytest.raises(InvoiceRefused, match="预存"):
        lines_of(basket, {OrderId(2): Money(1)}, table=TABLE)


@pytest.mark.rule("LAW-31")
@given(st.integers(1, 10**12), st.integers(1, 17))
def test_tax_is_inside_the_amount_to_the_nearest_fen_and_red_mirrors_blue(fen: int, rate: int) -> None:
    tax = tax_of(Money(fen), rate)
    exact_twice = 2 * fen * rate
    assert abs(2 * tax.fen * (100 + rate) - exact_twice) <= 100 + rate
    assert tax_of(Money(-fen), rate) == -tax and tax_of(Money(fen), None) == Money.zero()


@pytest.mark.rule("RCP-05", "LAW-31")
@given(st.integers(1, 10**7), st.sampled_from([None, 6, 9, 13]), st.lists(st.integers(1, 10**6), max_size=6))
def test_red_lines_in_any_parts_take_back_the_blue_one_exactly(
    fen: int, rate: int | None, parts: list[int]
) -> None:
    blue = InvoiceLine(OrderId(1), Text("x", "x"), 1, Money(fen), "303", rate, tax_of(Money(fen), rate))
    taken, reds = Money.zero(), []
    for part in parts:
        wanted = Money(min(part, (blue.amount - taken).fen))
        if wanted:
            reds += red_lines([blue], {OrderId(1): taken}, {OrderId(1): wanted})
            taken += wanted
    with pytest.raises(InvoiceRefused):
        red_lines([blue], {OrderId(1): taken}, {OrderId(1): blue.amount - taken + Money(1)})
    if taken != blue.amount:
        reds += red_lines([blue], {OrderId(1): taken}, None)
    assert Money.total(red.amount for red in reds) == -blue.amount
    assert Money.total(red.tax for red in reds) == -blue.tax and all(red.amount.fen < 0 for red in reds)
    for wanted_of in (None, {OrderId(2): Money(1)}):
        with pytest.raises(InvoiceRefused):
            red_lines([blue], {OrderId(1): blue.amount}, wanted_of)


@pytest.mark.rule("LAW-31")
@pytest.mark.parametrize(
    ("title", "tax_no", "mail", "field"),
    [
        ("", "", "", "title"), ("王", "", "", "title"), ("长" * 101, "", "", "title"), ("王建国13800001234", "", "", "title"),
        ("远景公司", "123", "", "tax_no"), ("远景公司", "", "name@", "mail"), ("远景公司", "", "a b@example.com", "mail"),
        ("远景公司", "", "x" * 90 + "@example.com", "mail"),
    ],
)  # fmt: skip
def test_title_data_that_no_invoice_bears_names_its_field(
    title: str, tax_no: str, mail: str, field: str
) -> None:
    with pytest.raises(BadBuyer) as refusal:
        buyer_of(title, tax_no, mail)
    assert refusal.value.field == field and refusal.value.status == 400
    assert refusal.value.sentence("zh") != refusal.value.sentence("en") != ""


@pytest.mark.rule("LAW-31")
@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_mistyped_place_of_a_tax_number_is_found(place: int, sign: str) -> None:
    code = credit_code()
    kept = buyer_of(" 西安 远景 ", f" {code.lower()[:9]} {code[9:]}", " a@example.com ")
    assert (kept.title, kept.tax_no, kept.mail) == ("西安 远景", code, "a@example.com")
    if code[place] != sign:
        with pytest.raises(BadBuyer):
            buyer_of("远景公司", code[:place] + sign + code[place + 1 :], "")


@pytest.mark.rule("RCP-04")
@pytest.mark.parametrize(
    ("asked", "good"),
    [("2026-11-23", True), ("2026-12-23", True), ("2026-12-24", False), ("2027-11-23", False)],
)
def test_it_is_asked_for_within_the_month_the_last_day_included(asked: str, good: bool) -> None:
    at = datetime.fromisoformat(f"{asked}T23:59:59").replace(tzinfo=CHINA)
    if good:
        check_time(MONDAY, months=1, at=at)
    else:
        with pytest.raises(InvoiceRefused) as refusal:
            check_time(MONDAY, months=1, at=at)
        assert "2026-11-23" in refusal.value.sentence("zh")


@pytest.mark.rule("RCP-04", "LAW-31")
def test_ready_after_a_week_collected_within_thirty_days_kept_five_years() -> None:
    assert promised(MONDAY, ready_days=7, collect_days=30) == (date(2026, 11, 30), date(2026, 12, 30))
    late = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert kept_until(late, years=5) == date(2032, 12, 31), "it is 2027 in Xi'an"


@pytest.mark.rule("RCP-04", "RCP-05")
@given(
    st.sets(st.sampled_from(["signed", "issued", "refused", "withdrawn", "collected"])),
    st.sampled_from(list(InvoiceKind)),
    st.integers(-3, 3),
)
def test_an_invoice_stands_by_what_happened_and_lapses_only_on_paper(
    steps: set[str], kind: InvoiceKind, days: int
) -> None:
    by = date(2026, 12, 30)
    state = state_of(steps, kind, collect_by=by, today=by + timedelta(days=days))
    ended = {"refused", "withdrawn", "collected"} & steps
    if not ended:
        late = days > 0 and kind is not InvoiceKind.ELECTRONIC
        standing = InvoiceState.ISSUED if "issued" in steps else InvoiceState.REQUESTED
        assert state is (InvoiceState.LAPSED if late else standing)
    else:
        assert state.value in ended


@pytest.mark.rule("RCP-05")
def test_a_reason_is_words_and_pauses_grow_to_an_hour() -> None:
    for typed in ("", "  ", "x" * 121, "找 13800001234"):
        with pytest.raises(InvoiceRefused):
            reason_of(typed)
    assert reason_of("  抬头  写错 ") == "抬头 写错"
    waits = [pause(attempts, first_seconds=30) for attempts in range(40)]
    assert waits == sorted(waits) and (waits[0], waits[-1]) == (timedelta(seconds=30), timedelta(hours=1))
