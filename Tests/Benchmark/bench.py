"""The whole half-year job at three sizes: halfyear against DuckDB and Polars.

Makes the data, installs the peers into a folder of its own, runs all programs in turn (A B C A B C …),
checks that every figure of statistics.csv is the same, and prints medians of wall time, CPU time and
peak memory of the whole process, with ratios. Where there is a C compiler, the CPU time that this
program's report spends on reading, checking and counting every row (`--timings` tells it) is held against
that of floor.c, which counts the same rows and checks none: once as it is, and once with the digests of the
inputs, which the report's manifest has. For that the report is made once more, with the number of threads
told: else the library for the workbook is loaded beside the counting, and its time counts with it.
Ends with 1 where figures or rows differ.
"""
import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import venv

import compare

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SIZES = {"H": 1, "C": 100, "P": 1000}
PERIOD = "2023H1"
PEERS = {"duckdb": "DuckDB", "polars": "Polars"}
# The workbook is written by the first of these that can be installed.
WRITERS = ("rustpy-xlsxwriter", "xlsxwriter")


def say(text=""):
    print(text, flush=True)


def options():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="H,C,P", help="of H (1), C (100), P (1000)")
    parser.add_argument("--runs", type=int, default=5, help="runs of each program after a warm-up")
    parser.add_argument("--json", help="write every run and the medians to this file")
    parser.add_argument("--only", default="", help="the peers to run, as duckdb,polars")
    parser.add_argument("--halfyear", default=os.path.join(ROOT, ".build/release/halfyear"))
    parser.add_argument("--cache", default=os.path.join(ROOT, ".build/bench"))
    parser.add_argument("--keep", action="store_true", help="keep the data and the outputs")
    chosen = parser.parse_args()
    chosen.sizes = [size.strip().upper() for size in chosen.sizes.split(",")]
    if any(size not in SIZES for size in chosen.sizes):
        parser.error(f"sizes are of {','.join(SIZES)}")
    if chosen.runs < 1:
        parser.error("--runs is a whole number from 1")
    chosen.halfyear, chosen.cache = map(os.path.abspath, (chosen.halfyear, chosen.cache))
    if not os.access(chosen.halfyear, os.X_OK):
        parser.error(f"{chosen.halfyear} is missing: swift build -c release --static-swift-stdlib")
    return chosen


class Peers:
    """The peers that could be installed."""

    def __init__(self, folder, only):
        self.python = os.path.join(folder, "bin", "python")
        if not os.path.exists(self.python):
            try:
                venv.create(folder, with_pip=True)
            except (OSError, subprocess.CalledProcessError) as error:
                say(f"no peers: a virtual environment cannot be made ({error})")
        wanted = [name for name in PEERS if not only or name in only.split(",")]
        self.names = [name for name in wanted if self._install(name)]
        for name in wanted:
            if name not in self.names:
                say(f"{PEERS[name]} is skipped: it cannot be installed")
        writers = [name for name in WRITERS if self.names and self._install(name)]
        if self.names and not writers:
            say("the peers are skipped: no writer of workbooks can be installed")
            self.names = []
        self.writer = writers[0] if writers else None

    def version(self, package):
        query = f"import importlib.metadata as m; print(m.version({package!r}))"
        done = subprocess.run([self.python, "-c", query], capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else None

    def _install(self, package):
        if not os.path.exists(self.python):
            return False
        if self.version(package):
            return True
        say(f"installing {package}")
        command = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                   package]
        return subprocess.run(command).returncode == 0


