#!/usr/bin/env python3
"""Plays the same records and keys to s3270 and to term370 --headless, and compares.

A small TN3270 host in this process drives both. Compared are every record that comes
back, the whole buffer (ReadBuffer) and the status line. The records are composed by a
generator with a fixed seed: proper data streams, and damaged ones.
"""
import os
import random
import shutil
import socket
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, ROOT)
from tests.harness.actions import Actions  # noqa: E402

OURS = [os.environ.get("TERM370", os.path.join(ROOT, "build", "host", "term370")), "--headless"]
THEIRS = ["s3270", "-utf8"]
SECONDS = float(os.environ.get("COMPARE_SECONDS", "6"))
SEED = int(os.environ.get("COMPARE_SEED", "370"))
TIMING_MARK, NO_TIMING_MARK = b"\xff\xfd\x06", b"\xff\xfc\x06"


class Client(Actions):
    """A terminal program connected to us, and its script channel."""

    def __init__(self, program, model, extra=()):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        super().__init__([*program, "-model", model, *extra])
        self.tell(f"Connect(127.0.0.1:{listener.getsockname()[1]})")
        self.host, _ = listener.accept()
        self.host.settimeout(5)
        listener.close()
        self.host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.data = b""
        self.negotiation = []
        self.negotiate(b"\xff\xfd\x18", 3)
        self.host.sendall(b"\xff\xfa\x18\x01\xff\xf0")
        while not self.data.endswith(b"\xff\xf0"):
            self.more()
        self.negotiation.append(self.data)
        self.data = b""
        self.negotiate(b"\xff\xfd\x19\xff\xfb\x19", 6)
        self.negotiate(b"\xff\xfd\x00\xff\xfb\x00", 6)
        self.inhibited = False  # a query was answered: String would wait
        self.send(b"\xf5\xc3")
        self.answer()

    def negotiate(self, request, length):
        self.host.sendall(request)
        while len(self.data) < length:
            self.more()
        self.negotiation.append(self.data[:length])
        self.data = self.data[length:]

    def more(self):
        piece = self.host.recv(65536)
        if not piece:
            raise EOFError("the terminal closed the connection")
        self.data += piece

    def send(self, record):
        self.host.sendall(record.replace(b"\xff", b"\xff\xff") + b"\xff\xef")

    def replies(self):
        """The records that came, once all that was sent has been acted on."""
        self.host.sendall(TIMING_MARK)
        while not self.data.endswith(NO_TIMING_MARK):
            self.more()
        raw, self.data = self.data[:-3], b""
        records = raw.replace(b"\xff\xff", b"\xff\x00").split(b"\xff\xef")
        records = [r.replace(b"\xff\x00", b"\xff") for r in records[:-1]]
        self.inhibited = self.inhibited or any(r.startswith(b"\x88") for r in records)
        return records

    def restore(self):
        self.send(b"\xf1\xc2")
        self.replies()
        self.inhibited = False

    def close(self):
        super().close()
        self.host.close()


def untimed(status):
    return status.rsplit(" ", 1)[0]  # s3270's last word is how long it took


