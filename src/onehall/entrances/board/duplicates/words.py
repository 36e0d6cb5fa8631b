"""What the reasons of a suspicion are called."""

from onehall.contexts.customers.api import Suspicion
from onehall.foundation.values.text import Text

SUSPICIONS = {
    Suspicion.SAME_DOCUMENT: Text("证件号码相同", "Same document number"),
    Suspicion.NAME_AND_PHONE: Text("姓名和电话相同", "Same name and telephone"),
    Suspicion.OTHER_DOCUMENT: Text("姓名电话相同、证件不同", "Same name and telephone, other document"),
}
KINDS = {
    Suspicion.SAME_DOCUMENT: "bad",
    Suspicion.NAME_AND_PHONE: "warn",
    Suspicion.OTHER_DOCUMENT: "plain",
}
"""How the tag of each is coloured, beside its word."""
