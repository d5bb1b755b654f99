#!/usr/bin/env python3
"""Runs every suite, shows what failed, and closes with `N passed, N failed`.

A suite is a unit-test binary (Boost.Test), or a program or script (tests/machine,
tests/integration, tests/terminal) that ends with such a line itself.
"""
import glob
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOGS = os.path.join(ROOT, "build", "test-logs")
LIMIT = 600  # seconds for one suite: a hang is a failure, not a wait
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)


def unit_counts(text):
    """Cases passed and failed, from Boost.Test's short report."""
    passed = re.search(r"(\d+) test cases? out of \d+ passed", text)
    failed = re.search(r"(\d+) test cases? out of \d+ failed", text)
    return int(passed.group(1)) if passed else 0, int(failed.group(1)) if failed else 0


def run(name, command):
    """(passed, failed) of one suite; an abnormal end counts as a failure."""
    start = time.monotonic()
    log = os.path.join(LOGS, name.replace("/", "-") + ".log")
    with open(log, "w") as out:
        try:
            code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=subprocess.STDOUT, timeout=LIMIT,
                                  env={**os.environ, "PYTHONPATH": ROOT}).returncode
        except subprocess.TimeoutExpired:
            code = -1
    with open(log, errors="replace") as f:
        text = f.read()
    if "unit/" in name:
        passed, failed = unit_counts(text)
    else:
        counts = CLOSING.findall(text)
        passed, failed = map(int, counts[-1]) if counts else (0, 0)
    if code != 0 and failed == 0:
        failed = 1
    print(f"{'ok  ' if failed == 0 else 'FAIL'} {name}: {passed} passed, {failed} failed "
          f"({time.monotonic() - start:.0f} s)", flush=True)
    if failed:
        print("\n".join("     " + line for line in text.splitlines()[-40:]), flush=True)
    return passed, failed


def suites():
    for binary in ("s370", "toolchain", "dasd", "cp", "cms", "terminal"):
        yield f"unit/{binary}", [f"build/unit/{binary}.test", "--report_level=short", "--log_level=error",
                                 "--color_output=no"]
    yield "terminal/fuzz", ["build/tests/terminal_fuzz", "5"]
    for folder in ("tests/machine", "tests/integration", "tests/terminal"):
        for script in sorted(glob.glob(f"{ROOT}/{folder}/**/*.py", recursive=True)):
            name = os.path.relpath(script, ROOT)
            with open(script) as f:
                text = f.read()
                if "__main__" in text and ("tests.harness.cases" in text or " passed, " in text):
                    yield name.removesuffix(".py"), [sys.executable, name]


def main():
    os.makedirs(LOGS, exist_ok=True)
    wanted = sys.argv[1:]
    passed = failed = 0
    for name, command in suites():
        if wanted and not any(w in name for w in wanted):
            continue
        p, f = run(name, command)
        passed, failed = passed + p, failed + f
    if not wanted:
        subprocess.run([sys.executable, "tests/coverage.py"], cwd=ROOT, check=False)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
