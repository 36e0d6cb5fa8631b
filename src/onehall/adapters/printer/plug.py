"""The printer that the documents part's port asks for. Settings: `PLUGS["printer"] = "onehall.adapters.printer.plug.printer_at"`."""

from onehall.adapters.printer.client import Limits, send
from onehall.adapters.printer.codec import slip
from onehall.foundation.documents.contracts import Document, PrintJob
from onehall.foundation.documents.plugs import base_url
from onehall.foundation.documents.ports import Answer, Printer


class NetworkPrinter:
    """A receipt printer at `host` or `host:port`."""

    def __init__(self, address: str, *, limits: Limits | None = None) -> None:
        self._address = address
        self._limits = limits or Limits()

    def print(self, *, document: Document, job: PrintJob, lang: str) -> Answer:
        """See `foundation.documents.ports.Printer`."""
        return send(self._address, slip(document, job, base_url=base_url(), lang=lang), limits=self._limits)


def printer_at(address: str) -> Printer:
    """The plug."""
    return NetworkPrinter(address)
