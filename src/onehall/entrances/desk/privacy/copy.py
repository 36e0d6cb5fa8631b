"""The customer's copy under its headings (LAW-30)."""

from collections.abc import Mapping

from onehall.foundation.values.text import Text
from onehall.readings.own_data import Rows

_HEADINGS = {
    "particulars": Text("一、您的资料", "1. Your particulars"),
    "services": Text("二、您的业务", "2. Your services"),
    "orders": Text("三、您办过的业务", "3. What you ordered"),
    "receipts": Text("四、您的收据", "4. Your receipts"),
    "goods": Text("五、手机、代收、增值业务", "5. Handsets, bills of others, third-party services"),
    "consents": Text("六、您同意过的", "6. What you agreed to"),
    "looks": Text("七、谁看过您的资料", "7. Who looked at your data"),
}


def sections(parts: Mapping[str, Rows], lang: str) -> list[tuple[str, Rows]]:
    """The parts under their headings."""
    return [(_HEADINGS[name].in_(lang), rows) for name, rows in parts.items()]
