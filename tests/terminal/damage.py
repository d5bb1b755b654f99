"""Sessions of hosts as they are and as they should not be: composed, spliced, damaged."""
import random
import re

from compare_s3270 import Generator
from protocol import CLASSIC, DEVICE, EOR, IS, bind, functions, record, sub

MODELS = [("3279-2-E", 24, 80), ("3279-4-E", 43, 80), ("3279-5-E", 27, 132), ("3278-3-E", 32, 80), ("3278-2", 24, 80),
          ("3279-3", 32, 80)]
PAGES = ["037", "1047", "273", "277", "278", "280", "284", "285", "297", "500", "bracket"]
IAC, COMMANDS = 0xFF, list(range(236, 255))
OPTIONS = [0, 1, 3, 5, 6, 24, 25, 31, 32, 39, 40, 46]


class Host(Generator):
    """What a host of some kind sends next."""

    KEYS = Generator.KEYS + ["Attn()", "SysReq()", "Clear()", "Enter()", "PF(1)", "PF(13)", "PA(1)", "PA(3)",
                             "CursorSelect()", "Home()", "Interrupt()"]

    def __init__(self, seed, cells, kind):
        super().__init__(seed, cells)
        self.kind = kind

    def negotiation(self):
        r = self.random
        if self.kind == "classic":
            return r.choice([CLASSIC, [b"".join(CLASSIC)]])
        if self.kind == "text":
            return r.choice([[], [b"\xff\xfb\x01\xff\xfb\x03"], [b"\xff\xfb\x01"]])
        wanted = r.choice([(0, 2, 4), (0, 2, 4), (0,), (2, 4), (), (0, 2), (0, 4), (4,), (0, 1, 2, 3, 4, 5)])
        agreed = r.choice([[functions(4, *wanted)], [functions(7, *wanted)], [functions(7, *wanted), functions(4, *wanted)]])
        started = [bind(r.choice([0, 2, 3, 0x7E, 0x7F]), 24, 80, r.choice([24, 43, 32]), 80)] if r.random() < 0.8 else []
        return DEVICE + [IS] + agreed + started

    def size(self):
        r = self.random
        return [r.choice([24, 32, 43, 27, 12, 60, 0]), r.choice([80, 132, 79, 160, 0])]

    def extended(self):
        r = self.random
        kind = r.choice([0] * 12 + [3, 3, 4, 5, 5, 7, 7, 7, 1, 2, 6, 8, 9, r.randrange(256)])
        flag, number = r.choice([0, 0, 1, 2, 2, r.randrange(256)]), r.choice([0, 1, r.randrange(65536)])
        if kind == 0:
            return record(0, self.record(), flag, number)
        if kind == 3:
            if r.random() < 0.4:
                image = bytearray(bind(r.choice([0x7E, 0x7F]), *self.size(), *self.size())[5:-2])
                for _ in range(r.randrange(3)):
                    image[r.randrange(len(image))] = r.randrange(256)
                return record(3, bytes(image[:r.randrange(1, len(image) + 1)]) + r.choice([b"", b"\x02ABC"]), flag, number)
            return bind(r.choice([0, 2, 3, 0x7E, 0x7F, r.randrange(256)]), *self.size(), *self.size())
        if kind == 7:
            return record(7, b"".join(r.choice([b"\x15", b"\x1d\x40", b"\x13", b"\x11\x40\x40", b"\x08\xad", self.text(),
                                                self.text(), bytes([r.randrange(256)])])
                                      for _ in range(r.randrange(6))), flag, number)
        if kind == 5:
            return record(5, self.virtual(), flag, number)
        return record(kind, r.choice([b"", b"\x01", b"\x02\x00", self.record()]), flag, number)

    def virtual(self):
        """Of the network virtual terminal."""
        r = self.random
        out = b""
        for _ in range(r.randrange(1, 14)):
            kind = r.random()
            if kind < 0.3:
                out += bytes(r.randrange(0x20, 0x7F) for _ in range(r.randrange(1, 25)))
            elif kind < 0.4:
                out += r.choice([b"\r\n", b"\n", b"\r", b"\t", b"\b", b"\x07", b"\x0b", b"\x0c", b"\x0e", b"\x0f", b"\0",
                                 b"\x05", b"\x7f", b"\x84", b"\x9b", bytes([r.randrange(32)])])
            elif kind < 0.45:
                out += chr(r.choice([0xE4, 0xFF, 0x20AC, 0x3B1, 0x300, 0xAD, r.randrange(0xA0, 0x2E80)])).encode()
            elif kind < 0.5:
                out += bytes([r.randrange(0x80, 0xFF)])
            elif kind < 0.6:
                out += b"\x1b" + r.choice([b"7", b"8", b"D", b"E", b"H", b"M", b"N", b"O", b"c", b"n", b"o", b"(0", b"(A", b")0",
                                           b"*B", b"+0", b"=", b">", b"#8", b"Z", b"~", bytes([r.randrange(256)])])
            elif kind < 0.62:
                out += b"\x1b]" + r.choice([b"0", b"2", b"50", b"x", b""]) + b";title" + r.choice([b"\x07", b"\x1b\\", b""])
            else:
                count = r.choice([0, 0, 1, 1, 1, 2, 2, 3, 5])
                values = b";".join(str(r.choice([0, 1, 2, 3, 4, 5, 7, 10, 20, 22, 24, 30, 34, 39, 40, 45, 49, 79, 80, 81, 90,
                                                 101, 999, 100000])).encode() if r.random() < 0.9 else b"" for _ in range(count))
                if r.random() < 0.03:
                    values = b";" * 25
                final = r.choice([bytes([b]) for b in b"@ABCDEFGHIJKLMPSTXcdfghlmnrsu`"])
                lead = b""
                if r.random() < 0.12:
                    lead, final = b"?", r.choice([b"h", b"l", b"s", b"r", b"J", b"n"])
                    values = b";".join(str(r.choice([1, 2, 3, 5, 6, 7, 25, 40, 45, 47, 1000, 1047, 1048, 1049])).encode()
                                       for _ in range(r.choice([1, 1, 2])))
                elif r.random() < 0.05:
                    lead = r.choice([b">", b"!", b" ", b"=", b"?", b"\x05", b"\x1b"])
                out += b"\x1b[" + lead + values + final
        return out

    def telnet(self):
        r = self.random
        kind = r.random()
        if kind < 0.5:
            option = r.choice(OPTIONS) if r.random() < 0.8 else r.randrange(256)
            if option == 46:
                return b"\xff\xfe\x2e"
            return bytes([IAC, r.randrange(251, 255), option])
        if kind < 0.6:
            return bytes([IAC, r.choice([c for c in COMMANDS if c != 250])])
        return r.choice([
            sub(24, 1), sub(24), sub(24, 0), sub(39, 1), sub(39, 1, 0, b"USER"), sub(39, 1, 3, b"DEVNAME"), sub(39, 1, 0, 3),
            sub(39, 0, 0, b"A"), sub(40, 8, 2), sub(40, 2, 4, b"IBM-3278-2-E", 1, b"LUX"), sub(40, 2, 4, b"IBM-DYNAMIC"),
            sub(40, 2, 6, 5, r.randrange(9)), functions(4, *r.sample(range(7), 3)), functions(7, *r.sample(range(7), 2)),
            functions(4), sub(40), sub(40, 3), sub(31), sub(r.randrange(256), b"abc"), sub(24, 1, b"\xff\xff"), sub(),
            b"\xff\xfa\x18\x01\xff\xfd\x18", sub(39, 1, b"\x02\x00\x02USER"), sub(39, 1, 0, b"IBMELF"), sub(24, 2),
            sub(40, 1, 4, b"X"), sub(39, 1, 0, b"X" * 300), sub(24, b"Y" * 500)])

    def chunk(self):
        r = self.random
        if r.random() < 0.08:
            return self.telnet()
        if self.kind == "text":
            return self.virtual() if r.random() < 0.97 else r.choice(CLASSIC)
        if self.kind == "classic":
            if r.random() < 0.03:
                return self.virtual()
            return self.record().replace(b"\xff", b"\xff\xff") + EOR
        return self.extended()

    def key(self):
        if self.random.random() < 0.3:
            return f"Key({self.random.choice('abcXYZ09.-')})"
        return super().key()

    def steps(self):
        r = self.random
        steps = list(self.negotiation())
        for _ in range(r.randrange(6, 22)):
            kind = r.random()
            if kind < 0.62:
                steps.append(self.chunk())
            elif kind < 0.9:
                steps.append(self.key() if kind < 0.85 else self.attention())
            elif self.kind != "text":
                good = b"\xf1\xc2"
                steps.append(good + EOR if self.kind == "classic" else record(0, good))
            else:
                steps.append(self.virtual())
        return steps


