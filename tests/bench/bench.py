#!/usr/bin/env python3
"""What traps cost, in register loads (LR): bare Hercules and a virtual machine side by side.

Runs the program of guest.S from a card deck, and the same program under CP, in turns. Of
a run the fastest of its rounds counts, which the host has not disturbed; prints a table of
the medians of the runs and writes build/bench.json. Needs `make BUILDING=1 bench`.
"""

import json
import os
import pathlib
import re
import statistics
import struct
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.harness import bare as bare_machine

BUILD = ROOT / os.environ.get("BUILD", "build")
TARGET = BUILD / "target"

RUNS = 5

# Row of the table: name, case, what to take off (another case), budget.
ROWS = [
    ("null trap (PTLB, no translation)", "PTLB", None, 60),
    ("IPK", "IPK", None, 150),
    ("SPKA", "SPKA", None, 150),
    ("SSM, the same mask", "SSM SAME", None, 150),
    ("SSM, another mask", "SSM", None, 150),
    ("STOSM and STNSM, each", "STNSTOSM", None, 150),
    ("LPSW", "LPSW", None, 150),
    ("SVC reflection", "SVC+LPSW", "LPSW", 150),
    ("TIO", "TIO", None, 250),
    ("LCTL, one register", "LCTL", None, 250),
    ("STCTL, one register", "STCTL", None, 250),
    ("STCTL and LCTL, 16, each", "LCTL 16", None, None),
    ("ISK", "ISK", None, None),
    ("STIDP", "STIDP", None, None),
    ("shadow page fill", "SHADOW", "PURGE", 400),
    ("page fill, demand zero", "PAGES", None, None),
]


class Program:
    """The image of guest.S: its cases and the shape of its results."""

    def __init__(self, image):
        cases, self.count, self.rounds, self.results = struct.unpack_from(">4I", image, 8)
        self.cases = {}
        for index in range(self.count):
            name, _, iterations, operations = struct.unpack_from(">8s3I", image,
                                                                 cases - 0x1000 + 20 * index)
            self.cases[name.decode().rstrip()] = (index, iterations, operations)

    def prices(self, rows):
        """Time an operation, in units of the LR, and the LR in microseconds."""
        turn = self.fastest(rows, "EMPTY") / self.cases["EMPTY"][1]
        load = self.each(rows, "LR", turn)
        found = {name: self.each(rows, name, turn) / load for name in self.cases}
        return {**found, "EMPTY": turn / load}, load

    def each(self, rows, name, turn):
        _, iterations, operations = self.cases[name]
        return (self.fastest(rows, name) - turn * iterations) / (iterations * operations)

    def fastest(self, rows, name):
        return min(row[self.cases[name][0]] for row in rows)


def ipl(deck, processors, at_end=()):
    """What Hercules logs until the CPU stops, and the answers to the commands `at_end`."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        return bare_machine.ipl(folder, "00C", [f"000C 3505 {deck} ebcdic"], 120, processors,
                                answer=lambda line: at_end if "HHCCP011I" in line else ())


def bare(program):
    size = 4 * program.count * program.rounds
    log = ipl(TARGET / "tests/bench/guest.deck", 1, [f"r {program.results:X}.{size:X}"])
    data = b""
    for line in log:
        if found := re.match(r"R:([0-9A-F]{8}):K:[0-9A-F]+=((?:[0-9A-F]{8} ?){1,4})", line):
            data += bytes.fromhex(found[2].replace(" ", ""))
    words = struct.unpack(f">{size // 4}I", data[:size])
    return [words[i:i + program.count] for i in range(0, len(words), program.count)]


def virtual(program):
    """Rows of times, the time of a switch, and pairs of times of computing, CP's first."""
    rows, pairs = [], []
    switches = []       # how many, with and without
    for line in ipl(TARGET / "bench.deck", 2):
        if line.startswith("R "):
            rows.append([])
        if line.startswith(("R ", "+ ")) and rows:
            rows[-1] += [int(word) for word in line[2:].split()]
        if found := re.match(r"SWITCHES (\d+) IN (\d+) LESS (\d+)", line):
            switches.append([int(number) for number in found.groups()])
        if found := re.match(r"COMPUTING (\d+) (\d+)", line):
            pairs.append((int(found[1]), int(found[2])))
    if len(rows) != program.rounds or any(len(row) != program.count for row in rows):
        sys.exit("bench: the virtual machine did not end")
    count, with_switches, without = map(min, zip(*switches))
    return rows, (with_switches - without) / count, pairs


def main():
    program = Program((TARGET / "tests/bench/guest.bin").read_bytes())
    bare_runs, virtual_runs, pairs = [], [], []
    speeds = {"COMPDAT": [], "COMPUTE": []}
    for _ in range(RUNS):
        bare_rows = bare(program)
        virtual_rows, switch, found_pairs = virtual(program)
        pairs += found_pairs
        bare_runs.append(program.prices(bare_rows)[0])
        prices, load = program.prices(virtual_rows)
        virtual_runs.append({**prices, "SWITCH": switch / load})
        for case, found in speeds.items():
            found.append(program.fastest(bare_rows, case) / program.fastest(virtual_rows, case))

    def median(runs, case, less):
        return statistics.median(run[case] - (run[less] if less else 0) for run in runs)

    table = [(title, budget, median(bare_runs, case, less), median(virtual_runs, case, less))
             for title, case, less, budget in ROWS]
    table.append(("switch to another machine", 400, None, median(virtual_runs, "SWITCH", None)))
    # Of the better quarter, which the host disturbed little.
    by_cp, by_guest = (statistics.quantiles(times)[0] for times in zip(*pairs))
    in_turns = by_cp / by_guest
    # Untranslated, the bare program pays for what Hercules forgets at IPL (processor.S).
    translated, untranslated = (statistics.median(found) for found in speeds.values())

    print(f"{'in register loads (LR)':34}{'budget':>8}{'bare':>8}{'virtual':>9}{'ratio':>8}")
    for title, budget, left, right in table:
        ratio = f"{right / left:8.1f}" if left and left > 0.5 else ""
        print(f"{title:34}{budget or '':>8}{'' if left is None else f'{left:.1f}':>8}"
              f"{right:9.1f}{ratio:8}{'  over' if budget and right > budget else ''}")
    print("speed of computing, virtual/bare")
    print(f"{'  in turns with CP itself':34}{'0.99':>8}{'':>8}{in_turns:9.3f}"
          f"{'':8}{'  under' if in_turns < 0.99 else ''}")
    print(f"{'  two runs, translation on in both':34}{'':>16}{translated:9.3f}")
    print(f"{'  two runs, off in both':34}{'':>16}{untranslated:9.3f}")

    (BUILD / "bench.json").write_text(json.dumps({
        "unit": "register loads (LR), medians",
        "rows": [{"what": title, "budget": budget, "bare": left, "virtual": right}
                 for title, budget, left, right in table],
        "compute_speed": in_turns,
        "compute_speed_translated": translated,
        "compute_speed_untranslated": untranslated,
    }, indent=1) + "\n")


if __name__ == "__main__":
    main()
