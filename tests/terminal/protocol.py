#!/usr/bin/env python3
"""Hosts of all kinds, as term370 and s3270 meet them: each byte that goes back is compared.

A scenario is a list of what the host sends, and of actions for the terminal. After each
step the host asks DO TIMING-MARK; what comes before the WONT is the answer to the step.
"""
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, ROOT)
from tests.harness.actions import Actions  # noqa: E402

OURS = [os.environ.get("TERM370", os.path.join(ROOT, "build", "host", "term370")), "--headless"]
THEIRS = ["s3270", "-utf8"]
CERTIFICATE = os.path.join(HERE, "host.pem")  # a key that is no secret, for localhost
TIMING_MARK, NO_TIMING_MARK = b"\xff\xfd\x06", b"\xff\xfc\x06"
EOR = b"\xff\xef"


def sub(*parts):
    body = b"".join(p if isinstance(p, bytes) else bytes([p]) for p in parts)
    return b"\xff\xfa" + body + b"\xff\xf0"


def hexa(text):
    return bytes.fromhex(text)


TTYPE = [hexa("fffd18"), sub(24, 1)]
CLASSIC = TTYPE + [hexa("fffd19fffb19"), hexa("fffd00fffb00")]
DEVICE = [hexa("fffd28"), sub(40, 8, 2)]
IS = sub(40, 2, 4, b"IBM-3278-2-E", 1, b"LU1")


def functions(verb, *codes):
    return sub(40, 3, verb, bytes(codes))


def extended(*codes):
    return DEVICE + [IS, functions(4, *codes)]


def record(kind, data, flag=0, number=1):
    raw = bytes([kind, 0, flag]) + number.to_bytes(2, "big") + data
    return raw.replace(b"\xff", b"\xff\xff") + EOR


def bind(kind, *sizes):
    return record(3, b"\x31\x01\x03\x03\xb1\x90\x30\x80\x00\x87\x87\xf8\x87\x00\x02\x00\x00\x00\x00\x00" +
                  bytes(sizes or (0, 0, 0, 0)) + bytes([kind, 0, 0]))


WRITE = b"\xf5\xc2\x1d\x40\x13\xc1\xc2\x1d\x60"
QUERY = b"\xf3\x00\x05\x01\xff\x02"
UNAIDED = "Set(AidWait,false)"
REJECT = [sub(40, 2, 6, 5, reason) for reason in range(9)]