def machine():
    facts = {"system": f"{platform.system()} {platform.machine()}", "cpu": platform.processor(),
             "cores": len(os.sched_getaffinity(0)), "memory_gib": None}
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    facts["cpu"] = models[0] if models else facts["cpu"] or "unknown"
    facts["memory_gib"] = round(
        os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    return facts


def measure(program, command, cache):
    log = os.path.join(cache, f"{program}.log")
    done = subprocess.run(
        [sys.executable, "-I", "-S", os.path.join(HERE, "measure.py"), log, *command],
        capture_output=True, text=True, check=True)
    result = json.loads(done.stdout)
    if result["exit"] != 0:
        with open(log, encoding="utf-8", errors="replace") as file:
            raise SystemExit(f"{program} ended with {result['exit']}:\n{file.read()[-2000:]}")
    return result


def counting_cpu(cache):
    """The CPU seconds that the last report has spent on reading, checking and counting."""
    with open(os.path.join(cache, "halfyear.log"), encoding="utf-8", errors="replace") as file:
        lines = [json.loads(line) for line in file if line.startswith("{")]
    spent = [line["cpu_microseconds"] for line in lines if line.get("step") == "counting"]
    if len(spent) != 1:
        raise SystemExit("halfyear did not tell what counting took")
    return spent[0] / 1e6


class Floor:
    """The C program that counts without any check; absent where it cannot be compiled."""

    def __init__(self, folder, name, *options):
        self.path = os.path.join(folder, name)
        command = ["cc", "-O3", "-march=native", "-pthread", "-o", self.path,
                   os.path.join(HERE, "floor.c"), *options]
        try:
            self.exists = subprocess.run(command).returncode == 0
        except OSError as error:
            say(f"no floor in C: {error}")
            self.exists = False

    def run(self, data, threads):
        command = [self.path, data, str(threads)]
        return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def rows_read(report, but=()):
    """The rows of all inputs but some."""
    with open(os.path.join(report, "manifest.json"), encoding="utf-8") as file:
        inputs = json.load(file)["inputs"]
    return sum(entry["rows_read"] for entry in inputs if entry["file"] not in but)


def run_size(size, chosen, peers, floors):
    data = os.path.join(chosen.cache, "data", size)
    outputs = {name: os.path.join(chosen.cache, "out", size, name)
               for name in ["halfyear", *peers.names]}
    say(f"{size}: making the data ({SIZES[size]} ×)")
    subprocess.run(
        [chosen.halfyear, "generate", os.path.join(ROOT, "datasets/benchmark.yaml"), "--output",
         data, "--scale", str(SIZES[size])], check=True)
    os.sync()
    commands = {"halfyear": [chosen.halfyear, "report", data, "--period", PERIOD, "--output",
                             outputs["halfyear"], "--quiet", "--timings", "--log-format", "json"]}
    for name in peers.names:
        commands[name] = [peers.python, os.path.join(HERE, f"peer_{name}.py"), data, outputs[name],
                          "--period", PERIOD]
    runs = {name: [] for name in commands}
    counting = {name: [] for name in ["halfyear", *floors]}
    floor = floors.get("floor")
    cores = len(os.sched_getaffinity(0))
    for turn in range(chosen.runs + 1):
        for name, command in commands.items():
            shutil.rmtree(outputs[name], ignore_errors=True)
            result = measure(name, command, chosen.cache)
            if turn > 0:
                runs[name].append(result)
        if turn > 0 and floors:
            measure("halfyear", [*commands["halfyear"], "--jobs", str(cores)], chosen.cache)
            counting["halfyear"].append(counting_cpu(chosen.cache))
            for name, program in floors.items():
                counting[name].append(program.run(data, cores)["cpu"])
        if turn == 0:
            reference = os.path.join(outputs["halfyear"], size, PERIOD, "statistics.csv")
            others = [os.path.join(outputs[name], "statistics.csv") for name in peers.names]
            agrees = compare.compare(reference, others)
            report = os.path.dirname(reference)
            rows = rows_read(report)
            if floor:
                # The floor counts no departments.
                expected = rows_read(report, but=["departments.csv"])
                counted = floor.run(data, cores)["rows"]
                if counted != expected:
                    say(f"  the floor counted {counted} rows, the report {expected}")
                    agrees = False
    if not chosen.keep:
        shutil.rmtree(data)
        shutil.rmtree(os.path.join(chosen.cache, "out", size))
    return runs, counting, agrees, rows


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def table(size, runs):
    """The medians, and how many times as much the others take."""
    own = {key: median(runs["halfyear"], key) for key in ("wall", "cpu", "peak_kb")}
    lines = [f"{size:<10}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}   halfyear takes of it: wall, CPU, memory"]
    medians = {}
    for name in runs:
        now = {key: median(runs[name], key) for key in own}
        medians[name] = now
        line = f"{name:<10}{now['wall']:>9.3f}{now['cpu']:>9.3f}{now['peak_kb'] / 1024:>9.1f}"
        if name != "halfyear":
            line += "   " + ", ".join(f"1/{now[key] / max(own[key], 1e-9):.1f}" for key in own)
        lines.append(line)
    return medians, lines


def counting_lines(counting):
    own = counting["halfyear"]
    if not own:
        return []
    own = statistics.median(own)
    line = f"reading, checking and counting alone: CPU {own:.4f} s"
    for name, what in (("floor", "in C without any check"), ("floor-digests", "and with digests")):
        if name in counting:
            least = statistics.median(counting[name])
            line += f"; {what} {least:.4f} s: {own / max(least, 1e-9):.2f} times"
    return [line]


def linearity_lines(record):
    """What a row costs at each size: as long as it does not grow, the whole job is linear in the rows."""
    lines = ["", f"{'a row of':<10}{'rows':>12}{'wall us':>9}{'CPU us':>9}{'peak bytes':>12}"]
    for size, result in record["sizes"].items():
        rows, own = result["rows"], result["medians"]["halfyear"]
        lines.append(f"{size:<10}{rows:>12,}{own['wall'] / rows * 1e6:>9.3f}"
                     f"{own['cpu'] / rows * 1e6:>9.3f}{own['peak_kb'] * 1024 / rows:>12.1f}")
    return lines


def main():
    chosen = options()
    os.makedirs(chosen.cache, exist_ok=True)
    peers = Peers(os.path.join(chosen.cache, "venv"), chosen.only)
    floors = {"floor": Floor(chosen.cache, "floor"),
              "floor-digests": Floor(chosen.cache, "floor-digests", "-DDIGESTS", "-lcrypto")}
    floors = {name: program for name, program in floors.items() if program.exists}
    facts = machine()
    own = subprocess.run([chosen.halfyear, "--version"], capture_output=True, text=True)
    versions = {"halfyear": own.stdout.strip(), "python": platform.python_version()}
    for name in [*peers.names, *([peers.writer] if peers.writer else [])]:
        versions[name] = peers.version(name)
    say(f"{facts['cpu']}, {facts['cores']} cores, {facts['memory_gib']} GiB, {facts['system']}")
    say(", ".join(f"{name} {version}" for name, version in versions.items()))
    record = {"machine": facts, "versions": versions, "runs_each": chosen.runs, "sizes": {}}
    everything_agrees = True
    tables = []
    for size in chosen.sizes:
        runs, counting, agrees, rows = run_size(size, chosen, peers, floors)
        everything_agrees = everything_agrees and agrees
        medians, lines = table(size, runs)
        lines += counting_lines(counting)
        tables += lines
        say("\n".join(lines))
        record["sizes"][size] = {"scale": SIZES[size], "figures_agree": agrees, "rows": rows,
                                 "medians": medians,
                                 "runs": runs, "counting_cpu": counting}
    if len(chosen.sizes) > 1:
        say(f"\nmedians of {chosen.runs} runs, interleaved, after a warm-up; whole processes\n")
        say("\n".join(tables))
    say("\n".join(linearity_lines(record)))
    if chosen.json:
        with open(chosen.json, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=2)
            file.write("\n")
    if not everything_agrees:
        raise SystemExit("the programs do not agree on the figures")


if __name__ == "__main__":
    main()