class Generator:
    """Records of a host that knows the screen's size, and damage."""

    GRAPHIC = ([0x40] + [0xC1 + i for i in range(9)] + [0x50] + [0xD1 + i for i in range(9)] +
               [0x60, 0x61])

    def __init__(self, seed, cells):
        self.random = random.Random(seed)
        self.cells = cells

    def attribute(self):
        r = self.random
        return bytes([r.choice([0x40, 0xC1, 0xE0, 0xF0, 0x60, 0xC8, 0x4C, 0xD0, r.randrange(256)])])

    def address(self):
        r = self.random
        at = r.randrange(min(1920, self.cells)) if r.random() < 0.9 else r.randrange(self.cells)
        if r.random() < 0.03:
            at = r.randrange(1 << 14)
        if at < 4096 and r.random() < 0.7:
            def code(six):
                return 0x40 | six if six & 15 == 0 or six & 15 > 9 else 0xC0 | six
            return bytes([code(at >> 6), code(at & 63)])
        return bytes([at >> 8 & 0x3F, at & 0xFF])

    def near(self, base=0):
        return bytes([0x40, 0x40 + self.random.randrange(64)])

    def near_end(self):
        at = self.cells - 1 - self.random.randrange(12)
        return bytes([at >> 8 & 0x3F, at & 0xFF])

    def where(self):
        r = self.random.random()
        return self.near() if r < 0.65 else self.near_end() if r < 0.75 else self.address()

    def pair(self):
        r = self.random
        kind = r.choice([0x41, 0x42, 0x43, 0x45, 0xC0, 0x00, 0xFE, r.randrange(256)])
        value = r.choice([0, 1, 0xF0, 0xF1, 0xF2, 0xF4, 0xF7, 0xF8, r.randrange(256)])
        return bytes([kind, value])

    def text(self):
        r = self.random
        return bytes(r.choice([0x40, 0, 0x6F, 0x6E, 0x50, 0xC1 + r.randrange(9), 0xF0 + r.randrange(10),
                               0x81 + r.randrange(9), r.randrange(0x40, 256)])
                     for _ in range(r.randrange(1, 12)))

    def order(self):
        r = self.random
        kind = r.randrange(16)
        if kind < 3:
            return self.text()
        if kind == 3:
            return b"\x11" + self.where()
        if kind == 4:
            return b"\x1d" + self.attribute()
        if kind == 5:
            count = r.randrange(4)
            return bytes([0x29, count]) + b"".join(self.pair() for _ in range(count))
        if kind == 6:
            return b"\x28" + self.pair()
        if kind == 7:
            count = r.randrange(3)
            return b"\x11" + self.where() + bytes([0x2C, count]) + b"".join(
                self.pair() for _ in range(count))
        if kind == 8:
            return b"\x3c" + self.where() + r.choice([b"\x00", b"\x40", b"\x08\xad", self.text()[:1]])
        if kind == 9:
            return b"\x12" + self.where()
        if kind == 10:
            return b"\x13"
        if kind == 11:
            return b"\x05"
        if kind == 12:
            return bytes([0x08, r.randrange(0x40, 255)])
        if kind == 13:  # double-byte characters, and control codes between them
            return b"\x28\x43\xf8" + r.choice([
                b"\x41\xc1\x42\xc2", b"\x00\x00\x00\x15", b"\x0e\x41\xc1\x0f", b"\x00\x1d\x40",
                b"\x41", b"\x00", b"\x41\x0d", b"\x40\x40\x08\xad"]) + r.choice(
                    [b"", b"\x28\x43\xf0", b"\x28\x00\x00"])
        if kind == 14:
            return r.choice([b"\x0e", b"\x0f", b"\x0e\x41\x41\x0f", b"\x0f\x0e"])
        return bytes([r.randrange(0x40)]) if r.random() < 0.2 else self.text()

    def write(self):
        r = self.random
        command = r.choice([0xF1] * 6 + [0xF5, 0xF5, 0x7E, 0x01, 0x05, 0x0D])
        wcc = r.choice([0xC2, 0xC3, 0xC2, 0x40, 0xC6, 0x02, 0xC0, r.randrange(256)])
        return bytes([command, wcc]) + b"".join(self.order() for _ in range(r.randrange(12)))

    def structured(self):
        r = self.random
        fields = b""
        for _ in range(r.choice([1, 1, 1, 2])):
            body = r.choice([
                b"\x01\xff\x02", b"\x01\xff\x03\x80", b"\x01\xff\x03\x40",
                b"\x01\xff\x03\x00" + bytes(r.choice([0x80, 0x81, 0x85, 0x86, 0x95, 0xA6, 0x99, 0xFF])
                                            for _ in range(r.randrange(4))),
                b"\x01\x00\xf2", b"\x01\x00\xf6", b"\x01\x00\x6e", b"\x03\x00", b"\x03\x80",
                b"\x09\x00\x00", b"\x09\x00\x01", b"\x09\x00\x02" + bytes(
                    r.choice([0x41, 0x42, 0x43, 0x45, 0xC0]) for _ in range(r.randrange(5))),
                b"\x40\x00" + self.write(), b"\x40\x00\x6f",
                bytes(r.randrange(256) for _ in range(r.randrange(6))),
                b"\x01\xff\x03\xc0", b"\x01\xff\x03\x01\x81", b"\x01\x00\x02", b"\x01\x01\xf2", b"\x01",
                b"\x03\x40", b"\x03", b"\x09\x01\x00", b"\x09\x00\x03", b"\x40\x00\xf1", b"\x40\x00\xf5",
                b"\x40\x00\x7e", b"\x40\x01\xf1\xc2", b"\x40\x00\xf2", b"\x40\x00\x05\xc2",
                b"\x0b\x00\x00", b"\x0c", b"\x0c\x01", b"\x0c\x00\x10", b"\x0c\x00\x20\x00\x00\x10",
                b"\x0c\x00\x03", b"\x0c\x00\x00\x00", b"\x0f\x0f\x00\x00", b"\x4a\x00"])
            length = len(body) + 2
            if r.random() < 0.05:
                length = r.choice([0, 1, 2, 3, length + 1, length + 300])
            fields += length.to_bytes(2, "big") + body
        return b"\xf3" + fields

    def record(self):
        r = self.random
        kind = r.random()
        if kind < 0.62:
            record = self.write()
        elif kind < 0.74:
            record = self.structured()
        else:
            record = r.choice([b"\xf2", b"\xf6", b"\x6e", b"\x6f", b"\x02", b"\x06", b"\x0f", b"\x0e",
                               b"\x03", b"\xf2", b"\xf6"])
        if r.random() < 0.1 and record:
            record = record[:r.randrange(len(record) + 1)]
        if r.random() < 0.05 and record:
            at = r.randrange(len(record))
            record = record[:at] + bytes([r.randrange(256)]) + record[at + 1:]
        return record

    KEYS = ["Tab()", "BackTab()", "Home()", "Newline()", "Up()", "Down()", "Left()", "Right()",
            "FieldEnd()", "EraseEOF()", "EraseInput()", "Delete()", "Insert()", "Dup()", "FieldMark()",
            "Reset()", "Reset()", "Tab()", "Tab()", "BackSpace()", "Erase()", "DeleteField()",
            "DeleteWord()", "NextWord()", "PreviousWord()", "Left2()", "Right2()", "ToggleInsert()"]

    def key(self):
        r = self.random
        kind = r.random()
        if kind < 0.5:
            return r.choice(self.KEYS)
        if kind < 0.7:
            return f"MoveCursor({r.randrange(3)},{r.randrange(70)})"
        return 'String("' + "".join(r.choice("abcXYZ 0123.-") for _ in range(r.randrange(1, 6))) + '")'

    def attention(self):
        r = self.random
        return r.choice(["Enter()", "Clear()", f"PF({r.randrange(1, 25)})", f"PA({r.randrange(1, 4)})",
                         "SysReq()", "CursorSelect()"])


