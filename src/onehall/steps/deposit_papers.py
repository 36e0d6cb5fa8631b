"""缴款封包单: the label of a bag, with its pieces, its drawers and two places to sign (CSH-04)."""

from datetime import datetime

from onehall.contexts.banking import api as banking
from onehall.foundation.documents.contracts import Document
from onehall.foundation.documents.services import issue_document
from onehall.foundation.documents.tabular import BagLabel, Fact, Grid
from onehall.foundation.scopes import Actor
from onehall.foundation.values.money import Money
from onehall.foundation.values.text import Text
from onehall.steps.drawer_papers import name_of
from onehall.steps.papers import letterhead

BAG = "bag"


def issue_bag_label(*, bag: banking.Bag, by: Actor, at: datetime) -> Document:
    """Stores the label of a sealed bag."""
    pieces = tuple(
        (Money(piece).text, number, Money(piece * number))
        for piece, number in sorted(bag.counted.items(), reverse=True)
    )
    form = BagLabel(
        head=letterhead(bag.hall, scope=by.scope), name=Text(bag.serial, bag.serial), total=bag.amount,
        facts=(
            Fact(label=Text("封包人", "Sealed by"), value=name_of(bag.sealed_by, scope=by.scope)),
            Fact(label=Text("封包时间", "Sealed at"), value=bag.sealed_at),
            Fact(label=Text("钱箱", "Drawers"), value=", ".join(str(drawer) for drawer in bag.drawers)),
        ),
        grids=(
            Grid(
                heading=Text("面额", "By denomination"), rows=pieces,
                columns=(Text("面额", "Denomination"), Text("张／枚", "Pieces"), Text("金额", "Amount")),
            ),
        ),
        signatures=(Text("封包人", "Sealed by"), Text("复核人", "Checked by"), Text("接收人", "Taken by")),
    )  # fmt: skip
    return issue_document(
        form, hall_id=bag.hall, serial=bag.serial, subject=BAG, subject_id=bag.id, by=by, at=at
    )
