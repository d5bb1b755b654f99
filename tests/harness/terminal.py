"""A user at a 3270: s3270 or term370 --headless, read and typed at as a person would."""
import os
import re
import time

from tests.harness.actions import Actions, data

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
S3270 = ["s3270"]
READY = r"^Ready; T="  # CMS ended a command with return code 0
OURS = [os.path.join(ROOT, "build", "host", "term370"), "--headless"]


class Terminal(Actions):
    def __init__(self, port, model="3279-2-E", device=None, program=S3270, extra=()):
        host = f"{device}@127.0.0.1:{port}" if device else f"127.0.0.1:{port}"
        super().__init__([*program, "-model", model, "-utf8", *extra, host])
        self.do("Wait(10,3270Mode)", check=False)

    def do(self, action, check=True, seconds=60):
        """The data lines of an action. Raises if it ends with `error`."""
        try:
            answer = self.ask(action, seconds)
        except (OSError, EOFError, ValueError) as problem:
            raise AssertionError(f"{action}: {problem}") from problem
        self.status = answer[-2].split()
        if check and answer[-1] == "error":
            raise AssertionError(f"{action}: {' '.join(data(answer))}")
        return data(answer)

    def rows(self):
        return [row.rstrip() for row in self.do("Ascii()")]

    def text(self):
        return "\n".join(self.rows())

    def state(self):
        """The status area: RUNNING, VM READ, CP READ, MORE..., HOLDING, NOT ACCEPTED."""
        match = re.search(r"(RUNNING|VM READ|CP READ|MORE\.\.\.|HOLDING|NOT ACCEPTED)\s*\S*$", self.text())
        return match.group(1) if match else ""

    def expect(self, pattern, seconds=20):
        """Waits until the screen shows `pattern`; the match. MORE... is answered."""
        deadline = time.monotonic() + seconds
        while True:
            text = self.text()
            match = re.search(pattern, text, re.MULTILINE)
            if match:
                return match
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"the screen never showed {pattern!r}:\n{text}")
            if "MORE..." in text[-40:]:
                self.do("Clear()", check=False)
                continue
            self.do(f"Wait({min(left, 1):.2f},Output)", check=False)

    def type(self, line):
        """Types a line and presses ENTER; again where the line was NOT ACCEPTED."""
        self.do("Wait(10,Unlock)", check=False)
        quoted = line.replace("\\", "\\\\").replace('"', '\\"')
        if line:
            self.do(f'String("{quoted}")')
        for _ in range(5):
            self.do("Enter()")
            if not line or self.rows()[-2].strip() != line.strip():
                break

    def clear(self):
        self.do("Clear()", check=False)

    def logon(self, userid, password=None, ready=r"^(Ready|R);"):
        """From the logon screen to CMS."""
        self.type(f"logon {userid}")
        self.expect("ENTER PASSWORD")
        self.type(password or userid)
        self.expect("VM READ|RUNNING")

    def to_cms(self, userid):
        """From the logon screen, or a LOGON that was refused, to a CMS that takes commands."""
        self.expect("ONLINE|CP READ")
        self.logon(userid)
        self.expect("VM READ")
        self.type("")
        self.expect(READY)
        return self
