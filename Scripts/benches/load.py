"""Load: wrk for HTTP, pgbench for the ceilings, a small client of our own where every answer counts."""
import http.client
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time

from machine import cores
from servers import POSTGRES, SECRET

# Draws the variables itself, so that no two requests are alike, and prints what it saw as JSON.
LUA = """
local ranges, names = { %s }, { %s }
local head, tail = %s, %s
function init(args) math.randomseed(%d) end
function request()
  local parts = {}
  for i, name in ipairs(names) do
    parts[i] = '"' .. name .. '":' .. math.random(ranges[i][1], ranges[i][2])
  end
  return wrk.format("POST", "/v1/graphql", nil, head .. table.concat(parts, ",") .. tail)
end
wrk.headers["content-type"] = "application/json"
wrk.headers["x-hasura-admin-secret"] = %s
"""
DONE = """
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"seconds":%f,"bytes":%d,"bad":%d,"p50_us":%d,"p99_us":%d}\\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


def wrk(port, path, seconds, connections, script=""):
    """One closed-loop run. Any answer but 200, or a broken connection, makes it invalid."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + DONE)
        file.flush()
        command = ["taskset", "-c", str(cores()[1]), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s",
                   "-s", file.name, f"http://127.0.0.1:{port}{path}"]
        output = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
    result = json.loads(re.findall(r"^\{.*\}$", output, re.M)[-1])
    if result["bad"]:
        raise SystemExit(f"{result['bad']} of {result['requests']} answers were bad: no measurement")
    result["per_second"] = result["requests"] / result["seconds"]
    return result


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def script(operation, seed):
    ranges = operation["ranges"]
    body = json.dumps({"query": operation["text"], "variables": {}})
    head, tail = body[:-2], "}}"
    return LUA % (", ".join("{%d, %d}" % pair for pair in ranges.values()), ", ".join(quote(name) for name in ranges),
                  quote(head), quote(tail), seed, quote(SECRET))


def pgbench(url, operation, seconds, connections):
    lines = [f"\\set {name} random({low}, {high})" for name, (low, high) in operation["ranges"].items()]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write("\n".join(lines) + "\n" + " ".join(operation["sql"].split()) + ";\n")
        file.flush()
        os.chmod(file.name, 0o644)
        output = subprocess.run(
            [POSTGRES / "pgbench", "-n", "-M", "prepared", "-c", str(connections), "-j", "1", "-T", str(seconds),
             "-f", file.name, url], check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
    transactions = int(re.search(r"actually processed: (\d+)", output).group(1))
    rate = float(re.search(r"tps = ([0-9.]+)", output).group(1))
    return {"requests": transactions, "per_second": rate}


class Timeline:
    """Clients that go on through failures and note when each answer came and whether it was right."""

    def __init__(self, port, body, connections):
        self.events = []  # (time, good)
        self.ending = False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.client, args=(port, body), daemon=True)
                        for _ in range(connections)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.ending = True
        for thread in self.threads:
            thread.join(15)

    def client(self, port, body):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {"content-type": "application/json", "x-hasura-admin-secret": SECRET}
        while not self.ending:
            try:
                connection.request("POST", "/v1/graphql", body, headers)
                answer = connection.getresponse()
                good = answer.status == 200 and b'"errors"' not in answer.read()
            except (OSError, http.client.HTTPException):
                good = False
                connection.close()
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with self.lock:
                self.events.append((time.monotonic(), good))


def available(name):
    return shutil.which(name) is not None
