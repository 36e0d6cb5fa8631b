"""The simulator's ear: HTTP in, HTTP out."""

import json
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

    def log_message(self, *_: object) -> None:
        """Codes and sums are not for logs."""
