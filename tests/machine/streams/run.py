#!/usr/bin/env python3
"""Runs streams on the bare machine and in a virtual one, and finds those that end differently.

  run.py compare SEED FIRST COUNT [off]   streams FIRST to FIRST+COUNT; SET ASSIST OFF
  run.py show SEED NUMBER                 all about one stream, on both

Streams come in epochs of 256 that share the contents of storage. A stream's result may be a
matter of time after all (a long MVCL over itself, the interval timer as an operand): what
differs must differ again, and be the same on the bare machine.
"""
import collections
import difflib
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))))
from tests.harness import bare
from tests.harness.system import ROOT, System
from tests.machine.conformance import read

PROGRAM = os.path.join(ROOT, "build", "tests", "streams.bin")
LOADER = os.path.join(ROOT, "build", "target", "ipl_card.bin")
EPOCH = 256
DEVICES = "190 191 192 193 194 195 196 197 198 199 19C 19D 19E 00D 00F"


def deck(path, seed=0, first=0, count=EPOCH, each=0, show=0, loop_time=50000, witness=0):
    """The cards of the program with its parameters."""
    with open(PROGRAM, "rb") as f:
        program = bytearray(f.read())
    struct.pack_into(">7I", program, 8, seed, first, count, each, show, loop_time, witness)
    with open(path + ".bin", "wb") as f:
        f.write(program)
    subprocess.run([os.path.join(ROOT, "build/host/card-deck"), LOADER, path + ".bin", "10000", "10000", path],
                   check=True)
    return path


class Progress:
    """Follows what is printed; is it at its end, or has it stopped?"""

    def __init__(self, path, patience):
        self.path, self.patience = path, patience
        self.skip = len(read(path))
        self.size, self.since = 0, time.monotonic()

    def lines(self):
        printed = (line.rstrip() for line in read(self.path)[self.skip:].split("\n"))
        return [line for line in printed if line]

    def over(self):
        size = os.path.getsize(self.path) if os.path.exists(self.path) else 0
        if size != self.size:
            self.size, self.since = size, time.monotonic()
            return "END" in self.lines()
        return time.monotonic() - self.since > self.patience

    def wait(self):
        while not self.over():
            time.sleep(0.05)
        return self.lines()


