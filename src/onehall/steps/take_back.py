"""Taking an import back whole, as long as nothing refers to what it brought (API-03)."""

from collections.abc import Mapping
from datetime import datetime

from onehall.contexts.customers import api as customers
from onehall.contexts.numbers import api as numbers
from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.registers import api as registers
from onehall.contexts.subscriptions import api as subscriptions
from onehall.foundation.database import referrers
from onehall.foundation.policy.services import policy_book
from onehall.foundation.scopes import Actor
from onehall.foundation.values.text import Text
from onehall.steps.take_over_lines import take_back_lines

_OWN = ("subscriptions_term", "broadband", "telephone", "voice_line")
"""What an import brings beside the subscription itself."""
_WORDS = {
    "orders_serviceorder": Text("受理单（如续费）", "orders (a renewal, say)"),
    "orders_basketitem": Text("未结的受理", "items of a basket"),
    "orders_basket": Text("受理", "baskets"),
    "customers_accesspurpose": Text("客户资料查看记录", "looks at customers' records"),
    "customers_accessrefusal": Text("被拒绝的查看记录", "refused looks at customers' records"),
    "subscriptions_ending": Text("终止申请", "endings"),
    "subscriptions_move": Text("移机", "moves"),
    "subscriptions_suspension": Text("停机保号", "suspensions"),
    "subscriptions_retention": Text("挽留记录", "records of retention talks"),
    "subscriptions_pointaddition": Text("加信息点", "additional points"),
    "subscriptions_subscription": Text("后来办理的业务", "later services"),
    "fieldwork_workorder": Text("工单", "work orders"),
    "voice_line": Text(
        "固话的变更、充值、话单或帐单", "changes, recharges, calls or bills of telephone lines"
    ),
    "registers_row": Text("其他登记表的行", "rows of other registers"),
}


def take_back(*, made: registers.ImportMade, by: Actor, at: datetime) -> int:
    """Everything the import brought is gone afterwards; how many rows. Raises StillReferred, which says what refers."""
    form = registers.FORMATS[made.format]
    lines = registers.subscriptions_brought(made.id, scope=by.scope)
    parties = registers.parties_brought(made.id, scope=by.scope)
    phones = [column for kind, column in form.claims if kind == "telephone"]
    kept = list(registers.keys_brought(made.id, column=phones[0], scope=by.scope)) if phones else []
    gone = registers.take_back_import(import_id=made.id, by=by, at=at)
    _refuse_if_used(referrers("subscriptions_subscription", lines, apart_from=_OWN))
    if made.format == registers.books.FIXED_LINE.code:
        book = policy_book(hall_id=made.hall_id, at=at)
        used = take_back_lines(lines, book=book, at=at)
        _refuse_if_used({"voice_line": used} if used else {})
    names = subscriptions.withdraw_subscriptions(subscription_ids=lines)
    _refuse_if_used(
        referrers("customers_party", parties, apart_from=("customers_identitydocument", "customers_contact"))
    )
    provisioning.withdraw_accounts(accounts=names)
    numbers.withdraw_numbers(kind=numbers.NumberKind.ACCOUNT, numbers=names)
    numbers.withdraw_numbers(kind=numbers.NumberKind.TELEPHONE, numbers=kept)
    customers.withdraw_customers(party_ids=parties)
    return gone


def _refuse_if_used(found: Mapping[str, int]) -> None:
    if found:
        told = [(_WORDS.get(table, Text(table, table)), count) for table, count in found.items()]
        raise registers.StillReferred(
            what="、".join(f"{words.zh} {count} 条" for words, count in told),
            what_en=", ".join(f"{count} × {words.en}" for words, count in told),
        )
