"""Receives webhooks of the running service, and verifies them with the client of the Standard Webhooks specification.

    API_KEY=... target/checks/bin/python checks/webhooks.py http://127.0.0.1:8080

The service must be allowed to call this machine: WEBHOOK_HTTP=true WEBHOOK_NETWORKS=127.0.0.0/8.
"""

import json
import os
import queue
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

BASE = sys.argv[1].rstrip("/")
PATIENCE = 60
CALLS: queue.Queue = queue.Queue()


class Receiver(BaseHTTPRequestHandler):
    """Keeps every call, and takes it."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        CALLS.put((body, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def ask(method: str, path: str, body=None):
    """The answer of the service, as JSON."""
    request = urllib.request.Request(f"{BASE}/api/v1/{path}", method=method)
    request.add_header("Authorization", f"Bearer {os.environ['API_KEY']}")
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def verified(secret: str, body: bytes, headers: dict):
    """The message, if the client takes it as signed by this secret."""
    try:
        return Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return None


def received(event: str, secret: str):
    """The next call, which must be this event, signed by this secret and by no other, and unaltered."""
    body, headers = CALLS.get(timeout=PATIENCE)
    message = verified(secret, body, headers)
    assert message is not None, f"the client does not take {headers}"
    assert message["type"] == event, f"{message['type']} in place of {event}"
    assert verified("whsec_" + "A" * 32, body, headers) is None, "another secret is taken, too"
    assert verified(secret, body.replace(b"type", b"kind"), headers) is None, "an altered body is taken"
    later = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}
    assert verified(secret, body, later) is None, "another time is taken"
    return body, headers


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code = f"CHECK-{int(time.time())}"
    endpoint = f"webhook-endpoints/{code}"
    url = f"http://127.0.0.1:{server.server_port}/hook"
    secret = ask("PUT", endpoint, {"url": url, "framework": "PRACTICE"})["secret"]
    ask("POST", f"{endpoint}/test")
    received("ping", secret)
    concern = {
        "framework": "PRACTICE", "title": "For this check only", "question": "Is it told?", "raised_by": "Nobody",
        "assigned_to": "Nobody", "measures": ["PRACTICE-01"],
    }
    ask("PUT", f"issues-of-concern/{code}", concern)
    body, _ = received("concern.raised", secret)
    assert json.loads(body)["data"]["key"] == code, body
    successor = ask("POST", f"{endpoint}/rotate-secret", {"overlap_hours": 1})["secret"]
    ask("POST", f"{endpoint}/test")
    body, headers = received("ping", successor)
    assert verified(secret, body, headers) is not None, "during the overlap the secret before must sign, too"
    ask("DELETE", f"issues-of-concern/{code}")
    ask("DELETE", endpoint)
    print("three calls were received and verified")


main()
