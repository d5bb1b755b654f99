#!/usr/bin/env python3
"""Plays recorded sessions to term370 and to s3270, and compares all that can be seen.

    recorded.py                           what once was not equal: STORED below
    recorded.py FILE.trc ...              traces as x3270, s3270 and term370 write them
    recorded.py --damaged N [FILE.trc ..] N sessions, composed or of the files, damaged

What the host sent is sent again, as it came; what the terminal answered by a key is
answered again by that key. After each step every byte that came back is compared, and
the whole buffer in codes and in Unicode, with the status line. Nothing is put into the
stream to wait for: a terminal has acted when its queue is empty and it takes actions.
"""
import argparse
import os
import re
import select
import shutil
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from compare_s3270 import OURS, THEIRS, Difference, same, untimed  # noqa: E402
from protocol import CLASSIC, DEVICE, EOR, IS, bind, extended, functions, record  # noqa: E402

PATIENCE = 20  # seconds, for a machine with much to do
VIEWS = ("ReadBuffer(Ebcdic)", "ReadBuffer(Unicode)")
# What is compared at a session's end; Ebcdic() and ReadBuffer(Ascii) tell of s3270 what was never written there.
ALL_VIEWS = VIEWS + ("ReadBuffer(Field,Ebcdic)", "ReadBuffer(Field,Unicode)", "Ascii()", "PrintText(string)", "Query(Formatted)")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Channel:
    """A connection that takes actions."""

    def __init__(self, port):
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""

    def tell(self, action):
        self.socket.sendall(action.encode() + b"\n")

    def answered(self):
        """Lines up to ok or error, when they are there."""
        while select.select([self.socket], [], [], 0)[0]:
            self.take()
        return self.lines()

    def lines(self):
        found = re.match(rb"(.*?\n)?(ok|error)\n", self.data, re.S)
        if not found:
            return None
        self.data = self.data[found.end():]
        return found.group().decode(errors="replace").splitlines()

    def take(self):
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise EOFError("the terminal ended")
        self.data += piece

    def ask(self, action):
        self.tell(action)
        deadline = time.monotonic() + PATIENCE
        while (lines := self.lines()) is None:
            if not select.select([self.socket], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError(f"no answer to {action}")
            self.take()
        return lines


class Player:
    """A terminal with its host: us."""

    def __init__(self, program, options, prefix=""):
        for attempt in range(3):  # the port may be taken meanwhile
            port = free_port()
            self.process = subprocess.Popen([*program, *options, "-scriptport", str(port)], stdin=subprocess.PIPE,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                            env={**os.environ, "USER": "tester"})
            try:
                self.asking = Channel(port)
                break
            except ConnectionError:
                self.process.kill()
                self.process.wait()
        self.doing = Channel(port)
        self.waiting = False  # for an action
        self.asking.ask("Set(AidWait,false)")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            connecting = Channel(port)
            connecting.tell(f'Connect("{prefix}127.0.0.1:{listener.getsockname()[1]}")')
            self.connecting = connecting
            self.host, _ = listener.accept()
        self.host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.closed = False
        ours, theirs = self.host.getsockname()[1], self.host.getpeername()[1]
        self.row = re.compile(rf": 0100007F:{theirs:04X} 0100007F:{ours:04X} 0([18]) \w+:(\w+)")

    def unread(self):
        """Whether bytes wait in the terminal's queue."""
        with open("/proc/net/tcp") as table:
            found = self.row.search(table.read())
        return found is not None and int(found.group(2), 16) > 0

    def received(self):
        """What came back, when all has been acted on."""
        deadline = time.monotonic() + PATIENCE
        while self.unread():
            if time.monotonic() > deadline:
                raise TimeoutError("it does not read")
            time.sleep(0.0005)
        self.asking.ask("Query(Cursor)")
        data = b""
        while not self.closed and select.select([self.host], [], [], 0)[0]:
            try:
                piece = self.host.recv(1 << 16)
            except ConnectionError:
                piece = b""
            self.closed = not piece
            data += piece
        return data.hex() + (" closed" if self.closed else "")

    def send(self, data):
        try:
            if not self.closed:
                self.host.sendall(data)
        except ConnectionError:
            pass  # as the next read will say
        return self.received()

    def press(self, action):
        """How it went, or that it waits; and what it sent."""
        if self.waiting:
            return "still waiting", self.received()
        self.doing.tell(action)
        self.asking.ask("Query(Cursor)")
        self.asking.ask("Query(Cursor)")
        sent = self.received()
        self.waiting = True
        return self.outcome(), sent

    def outcome(self):
        if not self.waiting:
            return "none"
        lines = self.doing.answered()
        self.waiting = lines is None
        return "waits" if self.waiting else lines[-1]

    def close(self):
        self.host.close()
        self.process.kill()
        self.process.wait()
        for channel in (self.asking, self.doing, self.connecting):
            channel.socket.close()


def compare_views(pair, views=VIEWS):
    """Whether the keyboard is locked."""
    for view in views:
        a, b = (c.asking.ask(view) for c in pair)
        a[-2], b[-2] = (untimed(re.sub(r"C\(\S*\)", "C", line)) for line in (a[-2], b[-2]))
        for row, (x, y) in enumerate(zip(a, b)):
            if x != y:
                x, y = x.split(), y.split()
                at = next((i for i, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
                same(f"{view}, line {row}, word {at}", " ".join(x[at:at + 12]), " ".join(y[at:at + 12]))
        same(f"{view}, lines", len(a), len(b))
    return a[-2].startswith("L")


def shown(step):
    return step if isinstance(step, str) else f"< {step.hex()}"


def play(options, steps, prefix=""):
    """The first difference, if there is one."""
    pair, at = [], 0
    try:
        for program in (THEIRS, OURS):
            pair.append(Player(program, options, prefix))
        locked = compare_views(pair)
        for at, step in enumerate(steps):
            if isinstance(step, bytes):
                same("bytes back", *[c.send(step) for c in pair])
                same("outcome of the action before", *[c.outcome() for c in pair])
            elif not (step.startswith("String") and locked):  # it would wait for ever
                same("the key", *[c.press(step) for c in pair])
            locked = compare_views(pair)
        compare_views(pair, ALL_VIEWS)
        return None
    except (Difference, TimeoutError, EOFError, OSError) as problem:
        before = "".join(f"\n    {shown(s)[:400]}" for s in steps[max(0, at - 2):at + 1])
        return f"step {at}, {type(problem).__name__}: {problem}\n  {' '.join(options)}, after{before}"
    finally:
        for client in pair:
            client.close()


LINE = re.compile(r"^([<>]) 0x([0-9a-f]+)\s+([0-9a-f]+)\s*$")
AIDS = {0x7D: "Enter()", 0x6D: "Clear()", 0x6C: "PA(1)", 0x6E: "PA(2)", 0x6B: "PA(3)", 0x7E: "CursorSelect()"}
AIDS.update({0xF0 + n: f"PF({n})" for n in range(1, 10)})
AIDS.update({0x7A: "PF(10)", 0x7B: "PF(11)", 0x7C: "PF(12)", 0x4A: "PF(22)", 0x4B: "PF(23)", 0x4C: "PF(24)"})
AIDS.update({0xC0 + n: f"PF({n + 12})" for n in range(1, 10)})


def keys_of(record, columns):
    """The keys that make the terminal send such a record again."""
    if record[:1] == b"\0" and len(record) > 5:
        record = record[5:]  # the header of TN3270E
    if not record or record[0] not in AIDS:
        return []

    def move(high, low):
        at = (high & 0x3F) << 6 | low & 0x3F if high & 0xC0 else high << 8 | low
        return f"MoveCursor({at // columns},{at % columns})"

    keys = []
    for field in record[3:].split(b"\x11")[1:]:
        if len(field) > 2:
            keys += [move(field[0], field[1]), 'String("' + "".join(f"\\e{b:02x}" for b in field[2:]) + '")']
    if len(record) > 2:
        keys.append(move(record[1], record[2]))
    return keys + [AIDS[record[0]]]


def pieces(path):
    """(direction, bytes) as they went over the line."""
    found = []
    with open(path, errors="replace") as lines:
        for line in lines:
            if match := LINE.match(line):
                data = bytes.fromhex(match[3])
                if int(match[2], 16) > 0 and found and found[-1][0] == match[1]:
                    found[-1][1] += data
                else:
                    found.append([match[1], bytearray(data)])
    return [(way, bytes(data)) for way, data in found]


def recorded(path):
    """(options, steps) of a trace."""
    with open(path, errors="replace") as file:
        text = file.read()
    model = re.search(r"[Mm]odel[: ]+(?:IBM-)?(327[89]-\d(?:-E)?)", text)
    size = re.search(r"(\d+) rows x (\d+) cols", text)
    name = model[1] if model else "3279-4-E"
    if "color display" in text:
        name = name.replace("3278", "3279")
    options = ["-model", name]
    steps = []
    for way, data in pieces(path):
        if way == "<":
            steps.append(data)
        elif b"\xff\xef" in data and data[:1] not in b"\xff":
            record = data[:data.index(b"\xff\xef")].replace(b"\xff\xff", b"\xff")
            steps += keys_of(record, int(size[2]) if size else 80)
        elif data[:1] != b"\xff" and data[0] < 0x80:
            line = data.rstrip(b"\r\n\0")
            typed = "".join(chr(b) if b > 31 and chr(b) not in '\\"' else f"\\x{b:04x}" for b in line)
            steps += ([f'String("{typed}")'] if line else []) + (["Enter()"] if data != line else [])
    return options, steps


CLASSICAL, EXTENDED, TEXT = b"".join(CLASSIC), b"".join(extended(0, 2, 4)), b"hello\r\n"
STORED = {
    "codes without a character": [CLASSICAL, b"\xf5\xc2" + bytes(range(0x40, 0xFF)) + b"\x0e\x41\x41\x0f\x1c\x1e\x3f" +
                                  b"".join(b"\x08" + bytes([c]) for c in range(0x40, 0xFF)) + b"\x28\x43\xf8\x81\x82" + EOR],
    "keys typed ahead": [b"\xff\xfd\x18", "Key(a)", CLASSICAL, "Key(b)", "Tab()", b"\xf1\x0e" + EOR + b"\xf1\x08\xb9" + EOR,
                         "Enter()", "Key(c)", "CursorSelect()", b"\xf1\xc2" + EOR],
    "keys before there is a host": [b"\xff\xfd\x18", "Key(a)", "PA(1)", TEXT, "Key(b)", b"\xff\xfd\x1f", "PF(1)"],
    "keys before there is an application": [EXTENDED, "Key(c)", "Enter()", record(7, b"\xc1"), "Key(d)", "Attn()", "Enter()"],
    "an application that leaves": [EXTENDED, record(7, b"\x11\x40\x40"), b"\x04\xff\xef", "Key(a)", bind(2), "Attn()", "Interrupt()"],
    "keys on a text": [TEXT, "MoveCursor(90,90)", "MoveCursor(-1,5)", "CircumNot()", "Interrupt()", b"\xff\xfb\x01", "Enter()",
                       "Key(U+000d)", "CircumNot()", "MoveCursor1(3,4)"],
    "text in records": [EXTENDED, bind(2), record(5, b"a\r\nbbccdd\x1b\x1b[[3311mmee"), "Key(x)", "Enter()", record(0, b"\xf5\xc2")],
    "bytes that are no UTF-8": [b"\x1b[2J\x1b[H" + broken + b"cdefgh\r\n" for broken in (
        b"\xc3", b"\xe0", b"\xf0", b"\xf8", b"\xfc", b"\xfe", b"\xe2\x82", b"\xe2c\x82", b"\xf0\x9f\x98", b"\xe0\x9f\xbf",
        b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfc\x84\x80\x80\x80\x80", b"\xe2\x1b[3D", b"\xc3\xc3\xa4", b"\xc2\x85")],
    "a field that a key overwrote": [CLASSICAL, b"\xf5\xc2\x0e\x1d\x40" + EOR, 'String("a")', "Tab()", b"\xf1\xc2\xc1" + EOR],
    "a screen that keys await": [EXTENDED, bind(0x7F, 24, 80, 43, 80), "MoveCursor(1,40)", "Key(a)", "MoveCursor(9999)", "Key(b)",
                                 "MoveCursor1(5)", "Key(c)", record(0, b"\x7e\xc2")],
    "records that end in what others left": [
        EXTENDED, bind(2), record(0, b"\xf5\xc2\xc1\xc2\xc3\xc4"), record(0, b"\xf1\xc2\x08"), bind(3), record(0, b"\xf1\xc2\x08"),
        record(0, b"\xf5\xc2" + bytes(range(0x81, 0x8A))), record(0, b"\xf1\xc2\x29"), b"\x00\x00\xff\xef", b"\x00\xff\xef",
        record(5, b"text of another kind"), record(0, b"\xf1\xc2\x28\x42\xf2\x08")],
    "keys that a text gets": [EXTENDED, bind(2), "Key(a)", "PF(3)", "Tab()", record(5, b"aabbccdd"), "Attn()", record(4, b"\x01"),
                              "Attn()", "Reset()", "Key(b)", "Clear()", "PF(1)"],
    "a key that the system gets": [EXTENDED, bind(2), record(0, b"\xf5\xc2"), "Enter()", "Key(9)", "SysReq()", "Key(8)", "SysReq()",
                                   record(0, b"\xf5\xc2"), "Enter()", record(7, b"\xc1"), "Key(7)"],
    "functions that were given up once": [EXTENDED, b"".join(extended(0)), b"\xff\xfe\x28", b"\xff\xfd\x28" + DEVICE[1] + IS,
                                          functions(4, 0, 2, 4), CLASSICAL, b"\xff\xfd\x28" + DEVICE[1] + IS, functions(7, 0, 2, 4)],
    "what is pasted, and put in as codes": [CLASSICAL, b"\xf5\xc2\xc1\xc2\x1d\xf0\xc3\xc4\x1d\x40\xc5\xc6\x1d\x60" + EOR, "MoveCursor(0,1)",
                                            r'String("\ec1\ec2\ec3\ec4\ec5\ec6\ec7\ec8")', "PasteString(4142434445460a58590a5a)",
                                            "MoveCursor(23,70)", "PasteString(4142434445460a5859)", "MoveCursor(23,75)",
                                            "PasteString(4142434445464748)", b"\xff\xfe\x00" + TEXT, r'String("\ec1\ec2")',
                                            "PasteString(414243)"],
    "text that begins anew in a character": [b"ab\xc2", b"\xff\xfd\x18", "Key(x)", "Clear()", b"\rcd\xe2", b"\xff\xfe\x18\xff\xfd\x18", b"\0e\xe2",
                                             b"\xff\xfe\x18\xff\xfd\x18", b"\x9bf\x1b[3", b"\xff\xfe\x18\xff\xfd\x18", b"1mg"],
    "wide characters, colours and wrapped rows": [
        "\u4e00\u6587\x1b[75;79H\u3042\u3042".encode(), "\x1b[1;77H\u3042\u3042\u3042\x1b[3;41M\x1b[?7l\u3042\u3042".encode(),
        "\x1b[?7h\x1b[5;80H\u3042".encode(), b"\x1b[31;44m\x1b[24;1HA\r\nB", b"\x1b[1;80H\x1b[0;1mab\x1b[20;10r\x1b[5;10r\x1b[10;1H\n",
        b"\x1b]0;title\x7f[39Lx\x1b]2;t\x0ey"],
    "text below the scrolling region, and after a new page": [
        b"\x1b[5;10r\x1b[20;70Habc", b"\x1b[r\x1b[1;80Hx\x0cyz", "Key(a)", "Key(\u6587)", b"\xc3", "Delete()", "Erase()"],
    "a host that takes its offers back": [EXTENDED, bind(2), record(0, b"\xf5\xc2"), "PA(1)", b"\xff\xfa\x28\x02\x06\x05\x04\xff\xf0",
                                          "Key(a)", CLASSICAL, "Key(b)", b"\xf5\xc2" + EOR, "Enter()", b"\xff\xfe\x00", TEXT],
    "what is read of codes without a character, and of double bytes": [
        CLASSICAL, b"\xf5\xc2\xc1\x41\x0e\x0f\x1c\x3f\xff\xff\x00\x41\x28\x43\xf8\x41\x42\x28\x43\xf1\x41\xad\x28\x43\x00\x1d\xcc\xc1" + EOR],
    "what is read of text": ["a\u4e00b\u00e9\u20ac\x1b(0qx\x1b(B".encode()],
    "what a script waits for": [
        CLASSICAL, "Wait(20,InputField)", b"\xf1\xc2\xc1" + EOR, b"\xf5\xc2\x1d\x40\x13\xc1" + EOR, "Wait(20,3270Mode)", "PF(1)",
        "Wait(20,Unlock)", b"\xf1\xc2" + EOR, "MoveCursor(0,0)", "Wait(20,3270Mode)", b"\xf1\xc2\x11\x40\xc5\x13" + EOR, "Wait(20,NVTMode)",
        b"\xff\xfe\x00" + TEXT],
    "a script that waits for the system": [EXTENDED, "Wait(20,InputField)", record(7, b"\xc1"), "Wait(20,InputField)"],
    "an image that is no BIND": [EXTENDED, record(3, b"\x82\x01"), record(0, b"\xf5\xc2\xc1"), record(5, b"xxyy"), record(3, b"\x82"),
                                 b"\xff\xfb\x01", record(5, b"zz")],
    "lines, answers and too many parameters": [b"\x1b(0" + bytes(range(0x5F, 0x7F)) + b"\x1b(B\r\n", b"\x1b[5;n\x1b[6n\x1b[c",
                                               b"\x1b[" + b";" * 20 + b"5Ax\x1b[" + b";" * 21 + b"5Ay"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--damaged", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--kind")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    if not shutil.which(THEIRS[0]):
        print("s3270 is not installed\n0 passed, 0 failed")
        return 0
    if arguments.damaged or arguments.only is not None:
        import damage
        sessions = damage.sessions(arguments, [recorded(path) for path in arguments.files])
    else:
        sessions = [(path, *recorded(path)) for path in arguments.files] or [
            (name, ["-model", "3279-2-E"], steps) for name, steps in STORED.items()]
    passed = failed = 0
    for name, options, steps in sessions:
        problem = play(options, steps)
        passed, failed = passed + (problem is None), failed + (problem is not None)
        if problem:
            print(f"{name}: {problem}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
