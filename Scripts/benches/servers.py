"""What is measured and measured against: the host, nginx, a PostgreSQL cluster. Loopback only."""
import atexit
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile

from machine import cores, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / ".build/bench"
POSTGRES = pathlib.Path("/usr/lib/postgresql/15/bin")
SECRET = "bench-secret-of-no-value"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def request(port, path, body=None, headers=None):
    """(status, text) or None when nobody answers."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("POST" if body else "GET", path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except OSError:
        return None


class Server:
    """A process that is ended by its id."""

    def __init__(self, command, ready, core=None, directory=None):
        if core is not None:
            command = ["taskset", "-c", str(core), *command]
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd=directory)
        self.pid = self.process.pid
        atexit.register(self.end)  # also when a measurement is given up
        wait_until(lambda: self.process.poll() is not None or ready(), 60, f"{command} answers")
        if self.process.poll() is not None:
            self.log.seek(0)
            raise SystemExit(f"{command} ended:\n{self.log.read().decode()[-2000:]}")

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)

    def stop(self):
        self.end()


class Host(Server):
    """`nself run` with some plugins and no access log, on one core with one loop unless told otherwise."""

    def __init__(self, plugins, loops=1, core=None):
        self.folder = tempfile.mkdtemp(prefix="nself-bench-")
        self.port, admin = free_port(), free_port()
        manifest = pathlib.Path(self.folder, "plugins.toml")
        manifest.write_text(f"""
[host]
listen = ["127.0.0.1:{self.port}"]
admin = "127.0.0.1:{admin}"
loops = {loops}
plugins = "{ROOT}/plugins"
[log]
level = "warning"
access = false
{plugins}""")
        os.chmod(self.folder, 0o755)
        super().__init__([str(ROOT / ".build/release/nself"), "run", "--config", str(manifest)],
                         lambda: (request(self.port, "/readyz") or [0])[0] == 200, core)

    def stop(self):
        super().stop()
        shutil.rmtree(self.folder)


HELLO = """
[plugins.hello]
file = "hello.so"
"""


def database_plugins(url):
    return HELLO + f"""
[providers]
database = "postgres"
[plugins.postgres]
file = "postgres.so"
grants = ["poll", "events"]
config = {{ url = "{url}" }}
[plugins.graphql]
file = "graphql.so"
grants = ["database", "events"]
config = {{ admin_secret = "{SECRET}" }}
[plugins.prometheus]
file = "prometheus.so"
grants = ["telemetry"]
"""


class Nginx(Server):
    """One worker that answers 200 with the bytes the hello plugin answers with."""

    def __init__(self, core=None):
        self.folder = tempfile.mkdtemp(prefix="nself-bench-")
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        configuration = pathlib.Path(self.folder, "nginx.conf")
        configuration.write_text(f"""
daemon off; worker_processes 1; pid {self.folder}/pid; error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    access_log off; keepalive_requests 1000000000;
    client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;
    fastcgi_temp_path {self.folder}/fastcgi; uwsgi_temp_path {self.folder}/uwsgi; scgi_temp_path {self.folder}/scgi;
    server {{
        listen 127.0.0.1:{self.port} backlog=1024;
        location /hello {{ default_type application/json; return 200 '{{"message":"hello"}}'; }}
    }}
}}
""")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        super().__init__([program, "-c", str(configuration), "-e", "stderr"],
                         lambda: request(self.port, "/hello") is not None, core)

    def stop(self):
        super().stop()
        shutil.rmtree(self.folder)


class Cluster:
    """A private PostgreSQL with the music store at its bench size, kept between runs."""

    def __init__(self):
        self.url = os.environ.get("BENCH_DATABASE_URL")
        self.process = None
        if self.url:
            return
        # PostgreSQL refuses root: its own user runs it then, in a folder that user can reach.
        as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        self.folder = pathlib.Path("/var/lib/postgresql/nself-bench") if as_user else WORK / "cluster"
        port = free_port()
        fresh = not (self.folder / "PG_VERSION").exists()
        if fresh:
            print("bench: making a PostgreSQL cluster with 1,000,000 tracks, once", flush=True)
            self.run([*as_user, POSTGRES / "initdb", "-D", self.folder, "-A", "trust", "-U", "nself", "-E", "UTF8",
                      "--locale=C"])
        settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
                    "shared_buffers": "512MB", "jit": "off", "synchronous_commit": "off", "autovacuum": "off",
                    "max_wal_size": "2GB", "max_connections": 64}
        command = [*as_user, str(POSTGRES / "postgres"), "-D", str(self.folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.url = f"postgres://nself@127.0.0.1:{port}/postgres"
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd="/")
        atexit.register(self.stop)
        wait_until(lambda: self.process.poll() is not None or self.is_ready(), 60, "PostgreSQL accepts connections")
        if self.process.poll() is not None:
            self.log.seek(0)
            raise SystemExit(f"PostgreSQL did not start (is another bench running?):\n{self.log.read().decode()[-1000:]}")
        if fresh:
            self.run(["psql", "--no-psqlrc", "-q", "-v", "ON_ERROR_STOP=1", "-v", "artists=10000", "-v", "albums=10",
                      "-d", self.url, "-f", str(ROOT / "Scripts/sample/music.sql")])
        self.query("truncate play_log")

    def is_ready(self):
        return subprocess.run([POSTGRES / "pg_isready", "-q", "-d", self.url]).returncode == 0

    def run(self, command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def query(self, sql):
        done = subprocess.run(["psql", "--no-psqlrc", "-qAt", "-d", self.url, "-c", sql], check=True, text=True,
                              stdout=subprocess.PIPE, cwd="/")
        return done.stdout.strip()

    @property
    def postmaster(self):
        """The process to measure: runuser stands before it when root started it."""
        return self.process.pid if self.process else None

    def stop(self):
        if self.process and self.process.poll() is None:
            pid = int((self.folder / "postmaster.pid").read_text().split()[0])
            os.kill(pid, signal.SIGINT)  # fast shutdown
            self.process.wait(60)


def pin():
    return cores()[0]
