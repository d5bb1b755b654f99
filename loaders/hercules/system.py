#!/usr/bin/env python3
"""Starts and stops a system under Hercules.

  system.py up    the disks of RUN are made if they are missing, Hercules starts
                  in the background, CP is IPLed; prints `ready: 3270 on ...`
  system.py down  SHUTDOWN through the operator's console; then Hercules ends
  system.py status   says whether a system runs in RUN; exit code 1 if not
  system.py port     the port of the system that runs in RUN, else PORT
  system.py card USERID FILE   a deck of 80-byte cards into a user's virtual reader
  system.py fresh    removes the disks of RUN, to be made anew at the next `up`

Environment: RUN (folder, default run), PORT (default 3270), HERCULES (program),
LEVELS (default 1: how many systems, one in the other, have disks: docs/second-level.md).
A failure is one line on standard error and exit code 1.
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUN = os.path.abspath(os.environ.get("RUN") or "run")
PORT = os.environ.get("PORT") or "3270"
HERCULES = os.environ.get("HERCULES") or "hercules"
LEVELS = os.environ.get("LEVELS") or "1"
MOST_LEVELS = 3
PAPER = os.path.join(ROOT, "loaders", "hercules", "paper.py")
CARD = 80
PRISTINE = os.path.join(ROOT, "build", "disks")
VOLUMES = ("CAMRES", "CAMUSR")
FIRST_DISK = 0x350
TERMINALS = "00C0.32"
READY = ("INITIALIZATION COMPLETE", "Waiting for console connection")
SHUTDOWN_COMPLETE = "SYSTEM SHUTDOWN COMPLETE"
DISABLED_WAIT = "HHCCP011I"
IPL = "ipl 350"
IPL_REJECTED = "HHCPN053E"  # a processor was still starting


class Refused(Exception):
    """What the user is told, in one line."""


def path(name):
    return os.path.join(RUN, name)


def running_pid():
    """The process id of the Hercules of this RUN, or None."""
    try:
        pid = int(open(path("hercules.pid")).read())
        with open(f"/proc/{pid}/cmdline", "rb") as f:
            return pid if path("hercules.cnf").encode() in f.read() else None
    except (OSError, ValueError):
        return None


def wait_for(condition, seconds, pid):
    """Polls `condition` until it is true; False when time or the process ends first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        if not process_runs(pid):
            return condition()
        time.sleep(0.02)
    return False


def process_runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def log_text():
    try:
        with open(path("hercules.log"), errors="replace") as f:
            return f.read()
    except OSError:
        return ""


def disks():
    """Address, pristine volume and its copy in RUN: a pair for each level."""
    if not LEVELS.isdigit() or not 1 <= int(LEVELS) <= MOST_LEVELS:
        raise Refused(f"LEVELS={LEVELS} is not a number from 1 to {MOST_LEVELS}")
    address = FIRST_DISK
    for level in range(1, int(LEVELS) + 1):
        for name in VOLUMES:
            copy = name if level == 1 else f"{name}-{level}"
            yield f"{address:04X}", os.path.join(PRISTINE, f"{name}.ckd"), path(f"disks/{copy}.ckd")
            address += 1


def configuration(port):
    disk_lines = "\n".join(f"{cuu} 3350 {copy}" for cuu, _, copy in disks())
    return f"""# Made by `make up`; do not edit.
CPUSERIAL 002623
CPUMODEL 3158
MAINSIZE 16
XPNDSIZE 0
NUMCPU 2
CNSLPORT 127.0.0.1:{port}
OSTAILOR QUIET
ARCHMODE S/370
TIMERINT 1000
PANRATE SLOW
0009 3215-C /
000C 3505 {os.environ.get('CARDS', '')}
000D 3525 {path('punch.txt')} ascii
000E 1403 "|exec {PAPER} {path('print')}"
{disk_lines}
{TERMINALS} 3270
"""


def check_port(port):
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Refused(f"PORT={port} is not a port number")
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", int(port)))
        except OSError:
            raise Refused(f"port {port} is in use; choose another with PORT=number")


def make_disks():
    os.makedirs(path("disks"), exist_ok=True)
    for _, source, target in disks():
        if os.path.exists(target):
            check = os.path.join(ROOT, "build", "host", "check-volume")
            if os.path.exists(check):
                result = subprocess.run([check, target], capture_output=True, text=True)
                if result.returncode != 0:
                    raise Refused((result.stderr or result.stdout).strip().splitlines()[0])
            continue
        if not os.path.exists(source):
            raise Refused(f"{source} is missing; run make first")
        # A copy that is interrupted must not look like a volume.
        subprocess.run(["cp", "--sparse=always", source, target + ".new"], check=True)
        os.replace(target + ".new", target)