COMMAND = re.compile(rb"\xff\xfa.*?\xff\xf0|\xff[\xfb-\xfe].|\xff[^\xff\xef]", re.S)


def overruns(steps):
    """Whether s3270 reads on behind the end: in a record shorter than its header of TN3270E."""
    data = b"".join(s for s in steps if isinstance(s, bytes))
    return sub(40, 2, 4)[:-2] in data and any(0 < len(r) < 5 for r in COMMAND.sub(b"", data).split(EOR)[:-1])


def damaged(r, steps, others):
    """The same with a few mistakes of the host's, or of the line's."""
    steps = list(steps)
    for _ in range(r.choice([0, 1, 1, 2, 3, 5])):
        at = r.randrange(len(steps))
        data = steps[at]
        if isinstance(data, str) or not data:
            continue
        where = r.randrange(len(data))
        kind = r.randrange(11)
        if kind == 0:
            data = data[:where] + bytes([r.randrange(256)]) + data[where + 1:]
        elif kind == 1:
            data = data[:where]
        elif kind == 2:
            data = data[:where] + data[min(len(data), where + r.randrange(1, 9)):]
        elif kind == 3:
            data = data[:where] + bytes([IAC, r.choice(COMMANDS)]) + data[where:]
        elif kind == 4:
            data = data + data
        elif kind == 5:
            data = data[:where] + data[r.randrange(len(data)):]
        elif kind == 6:
            data = data[:where] + bytes([IAC]) + data[where:]
        elif kind == 7:
            other = r.choice(others)
            if isinstance(other, bytes):
                data = data[:where] + other[r.randrange(len(other) + 1):]
        elif kind == 8:
            data = data[:where] + data[where:].replace(EOR, b"", 1)
        elif kind == 9:
            data = data[:where] + bytes(r.randrange(256) for _ in range(r.randrange(1, 12))) + data[where:]
        else:
            steps[at:at + 1] = [data[:where], data[where:]]
            continue
        steps[at] = data
    return [s for s in steps if s]


def sessions(arguments, recorded):
    """(name, options, steps) of so many sessions."""
    numbers = range(arguments.damaged) if arguments.only is None else [arguments.only]
    others = [s for _, steps in recorded for s in steps] or [b"\xf5\xc2\x1d\x40" + EOR]
    for number in numbers:
        r = random.Random(arguments.seed * 100003 + number)
        if recorded and arguments.kind is None:
            options, steps = r.choice(recorded)
        else:
            model, rows, columns = r.choice(MODELS)
            options = ["-model", model, "-codepage", r.choice(PAGES)]
            kind = arguments.kind or r.choice(["classic", "extended", "extended", "text"])
            steps = Host(r.random(), rows * columns, kind).steps()
        if kind_is_damaged := r.random() < 0.6:
            whole, steps = steps, damaged(r, steps, others)
            while overruns(steps):
                steps = damaged(r, whole, others)
        yield f"seed {arguments.seed}, session {number}{', damaged' if kind_is_damaged else ''}", options, steps