def on_bare(patience=10, **parameters):
    """The lines that the program prints on the machine itself."""
    with tempfile.TemporaryDirectory(prefix="streams-") as folder:
        path = deck(os.path.join(folder, "deck"), **parameters)
        configuration = os.path.join(folder, "machine.cnf")
        with open(configuration, "w") as f:
            f.write(bare.CONFIGURATION.format(
                megabytes=2, processors=1,
                devices=f"000C 3505 {path} ebcdic eof\n000D 3525 {folder}/punch ebcdic\n"
                        f"000E 1403 {folder}/printer\n0191 3350 {folder}/disk"))
        process = subprocess.Popen(
            [os.environ.get("HERCULES", "hercules"), "-d", "-f", configuration, "EXTERNALGUI"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder,
            text=True, errors="replace")
        try:
            for line in process.stdout:
                if line.startswith("STATUS=") and " M" in line: # in manual state IPL is possible
                    break
            process.stdin.write("ipl 00c\n")
            process.stdin.flush()
            threading.Thread(target=process.stdout.read, daemon=True).start()
            progress = Progress(os.path.join(folder, "printer"), patience)
            progress.wait()
            process.stdin.write("quit\n")   # only then is all of it written
            process.stdin.flush()
            process.wait(10)
            return progress.lines()
        finally:
            process.kill()
            process.wait()


class Machine:
    """Something that runs the program."""

    def sums(self, seed, first, count, **parameters):
        """{epoch: checksum} of whole epochs, None for those that it did not survive; and counts."""
        sums, counts = {}, collections.Counter()
        end = (first + count) // EPOCH
        epoch = first // EPOCH
        while epoch < end:
            lines = self.run(seed=seed, first=epoch * EPOCH, count=(end - epoch) * EPOCH, **parameters)
            for line in lines:
                word, *rest = line.split()
                if word == "E":
                    sums[int(rest[0])] = rest[1]
                    epoch = int(rest[0]) + 1
                elif word == "COUNT":
                    counts[" ".join(rest[:-1])] += int(rest[-1])
            if "END" not in lines:
                sums[epoch] = None
                epoch += 1
        return sums, counts

    def streams(self, seed, epoch, **parameters):
        """{stream: checksum} of one epoch; the stream that ended it all has None."""
        lines = self.run(seed=seed, first=epoch * EPOCH, each=1, **parameters)
        if "END" not in lines:
            lines = self.run(seed=seed, first=epoch * EPOCH, each=2, **parameters)
        sums = {int(line.split()[1]): line.split()[2] for line in lines if line.startswith("S ")}
        if "END" not in lines:
            sums[max(sums, default=epoch * EPOCH - 1) + 1] = None
        return sums

    def show(self, seed, number, **parameters):
        return self.run(seed=seed, first=number, show=1, **parameters)


class Bare(Machine):
    def run(self, **parameters):
        return on_bare(**parameters)


class Virtual(Machine):
    """A virtual machine for the program, and another one whose storage is watched."""

    def __init__(self, assist="on"):
        self.system = System()
        try:
            self.system.up()
            self.terminal = self.log_on("cmsuser")
            self.assist(assist)
            self.watched = self.log_on("user01")
            self.watch = self.ipl("user01", self.watched, patience=60, witness=1)
            self.await_line("FILLED TO 200000")
        except BaseException:
            self.system.discard()
            raise

    def log_on(self, userid):
        terminal = self.system.terminal()
        terminal.expect("ONLINE")
        terminal.logon(userid)
        terminal.expect("VM READ")
        for command in ["set ecmode on", "define storage 2m"] + [f"detach {d}" for d in DEVICES.split()]:
            terminal.type(f"#cp {command}")
            terminal.clear()
        return terminal

    def assist(self, setting):
        self.terminal.type(f"#cp set assist {setting}")

    def ipl(self, userid, terminal, patience=15, **parameters):
        printed = os.path.join(self.system.run, "print", userid, "00E.txt")
        self.system.card(userid, deck(os.path.join(self.system.run, f"{userid}.deck"), **parameters))
        progress = Progress(printed, patience)
        terminal.type("#cp ipl 00c clear")
        return progress

    def await_line(self, wanted, seconds=60):
        deadline = time.monotonic() + seconds
        while not self.watch.lines() or self.watch.lines()[-1] != wanted:
            assert time.monotonic() < deadline, f"{wanted} never came: {self.watch.lines()[-3:]}"
            time.sleep(0.05)

    def run(self, **parameters):
        self.terminal.clear()
        lines = self.ipl("cmsuser", self.terminal, **parameters).wait()
        if "END" in lines:
            self.terminal.expect("CP ENTERED; DISABLED WAIT PSW")
        return lines

    def check_other(self):
        """Looks at the storage of the machine that took no part."""
        before = len(self.watch.lines())
        self.watched.type("#cp external")
        self.await_line("UNCHANGED TO 200000")
        assert len(self.watch.lines()) == before + 1


def differences(bare, virtual, seed, first, count, say=None):
    """Streams that end differently each time; and the counts of the bare machine."""
    sums, counts = bare.sums(seed, first, count)
    other_sums, _ = virtual.sums(seed, first, count)
    if say:
        dead = [epoch for epoch in sums if sums[epoch] is None]
        say(f"epochs lost: {dead}; to look at: {[e for e in sums if sums[e] != other_sums.get(e)]}")
    found = []
    for epoch in sums:
        if sums[epoch] == other_sums.get(epoch):
            continue
        before = bare.streams(seed, epoch)
        suspects = set(before)
        for loop_time in (50000, 400000):
            if not suspects:
                break
            one = bare.streams(seed, epoch, loop_time=loop_time)
            other = virtual.streams(seed, epoch, loop_time=loop_time)
            suspects = {n for n in suspects if one.get(n) == before[n] != other.get(n)}
        found += sorted(suspects)
    return found, counts


def main():
    command, seed, first, *rest = sys.argv[1:]
    bare, virtual = Bare(), Virtual("off" if "off" in rest else "on")
    try:
        if command == "show":
            one, other = bare.show(int(seed), int(first)), virtual.show(int(seed), int(first))
            print("\n".join(difflib.ndiff(one, other)))
            return
        found, counts = differences(bare, virtual, int(seed), int(first), int(rest[0]),
                                    lambda text: print(text, flush=True))
        print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
        print(f"{len(found)} differ: {found}")
        virtual.check_other()
        print("the other machine's storage is unchanged")
    finally:
        virtual.system.discard()


if __name__ == "__main__":
    main()