SCENARIOS = {
    "TN3270 in the order of Hercules": CLASSIC + [WRITE + EOR, QUERY + EOR, b"\xf1\xc2" + EOR, "ReadBuffer(Ebcdic)",
                                                   "Attn()", UNAIDED, "SysReq()", "Attn()", b"\xf1\xc2" + EOR],
    "TN3270, everything at once": [b"".join(CLASSIC) + WRITE + EOR, "ReadBuffer(Ebcdic)"],
    "options that we have, twice": [hexa("fffd00fffd00fffb00fffb00fffd03fffb03fffb01fffd18fffd18")],
    "options that nobody has": [hexa("fffd01fffb05fffd05fffbfafffdfefffb2afffd2affff"), b"x"],
    "options given back": CLASSIC + [WRITE + EOR, hexa("fffe00"), hexa("fffd00"), hexa("fffc19"), hexa("fffb19"),
                                     QUERY + EOR],
    "EOR marked by the host only": [hexa("fffb19"), hexa("fffb00fffd00")] + TTYPE + [WRITE + EOR],
    "window size": [hexa("fffd1f"), hexa("fffd1f")],
    "environment": [hexa("fffd27fffd18"), sub(39, 1), sub(39, 1, 0, b"USER", 3), sub(39, 1, 3, b"DEVNAME", 0, b"JOB"),
                    sub(39, 1, 2), sub(39, 0), sub(24, 1)],
    "environment asked before the type": [hexa("fffd27"), hexa("fffd18"), sub(39, 1, 0), sub(24, 1)],
    "subnegotiation garbage": [sub(), sub(24), sub(24, 0), sub(24, 1, b"\xff\xff"), sub(77, b"abc"), sub(40, 8, 2),
                               b"\xff\xfa\x18\xff\x01\xff\xf0", b"\xff\xf1\xff\xf9\xff\xff"] + CLASSIC,
    "EOR before 3270 mode": [hexa("ffef"), EOR] + CLASSIC + [EOR, EOR, WRITE + EOR],
    "two units, the second taken": ["prefix LU1,LU2@"] + CLASSIC[:2] + [sub(24, 1)] + CLASSIC[2:] + [WRITE + EOR],
    "two units, none taken": ["prefix LU1,LU2@"] + CLASSIC[:2] + [sub(24, 1), sub(24, 1)],
    "a group": ["prefix CMS@"] + CLASSIC + [WRITE + EOR],
    "TN3270E with everything": extended(0, 2, 4) + [
        bind(0x7E, 24, 80), record(0, WRITE, 2, 5), UNAIDED, "Enter()", record(0, b"\xf1\xc2", 2, 6), "Attn()",
        record(0, b"\xf6", 1, 7), record(0, QUERY, 2, 0x1FF), record(0, b"\xf1\xc2", 0, 8), "ReadBuffer(Ebcdic)"],
    "responses that were asked for": extended(0, 2, 4) + [
        bind(2)] + [record(0, data, flag, 9) for flag in (0, 1, 2) for data in (
            b"\xf5\xc2\x11\x7f\xff\xc1", b"\x44", b"\xf1", b"\xf1\xc2", b"\xf3\x00\x05\x0f\x00\x00", QUERY + b"\x00",
            b"\xf3\x00", b"", b"\x6f", b"\xf2"[:1], b"\x03", b"\xf3\x00\x04\x03\x80", b"\xf3\x00\x05\x01\x00\xf6")],
    "TN3270E without BIND": extended(2, 4) + [record(0, WRITE, 2), record(3, b"\x31"), record(4, b"\x01"),
                                              record(7, b"\xc1"), "ReadBuffer(Ebcdic)"],
    "TN3270E with nothing": extended() + [record(0, WRITE, 2), UNAIDED, "Enter()", record(0, b"\xf1\xc2"), "SysReq()"],
    "data before BIND": extended(0, 2, 4) + [record(0, WRITE, 2), bind(3), record(0, WRITE, 2), record(4, b"\x01"),
                                             record(0, WRITE, 2), bind(2), record(0, b"\xf5\xc3", 2)],
    "functions that the host asks for": DEVICE + [IS, functions(7, 0, 1, 2, 3, 4, 5), functions(4, 2),
                                                  record(0, WRITE, 2)],
    "fewer functions that the host asks for": DEVICE + [IS, functions(7, 2), record(0, WRITE, 2)],
    "functions never offered": DEVICE + [IS, functions(4, 0, 2, 5)] + CLASSIC + [WRITE + EOR],
    "a device that is rejected": DEVICE + [REJECT[3]] + CLASSIC + [WRITE + EOR],
    "a request that is not supported": ["prefix LU1,LU2@"] + DEVICE + [REJECT[7]] + CLASSIC + [WRITE + EOR],
    "units rejected in turn": ["prefix LU1,LU2@"] + DEVICE + [REJECT[1], REJECT[4]] + CLASSIC + [WRITE + EOR],
    "units rejected once": ["prefix LU1,LU2@"] + DEVICE + [REJECT[1], IS, functions(4, 2), record(0, WRITE, 2)],
    "TN3270E withdrawn by the host": extended(2) + [record(0, WRITE), hexa("fffe28")] + CLASSIC + [WRITE + EOR],
    "TN3270E garbage": DEVICE + [sub(40, 9), sub(40, 2), sub(40, 3), sub(40, 8, 3), sub(40, 2, 9, b"x"),
                                 sub(40, 3, 9, 1), IS, functions(4, 2), record(9, b"\x01"), record(1, WRITE),
                                 record(6, b""), record(8, b""), record(2, b"\x00"), record(0, WRITE, 2)],
    "BIND sizes": extended(0, 2, 4) + [step for kind, sizes in (
        (0x7F, (24, 80, 43, 80)), (0x7F, (24, 80, 44, 80)), (0x7F, (24, 79, 43, 80)), (0x7E, (32, 80)), (0x7E, (12, 40)),
        (0x00, ()), (0x02, ()), (0x03, ()), (0x55, (24, 80, 24, 80)), (0x7F, (43, 80, 24, 80)))
        for step in (bind(kind, *sizes), record(0, b"\xf5\xc2\x11\x5d\x7f\x13"), "ReadBuffer(Ebcdic)",
                     record(0, b"\x7e\xc2\xc1"), "ReadBuffer(Ebcdic)", record(0, QUERY), record(0, b"\xf1\xc2"),
                     record(4, b"\x01"))],
    "applications that BIND names": extended(0, 2, 4) + [step for name in (
        b"\x03\xc3\xd4\xe2\x00", b"\x08\xc1\xd7\xd7\xd3\xf1\x5b\x7b\x7c\x00", b"\x09ABCDEFGHI\x00", b"\x03\xc3\xd4\xe2", b"\x03",
        b"\x00\x00") for step in (bind(2)[:-2] + name + EOR, "Query(BindPluName)")] + [
            bind(2)[:-2] + b"\x01\xc1\x00" + EOR, record(7, b"\xc1"), "Query(BindPluName)", record(4, b"\x01"), "Query(BindPluName)"],
    "SYSREQ": extended(0, 2, 4) + [
        bind(2), record(0, WRITE), UNAIDED, "SysReq()", record(7, b"\xc1\xc2\x15\xc3\x1d\x40\x13\x11\x40\x40\x08\xad\xff"),
        'String("logoff")', "ReadBuffer(Ebcdic)", "Enter()", record(7, b"\x15\xd6\xd2"), "PF(1)", "Reset()", "PA(1)",
        "Reset()", "Clear()", 'String("x")', "Enter()", record(7, b""), "ReadBuffer(Ebcdic)", "SysReq()",
        record(0, WRITE), "ReadBuffer(Ebcdic)"],
    "the system first": extended(0, 2, 4) + [record(7, b"\xc1\xc2"), UNAIDED, 'String("abc")', "Enter()",
                                             record(7, b"\x15" * 30 + b"\xc4"), 'String("d")', "Enter()", bind(2),
                                             record(0, WRITE, 2)],
    "text instead of 3270": [b"login: ", 'String("ab")', "Enter()", b"hello\r\n", "ReadBuffer(Ascii)"],
    "text that a script awaits": [
        b"login: ", 'Expect("login: ")', "NvtText()", b"a\\b\r\nx\x1b[1m\t\x08\x07\x7f\xc3\xa4", "NvtText()", "NvtText()", 'String("me")',
        "NvtText()", b"one two\tand three\r\n", 'Expect("one\\x20t")', 'Expect("wo\\tan")', 'Expect("\\144 th")', "NvtText()",
        "Expect(x,0)", "Expect(x,601)", b"y" * 5000, "NvtText()"],
    "text, the host echoes": [b"login: ", hexa("fffb01fffb03"), b"\r\n", 'String("ab")', "Enter()", "PF(1)", "PF(5)",
                              "PF(24)", "PA(2)", "Tab()", "Up()", "Down()", "Left()", "Right()", "Home()", "Clear()",
                              "Newline()", "Delete()", b"\x1b[?1h", "Up()", "ReadBuffer(Ascii)"],
    "a VT100": [b"\x1b[2J\x1b[Hx\x1b[1;31;44my\x1b[0mz\x1b(0lqk\x1b(B\xc3\xa4\xe2\x82\xac#\x1b(A#\x1b(B",
                b"\x1b[5;10Habc\x1b[2Dd\x1b[1Ae\x1b[Bf\x1b[3Cg\x1b[G!\x1b[10dv", b"\x1b7\x1b[1;1H*\x1b8r",
                b"\x1b[4h\x1b[5;10HII\x1b[4l", b"\x1b[5;10H\x1b[2@\x1b[1P", b"\x1b[6;1H\x1b[2L\x1b[7;1H\x1b[M",
                b"\x1b[3;5r\x1b[5;1Hbottom\n\nup\x1bMx\x1b[3;1H\x1bM\x1b[r", b"\x1b[20;76Hwrap over the edge",
                b"\x1b[24;1Hlast\nnew\r\nline\ttab\t\x08x\x1b[8;8H\x1bH\r\ty\x1b[g\x1b[3g\r\tz",
                b"\x1b[12;5H\x1b[K\x1b[1K\x1b[2K\x1b[13;1Hkeep this\x1b[13;5H\x1b[1J", b"\x1b]0;title\x07\x1b[>c\x1bE.\x1b[99z",
                b"\xff\xff\xc3(\x80\xf0\x9f\x98\x80\x7f\x00\x07", "ReadBuffer(Ascii)"],
    "text, then 3270, then text": [b"text"] + CLASSIC + [WRITE + EOR, "ReadBuffer(Ebcdic)", hexa("fffc00"), b"more",
                                                         "ReadBuffer(Ascii)", hexa("fffb00"), b"\xf1\xc2\xc1" + EOR,
                                                         "ReadBuffer(Ebcdic)"],
    "a query before any write": CLASSIC + [QUERY + EOR, b"\xf1\x40" + EOR, b"\xf1\xc2" + EOR],
    "TLS from the start": ["tls"] + CLASSIC + [WRITE + EOR, QUERY + EOR, b"\xf1\xc2" + EOR],
    "START TLS": [hexa("fffd2e"), "starttls"] + CLASSIC + [WRITE + EOR],
    "START TLS in one piece with what follows": [hexa("fffd2e"), "starttls", hexa("fffd2e")] + extended(0, 2, 4) + [
        bind(2), record(0, WRITE, 2)],
    "START TLS that goes wrong": [hexa("fffd2e"), sub(46, 9)],
    "TLS with a certificate that nobody knows": ["tls unknown"] + CLASSIC,
    "TLS without verification": ["tls unknown", "prefix Y:"] + CLASSIC + [WRITE + EOR],
}


