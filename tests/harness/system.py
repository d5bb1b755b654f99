"""A system of its own for a test: its folder, its port, up and down."""
import os
import signal
import socket
import subprocess
import shutil
import tempfile
import time

from tests.harness.terminal import Terminal

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPT = os.path.join(ROOT, "loaders", "hercules", "system.py")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def any_thread_runs(pid):
    """A killed process keeps its ports until its last thread has ended."""
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/stat") as f:
                if f.read().rsplit(")", 1)[1].split()[0] not in "ZX":
                    return True
    except OSError:
        pass
    return False


class System:
    def __init__(self):
        self.run = tempfile.mkdtemp(prefix="cambridge370-")
        self.port = free_port()
        self.terminals = []

    def control(self, command, *operands, check=True, **environment):
        """system.py up|down|...; its result."""
        result = subprocess.run(
            [SCRIPT, command, *operands], capture_output=True, text=True, timeout=90,
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

    def card(self, userid, deck):
        """A deck into the virtual reader of `userid`."""
        return self.control("card", userid, deck)

    def pid(self):
        with open(os.path.join(self.run, "hercules.pid")) as f:
            return int(f.read())

    def kill_machine(self):
        """The machine loses its power."""
        os.kill(self.pid(), signal.SIGKILL)

    def after_kill(self):
        """Waits until nothing is left of the killed machine."""
        while any_thread_runs(self.pid()):
            time.sleep(0.01)
        for terminal in self.terminals:
            terminal.close()
        self.terminals = []
        os.unlink(os.path.join(self.run, "hercules.pid"))

    def make_disks(self, manifest=None):
        """The supplied disks, or others, without starting anything."""
        os.makedirs(self.disks(), exist_ok=True)
        if manifest is None:
            for name in ("CAMRES", "CAMUSR"):
                shutil.copy(os.path.join(ROOT, "build", "disks", f"{name}.ckd"), self.disks())
            return
        path = os.path.join(self.run, "test.manifest")
        with open(path, "w") as f:
            f.write(manifest)
        result = subprocess.run([os.path.join(ROOT, "build", "host", "make-volumes"), path, self.disks()],
                                cwd=ROOT, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr

    def log(self):
        try:
            with open(os.path.join(self.run, "hercules.log"), errors="replace") as f:
                return f.read()
        except OSError:
            return ""

    def expect_log(self, text, seconds=20):
        """Waits for what CP types at the operator's console, after what a terminal shows of it."""
        end = time.monotonic() + seconds
        while text not in self.log():
            assert time.monotonic() < end, f"no {text!r} in the log:\n{self.log()[-2000:]}"
            time.sleep(0.02)

    def panel(self, text):
        """A line for Hercules' panel; `/x` types x at the operator's console."""
        with open(os.path.join(self.run, "commands"), "w") as f:
            f.write(text + "\n")

    def terminal(self, model="3279-2-E", device=None, **more):
        terminal = Terminal(self.port, model, device, **more)
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
