"""The commands of Scripts/bench: each runs its rounds, prints a table and writes JSON to .build/bench/."""
import argparse
import json
import os
import signal
import time

import load
from machine import cpu_seconds, median, pss_bytes
from operations import OPERATIONS
from servers import HELLO, SECRET, WORK, Cluster, Host, Nginx, database_plugins, pin, request

# Below these a change has made something worse; the aims are in the README.
BARS = {"hello": 0.80, "q1": 0.50, "q2": 0.60, "q3": 0.90, "q5": 1.5, "start": 0.3, "memory": 30.0}


def rounds(count, candidates):
    """Runs every candidate once per round, in reversed order every other round."""
    names = list(candidates)
    results = {name: [] for name in names}
    for index in range(count):
        for name in names if index % 2 == 0 else reversed(names):
            results[name].append(candidates[name]())
    return results


def paired(above, below):
    """The ratio of each pair that ran in one round: (median, least, greatest)."""
    ratios = [a / b for a, b in zip(above, below)]
    return median(ratios), min(ratios), max(ratios)


def measured(server, port, path, options, script=""):
    before = cpu_seconds(server)
    result = load.wrk(port, path, options.seconds, options.connections, script)
    result["cpu_us"] = (cpu_seconds(server) - before) * 1e6 / result["requests"]
    return result


def hello(options):
    core = pin()
    ours, peer = Host(HELLO, core=core), Nginx(core=core)
    for server in (ours, peer):
        status, text = request(server.port, "/hello")
        assert (status, text) == (200, '{"message":"hello"}'), (status, text)
        load.wrk(server.port, "/hello", 1, options.connections)  # caches warm, pages touched
    results = rounds(options.rounds, {
        "nself": lambda: measured(ours.pid, ours.port, "/hello", options),
        "nginx": lambda: measured(peer.pid, peer.port, "/hello", options)})
    ours.stop()
    peer.stop()
    cpu = {name: [one["cpu_us"] for one in list_] for name, list_ in results.items()}
    ratio, least, greatest = paired(cpu["nginx"], cpu["nself"])
    return {"ratio": ratio, "least": least, "greatest": greatest, "rows": summary(results)}


def summary(results):
    rows = []
    for name, list_ in results.items():
        row = {"name": name}
        for key in ("per_second", "cpu_us", "database_cpu_us", "p50_us", "p99_us"):
            values = [one[key] for one in list_ if key in one]
            if values:
                row[key] = median(values)
        rows.append(row)
    return rows


def check(port, name, operation):
    """One right answer before anything is measured: no errors, and as many objects as there must be."""
    variables = {key: low for key, (low, _) in operation["ranges"].items()}
    status, text = request(port, "/v1/graphql", json.dumps({"query": operation["text"], "variables": variables}),
                           {"content-type": "application/json", "x-hasura-admin-secret": SECRET})
    answer = json.loads(text)
    if status != 200 or "errors" in answer:
        raise SystemExit(f"{name} is not answered: {status} {text[:500]}")
    root = next(iter(answer["data"].values()))
    leaves = [root] if isinstance(root, dict) else root
    if name == "q3":
        leaves = [track for artist in root for album in artist["albums"] for track in album["tracks"]]
    if len(leaves) != operation["objects"]:
        raise SystemExit(f"{name} has {len(leaves)} objects instead of {operation['objects']}")


def database(name, options):
    operation = OPERATIONS[name]
    cluster = Cluster()
    host = Host(database_plugins(cluster.url), loops=0)
    check(host.port, name, operation)
    load.wrk(host.port, "/v1/graphql", 1, options.connections, load.script(operation, 0))
    seeds = iter(range(1, 1_000_000))

    def ours():
        before = cpu_seconds(cluster.postmaster) if cluster.postmaster else 0
        result = measured(host.pid, host.port, "/v1/graphql", options, load.script(operation, next(seeds)))
        if cluster.postmaster:
            result["database_cpu_us"] = (cpu_seconds(cluster.postmaster) - before) * 1e6 / result["requests"]
        return result

    def ceiling():
        before = cpu_seconds(cluster.postmaster) if cluster.postmaster else 0
        result = load.pgbench(cluster.url, operation, options.seconds, options.connections)
        if cluster.postmaster:
            result["database_cpu_us"] = (cpu_seconds(cluster.postmaster) - before) * 1e6 / result["requests"]
        return result

    results = rounds(options.rounds, {"nself": ours, "pgbench": ceiling})
    host.stop()
    cluster.stop()
    rates = {name: [one["per_second"] for one in list_] for name, list_ in results.items()}
    ratio, least, greatest = paired(rates["nself"], rates["pgbench"])
    return {"title": operation["title"], "ratio": ratio, "least": least, "greatest": greatest,
            "rows": summary(results)}


