"""A user at a window: a program in tmux, read and typed at as a person would."""
import atexit
import itertools
import os
import re
import subprocess
import time

numbers = itertools.count()


class Window:
    """`program` in a window of its own; tmux is its terminal, and keeps what it shows."""

    def __init__(self, program, columns=80, rows=24):
        self.socket = f"cambridge370-{os.getpid()}-{next(numbers)}"
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        environment.pop("TMUX", None)
        self.environment = environment
        # One server a window: a configuration file of the user's has no say.
        self.tmux("-f", "/dev/null", "start-server", ";", "set", "-g", "status", "off", ";",
                  "set", "-g", "remain-on-exit", "on", ";",
                  "new-session", "-d", "-x", str(columns), "-y", str(rows), *program)
        atexit.register(self.close)  # a case that failed has not closed it

    def tmux(self, *arguments):
        result = subprocess.run(["tmux", "-L", self.socket, *arguments], capture_output=True,
                                text=True, timeout=20, env=self.environment)
        if result.returncode != 0:
            raise AssertionError(f"tmux {' '.join(arguments)}: {result.stderr.strip()}")
        return result.stdout

    def rows(self):
        return [row.rstrip() for row in self.tmux("capture-pane", "-p").splitlines()]

    def text(self):
        return "\n".join(self.rows())

    def coloured(self):
        """With the sequences that choose colours and highlighting."""
        return self.tmux("capture-pane", "-p", "-e").splitlines()

    def cursor(self):
        """(row, column) from 0."""
        y, x = self.tmux("display", "-p", "#{cursor_y} #{cursor_x}").split()
        return int(y), int(x)

    def keys(self, *names):
        """Keys by tmux's names: Enter, C-c, M-1, F3."""
        self.tmux("send-keys", *names)

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def click(self, row, column):
        self.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")

    def resize(self, columns, rows):
        """Returns when the program's terminal has the size, which tmux tells it a little later."""
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))
        tty = os.open(self.tmux("display", "-p", "#{pane_tty}").strip(), os.O_RDONLY | os.O_NOCTTY)
        self.until(lambda: os.get_terminal_size(tty) == (columns, rows))
        os.close(tty)

    def until(self, condition, seconds=20):
        """Waits for `condition()`; what it gave."""
        deadline = time.monotonic() + seconds
        while True:
            outcome = condition()
            if outcome:
                return outcome
            if time.monotonic() > deadline:
                raise AssertionError("the window never came to it:\n" + self.text())
            time.sleep(0.03)

    def expect(self, pattern, seconds=20):
        return self.until(lambda: re.search(pattern, self.text(), re.MULTILINE), seconds)

    def ended(self):
        """Whether the program is gone."""
        return self.tmux("display", "-p", "#{pane_dead}").strip() == "1"

    def close(self):
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], capture_output=True,
                       env=self.environment, check=False)
