#!/usr/bin/env python3
"""Prints how many lines of s370/, cp/ and cms/ were run: by the host's unit
tests, by users' sessions on a machine, by either.

The machine's part: CP and CMS' file system and EXEC are built once more with a
mark at each line, a session runs, and the marks are read from a dump of
storage. (The rest of CMS' nucleus has no room for marks: host only.)
"""
import collections
import json
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)
from tests.harness.system import System
from tests.integration import isolation, session

PARTS = ("s370", "cp", "cms")


def host_lines():
    """{(file, line): run} of the unit tests."""
    data = [os.path.join(folder, name) for part in PARTS
            for folder, _, names in os.walk(os.path.join(ROOT, "build", "unit", part))
            for name in names if name.endswith(".gcda")]
    answer = subprocess.run(["gcov", "--json-format", "--stdout", *data], cwd=ROOT, check=True,
                            capture_output=True, text=True, timeout=120).stdout
    lines = collections.defaultdict(bool)
    for report in map(json.loads, answer.splitlines()):
        for file in report["files"]:
            for line in file["lines"]:
                lines[os.path.normpath(file["file"]), line["line_number"]] |= line["count"] > 0
    return lines


def marked_images():
    """CP and CMS once more, each line marked; the disks' manifest that names them."""
    nuclei = [f"build/coverage/target/{name}_nucleus.{kind}" for name in ("cp", "cms") for kind in ("bin", "meta")]
    subprocess.run(["make", "--no-print-directory", "BUILDING=1", f"-j{os.cpu_count()}", "BUILD=build/coverage",
                    "TARGET_COVERAGE=1", "build/host/coverage", *nuclei[:3]], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(ROOT, "dasd-images", "system.manifest")) as f:
        manifest = f.read()
    for name in ("cp", "cms"):
        manifest = manifest.replace(f"build/target/{name}_nucleus.bin",
                                    f"build/coverage/target/{name}_nucleus.bin")
    supplied = "minidisk USER05 191 1024 USR05"
    return manifest.replace(supplied, f"{supplied} 1\nnucleus build/tests/mischief.elf")


def machine_lines():
    """{(file, line): run} of sessions on a machine."""
    system = System()
    try:
        system.make_disks(marked_images())
        system.up()
        for act in (session.use, isolation.use):
            act(system)
        dump = os.path.join(system.run, "storage.dump")
        system.panel("stop")
        deadline = time.monotonic() + 20
        while not (os.path.exists(dump) and os.path.getsize(dump) >= 0xFFFFFF):
            assert time.monotonic() < deadline, "no dump of storage: " + system.log()[-500:]
            system.panel(f"savecore {dump} 0 FFFFFF")
            time.sleep(0.3)
        info = subprocess.run(
            [os.path.join(ROOT, "build", "host", "coverage"), "build/coverage/target/cp.elf",
             "build/coverage/target/cms_nucleus.elf", "--dumps", dump],
            cwd=ROOT, check=True, capture_output=True, text=True).stdout
    finally:
        system.discard()
    lines = {}
    for line in info.splitlines():
        if line.startswith("SF:"):
            file = os.path.relpath(os.path.join(ROOT, line[3:]), ROOT)
        elif line.startswith("DA:"):
            number, count = line[3:].split(",")[:2]
            lines[file, int(number)] = int(count) > 0
    return lines


def main():
    host, machine = host_lines(), machine_lines()
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    for key in host.keys() | machine.keys():
        part = key[0].split("/")[0]
        if part not in PARTS or not key[0].endswith((".cpp", ".h")) or "toolchain" in key[0]:
            continue
        row = table[part]
        row[0] += 1
        row[1] += host.get(key, False)
        row[2] += machine.get(key, False)
        row[3] += host.get(key, False) or machine.get(key, False)
    print("line coverage   lines   host  machine  either")
    for part in PARTS:
        lines, *run = table[part]
        print(f"{part + '/':<14}{lines:>7}" + "".join(f"{100 * n / max(lines, 1):>7.1f}%" for n in run))


if __name__ == "__main__":
    main()
