"""Which line of the bank's record a customer's transfer is (PAY-03)."""

from datetime import date

import pytest

from onehall.contexts.banking.contracts import BankLine
from onehall.contexts.banking.rules import Transfer, TransferRefused, chosen, masked, read_rows, sought
from onehall.foundation.values.money import Money

DAY = date(2026, 11, 26)
COLUMNS = {"date": "日期", "amount": "金额", "label": "摘要", "reference": "流水号", "payer": "户名"}


def transfer(
    turn: int, fen: int = 88000, payer: str = "西安明德商贸有限公司", *, claimed: bool = False
) -> Transfer:
    line = BankLine(turn, f"R{turn}", DAY, "货款", Money(fen), masked(payer))
    return Transfer(line, payer, claimed)


def found(*known: Transfer, reference: str = "", payer: str = "", fen: int = 88000) -> BankLine:
    return chosen(sought(amount=Money(fen), reference=reference, payer=payer), known)


@pytest.mark.rule("PAY-03")
def test_a_transfer_is_found_by_reference_or_by_name_and_sum() -> None:
    one, other = transfer(1), transfer(2, payer="王建国")
    assert found(one, other, reference=" R1 ").id == 1
    assert found(one, other, payer="王建国").id == 2
    assert found(one, transfer(3, claimed=True), payer="西安明德商贸有限公司").id == 1
    assert one.line.payer == "西**"


@pytest.mark.rule("PAY-03")
@pytest.mark.parametrize(
    ("known", "said", "field", "words"),
    [
        ((), {"reference": "R1"}, "reference", "没有这笔转账"),
        ((transfer(1),), {"reference": "R1", "payer": "王建国"}, "reference", "没有这笔转账"),
        ((transfer(1),), {"reference": "R1", "fen": 87999}, "transfer_amount", "这笔是 880.00 元，不是 879.99 元"),
        ((transfer(1, claimed=True),), {"reference": "R1"}, "reference", "已经用于一次收款"),
        ((transfer(1), transfer(2)), {"payer": "西安明德商贸有限公司"}, "reference", "2 笔一样的转账"),
        ((transfer(1),), {}, "reference", "都没有填"),
        ((transfer(1),), {"reference": "R1", "fen": 0}, "transfer_amount", "要大于零"),
    ],
)  # fmt: skip
def test_what_the_record_does_not_show_is_refused_with_its_field(
    known: tuple[Transfer, ...], said: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(TransferRefused) as refused:
        found(*known, **said)  # type: ignore[arg-type]
    assert refused.value.field == field and words in refused.value.sentence("zh")
    assert refused.value.alternative("zh") and refused.value.alternative("en")


@pytest.mark.rule("PAY-03", "CSH-04")
def test_a_row_with_a_payer_is_kept_without_a_bags_label_and_a_file_without_payers_is_read() -> None:
    head, row = ("日期", "流水号", "摘要", "金额", "户名"), ("2026-11-26", "R1", "", "880.00", "王建国")
    kept, unlabelled = read_rows([(1, head), (2, row), (3, (*row[:4], ""))], columns=COLUMNS)
    assert ([one.payer for one in kept], unlabelled) == (["王建国"], 1)
    kept, unlabelled = read_rows([(1, head[:4]), (2, ("2026-11-26", "R1", "FB1", "880.00"))], columns=COLUMNS)
    assert ([one.payer for one in kept], unlabelled) == ([""], 0)