def up():
    if running_pid():
        raise Refused(f"a system already runs in {RUN}; stop it with make down")
    program = shutil.which(HERCULES)
    if program is None:
        raise Refused(f"Hercules was not found as '{HERCULES}'; install the package hercules, "
                      "or name another with HERCULES=program")
    check_port(PORT)
    make_disks()
    with open(path("hercules.cnf"), "w") as f:
        f.write(configuration(PORT))
    with open(path("hercules.rc"), "w") as f:
        f.write(f"{IPL}\n")
    fifo = path("commands")
    if os.path.exists(fifo):
        os.unlink(fifo)
    os.mkfifo(fifo, 0o600)
    # Open for both, so that Hercules never reads an end of file.
    commands = os.open(fifo, os.O_RDWR)
    with open(path("hercules.log"), "w") as log:
        process = subprocess.Popen(
            [program, "-d", "-f", path("hercules.cnf"), "EXTERNALGUI"],
            stdin=commands, stdout=log, stderr=subprocess.STDOUT, cwd=RUN, start_new_session=True,
            env={**os.environ, "HERCULES_RC": path("hercules.rc")})
    with open(path("hercules.pid"), "w") as f:
        f.write(str(process.pid))
    rejected = 0
    def ready():
        nonlocal rejected
        log = log_text()
        if log.count(IPL_REJECTED) > rejected:
            rejected += 1
            command(IPL)
        return all(word in log for word in READY)

    if not wait_for(lambda: ready() or DISABLED_WAIT in log_text(), 30, process.pid) or not ready():
        if process.poll() is None:
            process.kill()
        process.wait()
        os.unlink(path("hercules.pid"))
        raise Refused(f"the system did not come up; see {path('hercules.log')}")
    print(f"ready: 3270 on 127.0.0.1:{PORT}", flush=True)


def command(text):
    """A line for Hercules' panel."""
    with open(path("commands"), "w") as f:
        f.write(text + "\n")


def down():
    pid = running_pid()
    if pid is None:
        raise Refused(f"no system runs in {RUN}")

    # Hercules loses what comes while its console is busy.
    for _ in range(10):
        command("/shutdown")
        complete = wait_for(lambda: SHUTDOWN_COMPLETE in log_text(), 3, pid)
        if complete or not process_runs(pid):
            break
    if complete:
        command("exit")
        wait_for(lambda: not process_runs(pid), 10, pid)
    if process_runs(pid):
        os.kill(pid, 9)
    os.unlink(path("hercules.pid"))
    if not complete:
        raise Refused(f"the system did not shut down in 30 s and was stopped; see {path('hercules.log')}")


def ebcdic_card(text):
    return text.encode("cp037").ljust(CARD, b"\x40")


def card(userid, file):
    """The deck, an ID card in front, through the real reader."""
    pid = running_pid()
    if pid is None:
        raise Refused(f"no system runs in {RUN}")
    if not re.fullmatch(r"[A-Za-z0-9@#$]{1,8}", userid):
        raise Refused(f"USER={userid} is not a userid")
    if not file:
        raise Refused("FILE= names no deck")
    try:
        with open(file, "rb") as f:
            deck = f.read()
    except OSError as reason:
        raise Refused(f"{file}: {reason.strerror}")
    if not deck or len(deck) % CARD:
        raise Refused(f"{file} does not consist of {CARD}-byte cards")
    with tempfile.NamedTemporaryFile(dir=RUN, prefix="cards-", delete=False) as f:
        f.write(ebcdic_card(f"ID {userid.upper()}") + deck)
    answers = re.compile(r"RDR 00C (?:DECK|ID CARD).*")
    known = len(answers.findall(log_text()))
    command(f"devinit 00c {f.name} ebcdic eof")
    taken = wait_for(lambda: len(answers.findall(log_text())) > known, 30, pid)
    os.unlink(f.name)
    answer = answers.findall(log_text())[-1] if taken else ""
    if taken and "DECK FOR" not in answer:
        raise Refused(answer)
    if not taken:
        raise Refused(f"the card reader did not take the deck; see {path('hercules.log')}")


def status():
    pid = running_pid()
    if pid is None:
        raise Refused(f"no system runs in {RUN}")
    print(f"a system runs in {RUN}, process {pid}")


def port():
    found = re.search(r"^CNSLPORT 127\.0\.0\.1:(\d+)", open(path("hercules.cnf")).read(), re.MULTILINE) \
        if running_pid() else None
    print(found.group(1) if found else PORT)


def fresh():
    if running_pid():
        raise Refused(f"a system runs in {RUN}; stop it with make down")
    shutil.rmtree(path("disks"), ignore_errors=True)


COMMANDS = {"up": up, "down": down, "status": status, "port": port, "fresh": fresh, "card": card}

if __name__ == "__main__":
    operands = 2 if sys.argv[1:2] == ["card"] else 0
    if len(sys.argv) != 2 + operands or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    try:
        COMMANDS[sys.argv[1]](*sys.argv[2:])
    except Refused as reason:
        sys.exit(f"cambridge/370: {reason}")
