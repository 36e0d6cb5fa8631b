"""The simulator's ear: HTTP in, HTTP out."""

import json
from datetime import date
from http.server import BaseHTTPRequestHandler
from typing import Any


class Handler(BaseHTTPRequestHandler):
    """Reads questions, asks the provider, signs what it says."""

    provider: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["content-length"])))

    def _answer(self, sent: bytes) -> None:
        if self.path.startswith("/v3/billdownload/"):
            self._file(self.provider.bill(date.fromisoformat(self.path[-10:])))
            return
        if not self.provider.knows(self.command, self.path, self.headers.get("authorization", ""), sent):
            status, answer = 401, {"code": "SIGN_ERROR", "message": "签名错误"}
        else:
            status, answer = self.provider.heard(self.command, self.path, json.loads(sent or b"{}"))
        if not status:
            self.provider.gone.wait(self.provider.silence)
            self.close_connection = True
            return
        body = b"" if status == 204 else json.dumps(answer).encode()
        try:
            self.send_response(status)
            for name, value in {**self.provider.signed(body), "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            return

    def _file(self, content: bytes) -> None:
        """A file lies open, as the provider's do; its digest was signed."""
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Codes and sums are not for logs."""
