"""The service under attack: started, asked, and killed with its private PostgreSQL at any moment."""

import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import threading
import time


class Service:
    """The service on a port of its own, with its data in a folder of its own."""

    def __init__(self, binary: str, folder: pathlib.Path) -> None:
        self.binary, self.folder = binary, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
            "PORT": str(self.port), "DATA_DIR": str(folder), "RUST_LOG": "warn", "RATE_LIMIT_WRITES": "0", "RATE_LIMIT_READS": "0",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.log = (folder.parent / "service.log").open("ab")

    def start(self) -> None:
        self.process = subprocess.Popen([self.binary, "serve"], env=self.env, stdout=self.log, stderr=self.log)

    def key(self, name: str, scopes: str) -> str:
        made = subprocess.run([self.binary, "keys", "create", "--name", name, "--scopes", scopes], env=self.env, check=True,
                              stdout=subprocess.PIPE, text=True)
        return made.stdout.strip()

    def wait(self) -> None:
        """Until it answers and its database does."""
        for _ in range(1200):
            assert self.process is None or self.process.poll() is None, "the service ended by itself: see service.log"
            try:
                if Caller(self.port, "").ask("GET", "/health/ready").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("the service did not come back within a minute")

    def kill(self) -> None:
        """kill -9 of the service, and a new one in its place."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.start()

    def kill_database(self) -> bool:
        """kill -9 of PostgreSQL's first process, which takes the others with it; the service starts it again. False while it is away."""
        elsewhere = self.folder / "cluster-is-elsewhere.txt"
        data = pathlib.Path(elsewhere.read_text().split("\n")[0].strip()) if elsewhere.exists() else self.folder
        try:
            os.kill(int((data / "data" / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)
            return True
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return False

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)


class Answer:
    """Status, headers and body of an answer that arrived whole."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Caller:
    """One caller on one connection, which is made anew when it broke."""

    def __init__(self, port: int, key: str) -> None:
        self.port, self.key = port, key
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Answer:
        """One try. OSError when no whole answer came, so that nobody knows whether it was done."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"} | (headers or {})
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = self.connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except (http.client.HTTPException, OSError) as broken:
            self.connection.close()
            self.connection = None
            raise OSError(str(broken)) from broken

    def until_answered(self, method: str, path: str, body: object, headers: dict[str, str], stop: threading.Event | None = None) -> Answer | None:
        """The same request again and again, until there is an answer that says what was done; None when told to give up first."""
        while not (stop and stop.is_set()):
            try:
                answer = self.ask(method, path, body, headers)
                # In flight, overloaded, or without its database: nothing was done yet.
                if answer.status < 500 and answer.json().get("code") != "request_in_flight":
                    return answer
            except OSError:
                pass
            time.sleep(0.02)
        return None
