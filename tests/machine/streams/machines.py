"""The machines that run streams: the bare one and a virtual one; and what they print of them."""
import collections
import os
import struct
import subprocess
import tempfile
import threading
import time

from tests.harness import bare, ending
from tests.harness.system import ROOT, System

PROGRAM = os.path.join(ROOT, "build", "tests", "streams.bin")
LOADER = os.path.join(ROOT, "build", "target", "ipl_card.bin")
EPOCH = 256
LOOP_TIME = 40_000 # microseconds that a stream has
LONGER = 1_000_000 # where only one machine leaves it out
DEVICES = "190 191 192 193 194 195 196 197 198 199 19C 19D 19E 00D 00F"


def deck(path, seed=0, first=0, count=EPOCH, each=0, show=0, loop_time=LOOP_TIME, witness=0,
         clocks=0):
    """The cards of the program with its parameters."""
    with open(PROGRAM, "rb") as f:
        program = bytearray(f.read())
    struct.pack_into(">8I", program, 8, seed, first, count, each, show, loop_time, witness, clocks)
    with open(path + ".bin", "wb") as f:
        f.write(program)
    subprocess.run([os.path.join(ROOT, "build/host/card-deck"), LOADER, path + ".bin", "10000", "10000", path],
                   check=True)
    return path


def processor_time(pid):
    """Seconds that a process has had the host's CPU."""
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def sleeps(pid):
    """Has none of its threads anything to do?"""
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/stat") as f:
            if f.read().rsplit(")", 1)[1].split()[0] != "S":
                return False
    return True


class Run:
    """Follows what is printed to its end; `restart`s the program where a stream has hung: all
    of Hercules sleeps, or has been busy for long without a line. Never the time alone tells: the
    host may have others to serve."""
    BUSY, ASLEEP, TRIES = 1, 6, 2   # seconds of the host's CPU, at least; looks in a row; restarts in a row

    def __init__(self, path, pid, restart, loop_time):
        self.path, self.pid, self.restart = path, pid, restart
        self.busy = self.BUSY + 20 * loop_time / 1e6
        self.at = os.path.getsize(path) if os.path.exists(path) else 0
        self.printed = ""
        self.used = -processor_time(pid)   # by the end, of the host's CPU

    def lines(self):
        if os.path.exists(self.path):
            with open(self.path, newline="", errors="replace") as f:
                f.seek(self.at)
                new = f.read()
            self.at += len(new)
            self.printed += new
        return [line.rstrip() for line in self.printed.split("\n") if line.strip()]

    def wait(self):
        """All lines. Without END at last: no restart helped."""
        tries, printed, asleep = 0, -1, 0
        while True:
            lines = self.lines()
            if lines and lines[-1] == "END":
                self.used += processor_time(self.pid)
                return lines
            if len(lines) != printed:
                printed, tries, asleep = len(lines), 0, 0
                busy = processor_time(self.pid)
            asleep = asleep + 1 if sleeps(self.pid) else 0
            if asleep > self.ASLEEP or processor_time(self.pid) - busy > self.busy:
                if tries == self.TRIES:
                    self.used += processor_time(self.pid)
                    return self.lines()
                tries, asleep = tries + 1, 0
                self.restart()
                busy = processor_time(self.pid)
            ending.sleep(0.15)


