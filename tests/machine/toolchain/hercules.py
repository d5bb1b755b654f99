"""Runs core images on a System/370 of Hercules and brings their storage back.

One Hercules serves any number of images: each is loaded at address 0, started with
RESTART, and has finished when it enters a disabled wait.
"""

import pathlib
import subprocess
import tempfile
import threading

CONFIGURATION = """\
ARCHMODE {mode}
CPUSERIAL 000370
CPUMODEL 3158
MAINSIZE {megabytes}
NUMCPU 1
OSTAILOR QUIET
TIMERINT 50
0009 3215-C / noprompt
"""


class MachineError(Exception):
    pass


class Machine:
    def __init__(self, mode="S/370", megabytes=8, seconds=30):
        self.seconds = seconds
        self.size = megabytes << 20
        self.folder = tempfile.TemporaryDirectory(prefix="s370-machine-")
        configuration = self.path("machine.cnf")
        configuration.write_text(CONFIGURATION.format(mode=mode, megabytes=megabytes))
        # With -d and EXTERNALGUI the panel commands come from standard input.
        self.process = subprocess.Popen(
            ["hercules", "-d", "-f", str(configuration), "EXTERNALGUI"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            cwd=self.folder.name, text=True, errors="replace")
        self.log = []

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.close()

    def path(self, name):
        return pathlib.Path(self.folder.name) / name

    def command(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def wait_for(self, *words):
        """The first line of the log from here on that holds one of `words`."""
        timer = threading.Timer(self.seconds, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                self.log.append(line)
                if any(word in line for word in words):
                    return line
        finally:
            timer.cancel()
        raise MachineError(f"no {words} within {self.seconds} s; last lines:\n"
                           + "".join(self.log[-12:]))

    def run(self, image, address, length):
        """Runs `image` (bytes, from address 0 on); its storage there, and the
        instruction address of the PSW it ends with."""
        # All of storage, so that nothing of an earlier image is left.
        self.path("image").write_bytes(image.ljust(self.size, b"\0"))
        for name in ("before", "after"):
            self.path(name).unlink(missing_ok=True)
        self.command("stopall")
        self.command(f"loadcore {self.path('image')} 0")
        self.command("restart")
        self.wait_for("isabled wait")
        saved = False
        while not saved:  # the CPU takes its time to stop
            self.command("stopall")
            self.command(f"savecore {self.path('after')} {address:X} {address + length - 1:X}")
            saved = "HHCPN170I" in self.wait_for("HHCPN170I", "HHCPN102E")
        self.command("psw")
        address_at_end = self.wait_for(" ia=").split(" ia=", 1)[1].strip()
        return self.path("after").read_bytes(), int(address_at_end, 16)

    def close(self):
        if self.process.poll() is None:
            try:
                self.command("exit")
                self.process.wait(timeout=10)
            except (BrokenPipeError, subprocess.TimeoutExpired):
                self.process.kill()
                self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        self.folder.cleanup()