def start(options):
    """From the start of `nself run` to the first 200 of a GraphQL read, with the database up."""
    cluster = Cluster()
    seconds = []
    for _ in range(options.rounds):
        before = time.monotonic()
        host = Host(database_plugins(cluster.url))
        check(host.port, "q1", OPERATIONS["q1"])
        seconds.append(time.monotonic() - before)
        host.stop()
    cluster.stop()
    return {"seconds": median(seconds), "least": min(seconds), "greatest": max(seconds), "rows": []}


def memory(options):
    cluster = Cluster()
    host = Host(database_plugins(cluster.url), loops=0)
    idle = pss_bytes(host.pid)
    for name in ("q1", "q3", "q5"):
        load.wrk(host.port, "/v1/graphql", options.seconds, options.connections, load.script(OPERATIONS[name], 1))
    loaded = pss_bytes(host.pid)
    host.stop()
    cluster.stop()
    return {"idle_mb": idle / 1e6, "after_load_mb": loaded / 1e6, "rows": []}


def killbackend(options):
    """The rate before the kill is the median of its tenths of a second; full again: two in a row at 90 %."""
    cluster = Cluster()
    host = Host(database_plugins(cluster.url), loops=0)
    check(host.port, "q1", OPERATIONS["q1"])
    body = json.dumps({"query": OPERATIONS["q1"]["text"], "variables": {"id": 4711}})
    clients = load.Timeline(host.port, body, options.connections)
    clients.start()
    time.sleep(2)
    victim = int(cluster.query(
        "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() "
        "order by state_change desc limit 1"))
    killed = time.monotonic()
    os.kill(victim, signal.SIGKILL)
    time.sleep(5)
    clients.stop()
    alive = host.process.poll() is None
    host.stop()
    cluster.stop()
    good, bad = {}, 0
    for when, right in clients.events:
        tenth = int((when - killed) * 10 // 1)
        good[tenth] = good.get(tenth, 0) + right
        bad += not right
    usual = median([good.get(tenth, 0) for tenth in range(-15, 0)])
    full = next((tenth for tenth in range(0, 48)
                 if all(good.get(tenth + next_, 0) >= 0.9 * usual for next_ in (0, 1))), None)
    return {"requests": len(clients.events), "errors": bad, "usual_per_second": usual * 10,
            "seconds_to_full": None if full is None else full / 10, "host_alive": alive, "rows": []}


def show(name, result):
    print(f"\n{name}" + (f": {result['title']}" if "title" in result else ""))
    rows = result["rows"]
    if rows:
        keys = [key for key in rows[0] | rows[-1] if key != "name"]
        keys = list(dict.fromkeys(key for row in rows for key in row if key != "name"))
        print("  " + "".ljust(10) + "".join(key.replace("_", " ").rjust(18) for key in keys))
        for row in rows:
            print("  " + row["name"].ljust(10)
                  + "".join((f"{row[key]:.1f}" if key in row else "").rjust(18) for key in keys))
    for key, value in result.items():
        if key not in ("rows", "title"):
            print(f"  {key.replace('_', ' ')}: {round(value, 3) if isinstance(value, float) else value}")
    if name in BARS:
        print(f"  bar: {BARS[name]}")


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench")
    singles = {"hello": hello, "start": start, "memory": memory, "killbackend": killbackend}
    names = ["hello", *OPERATIONS, "start", "memory", "killbackend"]
    parser.add_argument("name", choices=[*names, "all"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    for name in names if options.name == "all" else [options.name]:
        result = singles[name](options) if name in singles else database(name, options)
        result["load_average"] = os.getloadavg()[0]
        record = {"name": name, "rounds": options.rounds, "seconds": options.seconds,
                  "connections": options.connections, **result}
        path = WORK / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
        path.write_text(json.dumps(record, indent=2) + "\n")
        print(json.dumps(record)) if options.json else show(name, result)


if __name__ == "__main__":
    main()