def on_bare(**parameters):
    """The Run of the program on the machine itself."""
    with tempfile.TemporaryDirectory(prefix="streams-") as folder:
        path = deck(os.path.join(folder, "deck"), **parameters)
        configuration = os.path.join(folder, "machine.cnf")
        with open(configuration, "w") as f:
            devices = [f"000C 3505 {path} ebcdic eof", f"000D 3525 {folder}/punch ebcdic",
                       f"000E 1403 {folder}/printer"]
            f.write(bare.CONFIGURATION.format(megabytes=2, processors=1, devices="\n".join(devices)))
        process = subprocess.Popen(
            [os.environ.get("HERCULES", "hercules"), "-d", "-f", configuration, "EXTERNALGUI"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder,
            text=True, errors="replace")
        try:
            def command(text):
                process.stdin.write(text + "\n")
                process.stdin.flush()

            for line in process.stdout:
                if line.startswith("STATUS=") and " M" in line: # in manual state IPL is possible
                    break
            command("ipl 00c")
            printer = os.path.join(folder, "printer")
            threading.Thread(target=process.stdout.read, daemon=True).start()
            run = Run(printer, process.pid, lambda: command("restart"), parameters.get("loop_time", LOOP_TIME))
            run.wait()
            return run
        finally:
            process.kill()
            process.wait()


class Result:
    """What epochs left: the checksum of each stream and of storage after them, which streams were
    left out for what is a matter of time, and the counts."""

    def __init__(self):
        self.sums, self.left_out, self.counts = {}, collections.defaultdict(set), collections.Counter()
        self.lost = set() # epochs that were not survived

    def take(self, lines, epoch):
        """Takes the lines; the epoch after the last one they have."""
        for line in lines:
            word, *rest = line.split()
            if word == "S":
                self.sums.update(enumerate(rest[1:], int(rest[0])))
            elif word == "E":
                epoch = int(rest[0])
                self.sums[after(epoch)] = rest[1]
                epoch += 1
            elif word in ("LOOP", "HUNG", "TIMER"):
                self.left_out[int(rest[0]) // EPOCH].add(int(rest[0]))
            elif word == "COUNT":
                self.counts[" ".join(rest[:-1])] += int(rest[-1])
        return epoch

    def differences(self, other, epoch):
        """Streams of an epoch, and storage after it, with another checksum."""
        return [key for key in [*range(epoch * EPOCH, (epoch + 1) * EPOCH), after(epoch)]
                if self.sums.get(key) != other.sums.get(key)]


def after(epoch):
    return f"storage after epoch {epoch}"


class Machine:
    """Something that runs the program."""

    used = 0.0 # seconds of the host's CPU

    def epochs(self, seed, first, count, **parameters):
        """The Result of whole epochs."""
        result, epoch, end = Result(), first // EPOCH, (first + count) // EPOCH
        used = self.used
        while epoch < end:
            lines = self.run(seed=seed, first=epoch * EPOCH, count=(end - epoch) * EPOCH, **parameters)
            epoch = result.take(lines, epoch)
            if "END" not in lines:
                result.lost.add(epoch)
                epoch += 1
        result.speed = count / max(self.used - used, 0.01)
        return result

    def lost_at(self, seed, epoch):
        """The stream that an epoch does not survive."""
        result = Result()
        result.take(self.run(seed=seed, first=epoch * EPOCH, each=1), epoch)
        return max(result.sums, default=epoch * EPOCH - 1) + 1

    def show(self, seed, number, first, **parameters):
        return self.run(seed=seed, first=first, count=number - first + 1, show=1, **parameters)


class Bare(Machine):
    def run(self, **parameters):
        run = on_bare(**parameters)
        self.used += run.used
        return run.lines()


class Virtual(Machine):
    """A virtual machine for the program, and another one whose storage is watched."""

    def __init__(self, assist="on"):
        self.system = System()
        try:
            self.system.up()
            self.terminal = self.log_on("cmsuser")
            self.assist(assist)
            self.watched = self.log_on("user01")
            self.watch = self.ipl("user01", self.watched, witness=1)
            self.expect_line(1, "FILLED TO 200000")
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

    def ipl(self, userid, terminal, **parameters):
        printed = os.path.join(self.system.run, "print", userid, "00E.txt")
        self.system.card(userid, deck(os.path.join(self.system.run, f"{userid}.deck"), **parameters))

        def restart():
            terminal.clear()
            terminal.type("#cp system restart")

        run = Run(printed, self.system.pid(), restart, parameters.get("loop_time", LOOP_TIME))
        terminal.type("#cp ipl 00c clear")
        return run

    def expect_line(self, number, wanted, seconds=60):
        """Of the machine that is watched; counted from 1."""
        deadline = time.monotonic() + seconds
        while len(self.watch.lines()) < number:
            assert time.monotonic() < deadline, f"{wanted} never came: {self.watch.lines()[-3:]}"
            time.sleep(0.05)
        found = self.watch.lines()[number - 1:]
        assert found == [wanted], f"the other machine: {found}"

    def run(self, **parameters):
        self.terminal.clear()
        run = self.ipl("cmsuser", self.terminal, **parameters)
        lines = run.wait()
        self.used += run.used
        if "END" in lines:
            self.terminal.expect("CP ENTERED; DISABLED WAIT PSW")
        return lines

    def check_other(self):
        """Looks at the storage of the machine that took no part; its answer is that CP lives, too:
        it would not have survived an abend."""
        looks = len(self.watch.lines())
        self.watched.clear() # or a full screen takes no command
        self.watched.type("#cp external")
        self.expect_line(looks + 1, "UNCHANGED TO 200000")
