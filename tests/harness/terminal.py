"""A user at a 3270: s3270 or term370 --headless, read and typed at as a person would."""
import os
import re
import select
import subprocess
import time


ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
S3270 = ["s3270"]
READY = r"^Ready; T="  # CMS ended a command with return code 0
OURS = [os.path.join(ROOT, "build", "host", "term370"), "--headless"]


class Terminal:
    def __init__(self, port, model="3279-2-E", device=None, program=S3270, extra=()):
        host = f"{device}@127.0.0.1:{port}" if device else f"127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*program, "-model", model, "-utf8", *extra, host],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            bufsize=0)
        self.unread = b""
        self.do("Wait(10,3270Mode)", check=False)

    def do(self, action, check=True, seconds=60):
        """An s3270 action; its data lines. Raises if s3270 says `error`."""
        try:
            self.process.stdin.write((action + "\n").encode())
        except (BrokenPipeError, ValueError) as error:
            raise AssertionError(f"s3270 is gone at {action}") from error
        data = []
        deadline = time.monotonic() + seconds
        while True:
            line = self.line(action, deadline)
            if line.startswith("data: "):
                data.append(line[6:])
            elif line in ("ok", "error"):
                if line == "error" and check:
                    raise AssertionError(f"{action}: {' '.join(data)}")
                return data
            else:
                self.status = line.split()

    def line(self, action, deadline):
        """The next line of s3270's answer."""
        while b"\n" not in self.unread:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise AssertionError(f"s3270 did not answer {action}")
            more = self.process.stdout.read(65536)
            if not more:
                raise AssertionError(f"s3270 ended at {action}")
            self.unread += more
        line, self.unread = self.unread.split(b"\n", 1)
        return line.decode()

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

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
