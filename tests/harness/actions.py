"""A terminal program that takes s3270's actions: each a line on its standard input."""
import os
import select
import subprocess
import time


def data(answer):
    return [line[6:] for line in answer if line.startswith("data: ")]


class Actions:
    def __init__(self, command, env=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, bufsize=0, env=env)
        self.unread = b""

    def tell(self, action):
        self.process.stdin.write(action.encode() + b"\n")

    def answer(self, seconds=5):
        """What is said to an action: lines of data, the status line, and `ok` or `error`."""
        deadline = time.monotonic() + seconds
        lines = []
        while not lines or lines[-1] not in ("ok", "error"):
            lines.append(self.line(deadline))
        return lines

    def ask(self, action, seconds=5):
        self.tell(action)
        return self.answer(seconds)

    def line(self, deadline):
        while b"\n" not in self.unread:
            left = max(0, deadline - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                raise TimeoutError("no answer to an action")
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                raise EOFError("the terminal program ended")
            self.unread += piece
        line, self.unread = self.unread.split(b"\n", 1)
        return line.decode(errors="replace")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
