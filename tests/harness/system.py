"""A system of its own for a test: its folder, its port, up and down."""
import os
import signal
import socket
import subprocess
import tempfile
import shutil

from tests.harness.terminal import Terminal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPT = os.path.join(ROOT, "loaders", "hercules", "system.py")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class System:
    def __init__(self):
        self.run = tempfile.mkdtemp(prefix="cambridge370-")
        self.port = free_port()
        self.terminals = []

    def control(self, command, check=True, **environment):
        """system.py up|down|...; its result."""
        result = subprocess.run(
            [SCRIPT, command], capture_output=True, text=True, timeout=90,
            env={**os.environ, "RUN": self.run, "PORT": str(self.port), **environment})
        if check and result.returncode != 0:
            raise AssertionError(f"{command}: {result.stderr.strip()}\n{self.log()[-2000:]}")
        return result

    def up(self, **environment):
        return self.control("up", **environment)

    def down(self):
        for terminal in self.terminals:
            terminal.close()
        self.terminals = []
        return self.control("down")

    def pid(self):
        with open(os.path.join(self.run, "hercules.pid")) as f:
            return int(f.read())

    def kill(self):
        """The machine loses its power."""
        os.kill(self.pid(), signal.SIGKILL)
        for terminal in self.terminals:
            terminal.close()
        self.terminals = []
        os.unlink(os.path.join(self.run, "hercules.pid"))

    def log(self):
        try:
            with open(os.path.join(self.run, "hercules.log"), errors="replace") as f:
                return f.read()
        except OSError:
            return ""

    def panel(self, text):
        """A line for Hercules' panel; `/x` types x at the operator's console."""
        with open(os.path.join(self.run, "commands"), "w") as f:
            f.write(text + "\n")

    def terminal(self, model="3279-2-E", device=None):
        terminal = Terminal(self.port, model, device)
        self.terminals.append(terminal)
        return terminal

    def disks(self):
        return os.path.join(self.run, "disks")

    def discard(self):
        for terminal in self.terminals:
            terminal.close()
        try:
            os.kill(self.pid(), signal.SIGKILL)
        except (OSError, ValueError):
            pass
        shutil.rmtree(self.run, ignore_errors=True)