class Ended(Exception):
    pass


class Terminal(Actions):
    """A terminal program, and the host that it talks to."""

    def __init__(self, program, scenario, split):
        self.split = split
        self.words = [s for s in scenario if isinstance(s, str) and not s.endswith(")")]
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        listener.settimeout(5)
        extra = ["-cafile", CERTIFICATE] if "tls" in self.words or "starttls" in self.words else []
        super().__init__([*program, "-model", "3279-4-E", *extra], env={**os.environ, "USER": "tester"})
        prefix = next((w.split()[1] for w in self.words if w.startswith("prefix")), "")
        if any(w.startswith("tls") for w in self.words):
            prefix = "L:" + prefix
        self.tell(f'Connect("{prefix}localhost:{listener.getsockname()[1]}")')
        self.host, _ = listener.accept()
        listener.close()
        self.host.settimeout(5)
        self.host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connected = False
        if any(w.startswith("tls") for w in self.words):
            self.secure()

    def secure(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        try:
            self.host = context.wrap_socket(self.host, server_side=True)
            self.host.settimeout(5)
        except (ssl.SSLError, OSError) as problem:
            raise Ended("no TLS") from problem

    def send(self, data):
        """What comes back, once all was acted on."""
        received = b""
        try:
            if self.split:
                for byte in data:
                    self.host.sendall(bytes([byte]))
            else:
                self.host.sendall(data)
            self.host.sendall(TIMING_MARK)
            while not received.endswith(NO_TIMING_MARK):
                piece = self.host.recv(65536)
                if not piece:
                    return received + b" closed"
                received += piece
        except (ConnectionError, ssl.SSLError):
            return received + b" closed"
        return received[:-3]

    def answer(self):
        lines = super().answer()
        return [*lines[:-2], lines[-2].rsplit(" ", 1)[0], lines[-1]]  # without how long it took

    def step(self, what):
        if isinstance(what, bytes):
            return self.send(what)
        if what == "starttls":
            self.host.sendall(sub(46, 1))
            received = b""
            while not received.endswith(b"\xff\xf0"):
                received += self.host.recv(4096)
            self.secure()
            return received
        if not what.endswith(")"):
            return None
        if not self.connected:
            self.connected = True
            self.answer()  # to Connect
        self.tell(what)
        answer = self.answer()
        return answer, self.send(b"")

    def close(self):
        self.host.close()
        super().close()


def play(program, scenario, split=False):
    """What each step brought."""
    results = []
    terminal = None
    try:
        terminal = Terminal(program, scenario, split)
        for what in scenario:
            results.append(terminal.step(what))
    except (Ended, TimeoutError, EOFError, OSError) as problem:
        results.append(str(problem))
    finally:
        if terminal:
            terminal.close()
    return results


def compare(name, scenario):
    """What is not equal, if anything: as it comes and byte by byte."""
    answers = {}

    def one(key, *arguments):
        answers[key] = play(*arguments)

    threads = [threading.Thread(target=one, args=("theirs", THEIRS, scenario)),
               threading.Thread(target=one, args=("ours", OURS, scenario)),
               threading.Thread(target=one, args=("split", OURS, scenario, True))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for key in ("ours", "split"):
        for at, (theirs, ours) in enumerate(zip(answers["theirs"], answers[key])):
            if theirs != ours:
                step = scenario[at] if at < len(scenario) else "end"
                return f"{name} ({key}), step {at}: {step!r}\n  s3270   {shown(theirs)}\n  term370 {shown(ours)}"
    return None


def reconnects():
    """term370 --reconnect comes back to a host that closed, and forgets what was there."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)
    terminal = subprocess.Popen([*OURS, "--reconnect", f"127.0.0.1:{listener.getsockname()[1]}"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        for text in (b"\xc1\xc1", b"\xc2"):
            host, _ = listener.accept()
            host.settimeout(5)
            host.sendall(b"".join(CLASSIC) + b"\xf5\xc2" + text + EOR + TIMING_MARK)
            received = b""
            while not received.endswith(NO_TIMING_MARK):
                received += host.recv(4096)
            if text == b"\xc2":
                row = terminal.communicate("Ascii(0,0,3)\nQuit()\n", 5)[0].splitlines()[0]
                return None if row == "data: B  " else f"after the second connection: {row!r}"
            host.close()
    except (OSError, subprocess.TimeoutExpired) as problem:
        return f"reconnecting: {problem}"
    finally:
        terminal.kill()
        terminal.wait()
        listener.close()
    return None


def shown(result):
    if isinstance(result, tuple):
        rows = [" ".join(line.split()).removesuffix(" 00") for line in result[0]]
        return f"{[row[:160].rstrip('0 ') for row in rows if row.strip('dat: 0')]} {result[1]!r}"
    return repr(result)[:600]


def main():
    if not shutil.which(THEIRS[0]):
        print("s3270 is not installed\n0 passed, 0 failed")
        return 0
    passed = failed = 0
    wanted = sys.argv[1:]
    start = time.monotonic()
    for name, scenario in SCENARIOS.items():
        if wanted and not any(w in name for w in wanted):
            continue
        problem = compare(name, scenario)
        passed, failed = passed + (problem is None), failed + (problem is not None)
        if problem:
            print(problem, flush=True)
    if not wanted or "reconnect" in wanted:
        problem = reconnects()
        passed, failed = passed + (problem is None), failed + (problem is not None)
        if problem:
            print(problem)
    print(f"{time.monotonic() - start:.0f} seconds\n{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
