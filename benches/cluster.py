"""A PostgreSQL cluster of the bench's own, with settings that keep every commit, and the log of what it was asked."""
import glob
import json
import os
import pwd
import shutil
import subprocess
import time

# Changes that the service has not sealed yet.
UNSEALED = """SELECT count(*) FROM changes WHERE coalesce(
    (transaction_number, sequence) > (SELECT last_transaction, last_sequence FROM change_seals ORDER BY number DESC LIMIT 1), true)"""

# Durable as in production; the rest is what a small server would be given.
SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica", "shared_buffers": "1GB",
            "max_wal_size": "4GB", "checkpoint_timeout": "15min", "max_connections": "100", "listen_addresses": "",
            "logging_collector": "on", "log_destination": "jsonlog", "log_directory": "log", "log_filename": "bench.log",
            "log_rotation_age": "0", "log_rotation_size": "0"}


def find_programs():
    """The folder with postgres, initdb, psql and pgbench: PG_BINDIR, the newest package, else PATH."""
    packages = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin") + glob.glob("/opt/homebrew/opt/postgresql*/bin")
    packages.sort(key=lambda path: [int(part) for part in path.replace("-", "/").replace("@", "/").split("/") if part.isdigit()])
    on_path = os.path.dirname(shutil.which("pgbench") or "")
    for folder in filter(None, [os.environ.get("PG_BINDIR"), *reversed(packages), on_path]):
        if all(os.access(f"{folder}/{name}", os.X_OK) for name in ("postgres", "initdb", "psql", "pgbench")):
            return folder
    raise SystemExit("postgres, initdb, psql and pgbench were not found: install PostgreSQL 15 or later, or set PG_BINDIR")


class Cluster:
    def __init__(self, folder):
        self.folder, self.programs = folder, find_programs()
        self.data, self.process = f"{folder}/data", None
        # As root, initdb and postgres refuse to run: they get an unprivileged user.
        self.user = {"user": "postgres"} if os.getuid() == 0 else {}
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        self.url = f"postgres://bench@{folder.replace('/', '%2F')}/bench?application_name=service"

    def run(self, program, *words, **more):
        done = subprocess.run([f"{self.programs}/{program}", *words], env=self.env, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, **more)
        if done.returncode:
            raise SystemExit(f"{program} failed:\n{done.stdout}")
        return done.stdout.strip()

    def psql(self, *words):
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "bench", "-d", "bench", *words)

    def start(self):
        """Starts the cluster, made first if it is not there; answers whether it is new."""
        new = not os.path.exists(self.data)
        if new:
            os.makedirs(self.folder, exist_ok=True)
            if self.user:
                owner = pwd.getpwnam(self.user["user"])
                os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.run("initdb", "-D", self.data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--data-checksums",
                     cwd="/", **self.user)
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        self.process = subprocess.Popen([f"{self.programs}/postgres", "-D", self.data, "-k", self.folder, *settings], env=self.env,
                                        cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True, **self.user)
        while not self.ready():
            if self.process.poll() is not None:
                raise SystemExit(f"PostgreSQL did not start (does one run in {self.folder} already?): see {self.data}/log")
            time.sleep(0.1)
        if new:
            self.run("createdb", "-h", self.folder, "-U", "bench", "bench")
        return new

    def ready(self):
        """Whether it answers, and is the one started here."""
        try:
            with open(f"{self.data}/postmaster.pid") as file:
                ours = int(file.readline()) == self.process.pid
        except (OSError, ValueError):
            return False
        asked = [f"{self.programs}/pg_isready", "-qh", self.folder, "-U", "bench", "-d", "bench"]
        return ours and subprocess.run(asked, env=self.env).returncode == 0

    def wait_sealed(self):
        """Until the running service has sealed all that was written, so that what one side left is no work beside the next."""
        while self.psql("-c", UNSEALED) != "0":
            time.sleep(0.2)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(2)
            self.process.wait(60)

    def log_all(self, on):
        """Logs every step of every statement, or stops that; taken up by sessions when they are next asked something."""
        self.psql("-c", f"ALTER SYSTEM SET log_min_duration_statement = {0 if on else -1}", "-c", "SELECT pg_reload_conf()")
        time.sleep(0.5)

    def logged(self, after=0):
        """What the service sent, from line `after` of the log on, and the line where the log ends: (message, detail) in order."""
        with open(f"{self.data}/log/bench.json") as log:
            lines = log.readlines()
        entries = [json.loads(line) for line in lines[after:]]
        return [(e["message"], e.get("detail", "")) for e in entries if e.get("application_name") == "service"], len(lines)
