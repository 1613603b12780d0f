"""What the kernel says about processes: CPU time, memory, children; and waiting for a condition."""
import os
import time

TICKS = os.sysconf("SC_CLK_TCK")


def children(process):
    """The process and everything below it."""
    found, seen = [process], {process}
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = stat(int(name))
            except OSError:
                continue  # it has ended meanwhile
            parents.setdefault(int(fields[1]), []).append(int(name))
    for one in found:
        for child in parents.get(one, []):
            if child not in seen:
                seen.add(child)
                found.append(child)
    return found


def stat(process):
    """The fields of /proc/<pid>/stat behind the program's name: state, parent, ..."""
    with open(f"/proc/{process}/stat") as file:
        return file.read().rpartition(")")[2].split()


def cpu_seconds(process):
    """User and system time of the process and its children, in steps of 10 ms."""
    total = 0
    for one in children(process):
        try:
            fields = stat(one)
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def pss_bytes(process):
    """Proportional set size: shared pages are divided among those who map them."""
    total = 0
    for one in children(process):
        with open(f"/proc/{one}/smaps_rollup") as file:
            for line in file:
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"not within {seconds} s: {what}")
        time.sleep(0.005)


def median(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def cores():
    """(for the server, for the load): two different ones when there are two."""
    available = sorted(os.sched_getaffinity(0))
    return available[0], available[-1]
