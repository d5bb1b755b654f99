#!/usr/bin/env python3
"""Power failures: Hercules is killed at random moments while CMS writes.

Every file that CMS had closed (its Ready message was seen) must be whole, and
the disk must be without damage. The moments come from a seed, printed.
"""
import os
import random
import re
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.disks import check, get, names, put
from tests.harness.system import System
from tests.harness.terminal import READY

KILLS = int(os.environ.get("KILLS", "50"))
SEED = int(os.environ.get("SEED", "370"))
LINES = 40
TEXT = "".join(f"RECORD {n:04} OF A FILE THAT MUST NOT BE LOST\n" for n in range(LINES))


def done(command):
    """The Ready message of this command: one that the screen still shows proves nothing."""
    return rf"^{re.escape(command)}\s+{READY[1:]}"


def write_until_killed(system, terminal, first, kill_after):
    """Copies files one after the other; the names that CMS reported done."""
    closed = []
    killer = threading.Timer(kill_after, system.kill_machine)
    killer.start()
    number = first
    try:
        while True:
            name = f"F{number:05}"
            command = f"copyfile master data a {name} data a (replace"
            terminal.type(command)
            terminal.expect(done(command), seconds=5)
            closed.append(name)
            terminal.clear()
            if number % 7 == 6:
                # From here on it may be there or not.
                closed.remove(f"F{number - 3:05}")
                command = f"erase f{number - 3:05} data a"
                terminal.type(command)
                terminal.expect(done(command), seconds=5)
                terminal.clear()
            number += 1
    except (AssertionError, ValueError):
        pass
    killer.join()
    return closed, number + 1


@case
def closed_files_survive_every_crash(system):
    """50 kills of Hercules during writes: no damage, every closed file whole"""
    system.make_disks()
    put(system.disks(), "CMSUSER", "191", "MASTER DATA", TEXT)
    dice = random.Random(SEED)
    print(f"      seed {SEED}, {KILLS} kills", flush=True)
    number = 0
    survivors = set()
    promised = 0
    for kill in range(KILLS):
        system.up()
        terminal = system.terminal().to_cms("cmsuser")
        terminal.clear()
        closed, number = write_until_killed(system, terminal, number, dice.uniform(0.05, 1.0))
        system.after_kill()
        check(system.disks(), "CMSUSER", "191")
        present = set(names(system.disks(), "CMSUSER", "191"))
        survivors = {n for n in survivors if n in present}
        promised += len(closed)
        for name in closed:
            assert f"{name} DATA" in present, f"kill {kill}: {name} was closed and is gone"
            survivors.add(f"{name} DATA")
        for name in sorted(survivors):
            text = get(system.disks(), "CMSUSER", "191", name)
            assert text == TEXT, f"kill {kill}: {name} is not whole"
        # Room for the next round.
        if len(survivors) > 60:
            system.make_disks()
            put(system.disks(), "CMSUSER", "191", "MASTER DATA", TEXT)
            survivors = set()
    print(f"      {promised} files were closed", flush=True)
    assert promised >= KILLS // 2, "hardly a file was closed: the test shows nothing"


if __name__ == "__main__":
    run(System, System.discard)
