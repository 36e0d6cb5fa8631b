"""What was sold is taken back: voided in the shift, or reversed once a manager agreed; and what must then be typed by hand."""

import re

from chaos.answers import Answer
from chaos.asking import Browser, moved, shown
from chaos.paying import standing_of, yuan
from chaos.providers import Providers
from chaos.told import PayoutTold, Tally, Told

_NUMBER = re.compile(r"第 (\d+) 号")
_SLIP = re.compile(r'/charges/(\d+)/refund-slip"')


def void(told: Told, clerk: Browser) -> None:
    """Within the shift, with every copy of the receipt. A no is one: the customer has renewed elsewhere, the balance was spent."""
    told.asked_void = True
    address = f"/desk/payments/{told.payment}/void"
    answer = clerk.send(address, {"reason": "客户改主意", "copies": "3"}, _definite)
    if answer is not None:
        told.voided = answer.status == 200


def reverse(told: Told, clerk: Browser, manager: Browser) -> None:
    """Asked for, approved by the manager, done."""
    address = f"/desk/payments/{told.payment}/reversal"
    asked = clerk.send(address, {"reason": "办错产品"}, _definite)
    number = _NUMBER.search(asked.text) if asked else None
    if number is None or not approved(int(number[1]), manager):
        return
    told.asked_void = True
    answer = clerk.send(address, {"reason": "办错产品", "copies": "3", "approval": number[1]}, _definite)
    if answer is not None:
        told.voided = answer.status == 200


def approved(request: int, manager: Browser) -> bool:
    """The manager's yes."""
    answer = manager.send(
        f"/board/approvals/{request}/decision", {"answer": "approve", "note": "同意"}, moved
    )
    return answer is not None


def pay_out(told: PayoutTold, clerk: Browser, manager: Browser, tally: Tally) -> None:
    """What is left on a balance, in cash, once the manager agreed."""
    address = f"/desk/customers/{told.party}/balance/refund"
    wanted = {"amount": yuan(told.fen), "reason": "客户退余额"}
    asked = clerk.send(address, wanted)
    number = _NUMBER.search(asked.text) if asked else None
    if number is None or not approved(int(number[1]), manager):
        return
    told.approval = int(number[1])
    with tally.lock:
        tally.payouts.append(told)
    answer = clerk.send(address, {**wanted, "approval": number[1]})
    if answer is not None:
        told.paid = answer.status == 303


def give_back_by_hand(told: Told, clerk: Browser, manager: Browser, providers: Providers) -> None:
    """Slips go back on the terminal and are typed by the clerk; transfers go back from the company's account."""
    page = clerk.insist(f"/desk/baskets/{told.basket}/charges", None, shown)
    if page is None:
        return
    for one in standing_of(page.text).charges:
        if one.waits_for_slip:
            sale = next(sale for sale in list(providers.card.sales.values()) if not sale.number and sale.fen == one.fen and sale.reference in page.text)  # fmt: skip
            slip = providers.card.give_back(sale)
            address = f"/desk/baskets/{told.basket}/charges/{one.id}/refund-slip"
            clerk.send(address, {"card": "1234", "approval": sale.approval, "reference": slip})
        elif one.means == "transfer":
            reference = f"BACK{one.id:08}"
            manager.send(f"/board/charges/{one.id}/transfer-back", {"reference": reference})


def _definite(answer: Answer) -> bool:
    return answer.status in (200, 409)
