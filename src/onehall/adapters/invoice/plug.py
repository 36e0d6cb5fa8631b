"""The tax side that invoicing's port asks for. Settings: `PLUGS["tax_side"] = "onehall.adapters.invoice.plug.http_tax_side"`."""

from datetime import datetime

import httpx

from onehall.adapters.invoice.client import SECONDS, attempt
from onehall.contexts.invoicing.ports import Answer, TaxSide, Wanted


class HttpTaxSide:
    """One question after the other: the tax side counts them."""

    def __init__(self, url: str, key: str, *, seconds: float = SECONDS) -> None:
        self._url, self._key = url, key
        self._client = httpx.Client(timeout=seconds, trust_env=False, follow_redirects=False)

    def issue(self, wanted: Wanted, *, at: datetime) -> Answer:
        """See `contexts.invoicing.ports.TaxSide`."""
        del at
        return attempt(self._client, self._url, self._key, wanted)


def http_tax_side(url: str, key: str) -> TaxSide:
    """The plug."""
    return HttpTaxSide(url, key)