class Difference(Exception):
    pass


def same(what, theirs, ours):
    if theirs != ours:
        raise Difference(f"{what}\n  s3270   {theirs}\n  term370 {ours}")


def first_replies(client, key):
    """What a key sent; it may take a while until the program has read of it."""
    deadline = time.monotonic() + (0.2 if key == "CursorSelect()" else 3)
    records = []
    while not records and time.monotonic() < deadline:
        time.sleep(0.01)
        records = client.replies()
    return [record.hex() for record in records]


def compare_screens(theirs, ours):
    a, b = (c.ask("ReadBuffer(Ebcdic)") for c in (theirs, ours))
    a[-2], b[-2] = untimed(a[-2]), untimed(b[-2])
    for row, (x, y) in enumerate(zip(a, b)):
        if x != y:
            x, y = x.split(), y.split()
            at = next((i for i, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
            same(f"line {row} of the buffer, word {at}", " ".join(x[at:at + 12]),
                 " ".join(y[at:at + 12]))
    same("lines of the buffer", len(a), len(b))


def step(pair, generator, log):
    """One record, or one key, to both."""
    r = generator.random
    kind = r.random()
    if kind < 0.7:
        record = generator.record()
        log.append(record.hex())
        for client in pair:
            client.send(record)
        same("replies", *([x.hex() for x in c.replies()] for c in pair))
    elif kind < 0.93:
        if pair[0].inhibited:
            for client in pair:
                client.restore()
            log.append("f1c2")
        key = generator.key()
        log.append(key)
        same("outcome of the key", *([c.ask(key)[-1]] for c in pair))
    else:
        for client in pair:
            client.restore()
        key = generator.attention()
        log.extend(("f1c2", key))
        for client in pair:
            client.tell(key)
        same("attention", *(first_replies(c, key) for c in pair))
        if r.random() < 0.5:
            record = r.choice([b"\xf6", b"\xf2", b"\x6e"])
            log.append(record.hex())
            for client in pair:
                client.send(record)
            same("read after attention", *([x.hex() for x in c.replies()] for c in pair))
        for client in pair:
            client.send(b"\xf1\xc2")
        log.append("f1c2")
        same("outcome of the attention", *([c.answer()[-1]] for c in pair))


def session(number, model, extra, rows):
    """One session of a model; the steps that were equal, and the first difference."""
    generator = Generator(SEED * 1000 + number, rows[0] * rows[1])
    pair, log = [], []
    try:
        for program in (THEIRS, OURS):
            pair.append(Client(program, model, extra))
        same("negotiation", *([x.hex() for x in c.negotiation] for c in pair))
        for client in pair:
            client.send(b"\xf3\x00\x05\x01\xff\x02")
        same("query reply", *([x.hex() for x in c.replies()] for c in pair))
        for client in pair:
            client.send(b"\xf5\xc2" + bytes(255))  # the buffers keep the same bytes behind it
            client.replies()
        for _ in range(60):
            step(pair, generator, log)
            compare_screens(*pair)
        for client in pair:  # each cell with all its attributes
            client.send(b"\xf3\x00\x09\x09\x00\x02\x41\x42\x43\x45")
            client.send(b"\xf2")
        same("buffer in character mode", *([x.hex() for x in c.replies()] for c in pair))
        return None
    except (Difference, EOFError, OSError) as problem:
        return f"{model} {' '.join(extra)}, session {number}: {problem}\n  after {log[-8:]}"
    finally:
        for client in pair:
            client.close()


MODELS = [("3279-2-E", (), (24, 80)), ("3279-4-E", (), (43, 80)), ("3279-5-E", (), (27, 132)),
          ("3278-3-E", (), (32, 80)), ("3279-2-E", ("-oversize", "160x60"), (60, 160)),
          ("3279-2-E", ("-codepage", "cp1047"), (24, 80)), ("3278-2-E", (), (24, 80)),
          ("3279-4-E", ("-codepage", "cp273"), (43, 80))]


def main():
    if not shutil.which(THEIRS[0]):
        print("s3270 is not installed\n0 passed, 0 failed")
        return 0
    passed = failed = 0
    start, number = time.monotonic(), 0
    only = int(sys.argv[1]) if len(sys.argv) > 1 else None
    while time.monotonic() - start < SECONDS and number < 200:
        if only is not None:
            number = only
        model, extra, size = MODELS[number % len(MODELS)]
        problem = session(number, model, extra, size)
        passed, failed = passed + (problem is None), failed + (problem is not None)
        if problem:
            print(problem, flush=True)
        number += 1
        if only is not None:
            break
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
