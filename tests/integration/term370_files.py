#!/usr/bin/env python3
"""What our own terminal writes and reads: traces, printed screens, scripts, transfers."""
import os
import struct
import subprocess
import sys
import tempfile
import threading
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.host import Host
from tests.harness.terminal import OURS
from tests.harness.window import Window

PROGRAM = OURS[0]
# Cells on paper (terminal/print/png.cpp).
WIDTH, HEIGHT, MARGIN = 10, 20, 6


def address(position):
    return bytes([position >> 8 & 0x3F, position & 0xFF])


def ebcdic(text):
    return text.encode("cp037")


def at(position, text):
    return b"\x11" + address(position) + ebcdic(text)


class Place:
    """A folder where the terminal works, and the hosts it works with."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = self.temporary.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as f:
            return f.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as f:
            f.write(text)

    def window(self, *options, columns=80, rows=25):
        """term370 in the folder, and its session with a host."""
        host = Host()
        window = Window(["env", "-C", self.folder, PROGRAM, *options, f"127.0.0.1:{host.port}"],
                        columns, rows)
        session = host.accept()
        host.close()
        return window, session

    def replay(self, trace, *options, columns=80, rows=25):
        return Window([PROGRAM, *options, "--replay", self.path(trace)], columns, rows)

    def headless(self, actions, *options):
        """The lines of data that a script of these actions brings, and the last word."""
        done = subprocess.run([PROGRAM, "--headless", *options], input=actions, text=True,
                              capture_output=True, timeout=20, cwd=self.folder)
        lines = done.stdout.splitlines()
        return [line[6:] for line in lines if line.startswith("data: ")], lines[-1]

    def on_a_screen(self, actions):
        """The same, with a host that has sent SCREEN."""
        host = Host()
        sessions = []

        def play():
            sessions.append(host.accept())
            sessions[0].send(SCREEN)

        player = threading.Thread(target=play)
        player.start()
        outcome = self.headless("Wait(10,InputField)\n" + actions, f"127.0.0.1:{host.port}")
        player.join()
        sessions[0].close()
        host.close()
        return outcome

    def discard(self):
        self.temporary.cleanup()


def command(window, text):
    """A command of the terminal's own, typed at its prompt."""
    window.keys("C-]", "C-]")
    window.expect("^Command:")
    window.type(text)
    window.keys("Enter")


def png(path):
    """Width, height and rows of (red, green, blue) of a picture."""
    with open(path, "rb") as f:
        data = f.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", data[:8]
    chunks, begin = {}, 8
    while begin < len(data):
        length, kind = struct.unpack(">I4s", data[begin:begin + 8])
        body = data[begin + 8:begin + 8 + length]
        assert zlib.crc32(kind + body) == int.from_bytes(data[begin + 8 + length:begin + 12 + length], "big")
        chunks[kind] = chunks.get(kind, b"") + body
        begin += 12 + length
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colours) == (8, 2), (depth, colours)
    raw, stride = zlib.decompress(chunks[b"IDAT"]), 3 * width
    rows, above = [], bytearray(stride)
    for y in range(height):
        filtering, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i, byte in enumerate(row):
            left, up, corner = (row[i - 3], above[i], above[i - 3]) if i >= 3 else (0, above[i], 0)
            guess = left + up - corner
            nearest = min((left, up, corner), key=lambda value: abs(guess - value))
            row[i] = (byte + (0, left, up, (left + up) // 2, nearest)[filtering]) & 0xFF
        rows.append([tuple(row[i:i + 3]) for i in range(0, stride, 3)])
        above = row
    return width, height, rows


def cell(picture, row, column):
    """The colours of a cell."""
    x, y = MARGIN + column * WIDTH, MARGIN + row * HEIGHT
    return [pixel for line in picture[y:y + HEIGHT] for pixel in line[x:x + WIDTH]]


# A protected title in red, reverse in blue, a hidden field, and the cursor in an input field.
SCREEN = (b"\xf5\xc3" + b"\x11" + address(0) + b"\x29\x02\xc0\x60\x42\xf2" + ebcdic("Red & <bold>") +
          b"\x11" + address(80) + b"\x29\x03\xc0\x60\x42\xf1\x41\xf2" + ebcdic("REVERSE") +
          b"\x11" + address(160) + b"\x1d\x6c" + ebcdic("SECRET") +
          b"\x11" + address(240) + b"\x1d\x40\x13" + b"\x11" + address(320) + b"\x1d\x60\xc5\xd5\xc4")


@case
def traces_in_words(place):
    """--trace writes bytes and words of all that goes over the line, from the first byte on"""
    window, session = place.window("--trace", "line.trace", "--model", "3279-4-E", rows=44)
    session.send(b"\x7e\xc3" + at(0, "FIRST ROW") + b"\x11" + address(3439 - 9) + ebcdic("LAST") +
                 b"\x11" + address(800) + b"\x1d\x40\x13")
    window.expect("FIRST ROW")
    window.type("abc")
    window.keys("Enter")
    assert session.receive()[:1] == b"\x7d"
    session.send(b"\xf1\xc3" + at(80, "SECOND"))
    window.expect("SECOND")
    window.close()
    text = place.read("line.trace")
    for word in ("Terminal IBM-3279-4-E, 43 rows x 80 cols", "host DO TERMINAL TYPE",
                 "EraseWriteAlternate", "'FIRST ROW'", "Enter cursor(11,5)", "'abcLAST"):
        assert word in text, (word, text)
    assert "\n< 0x0   fffd18\n" in text and "7d" in text.split("SECOND")[0], text


@case
def a_replay_has_the_model_of_its_trace(place):
    """a trace of 43 rows is played without a program check in a window of any size"""
    whole = place.replay("line.trace", rows=44)
    whole.expect("FIRST ROW")
    whole.type("abc")
    whole.keys("Enter")  # as when it was recorded
    whole.expect("SECOND")
    assert whole.rows()[42].rstrip().endswith("LAST"), whole.text()
    assert "X PROG" not in whole.text()
    whole.close()
    part = place.replay("line.trace", columns=60, rows=20)
    part.expect("FIRST ROW")
    assert "X PROG" not in part.text() and "LAST" not in part.text(), part.text()
    part.keys(*["Up"] * 11)  # and around, to the last row
    part.expect("043/002$")
    assert "FIRST ROW" not in part.text() and len(part.rows()) == 20, part.text()
    part.close()
    data, _ = place.headless("Wait(5,3270Mode)\nQuery(ScreenMaxSize)\nQuery(Model)\nQuit()\n",
                             "--replay", "line.trace")
    assert data == ["43 80", "IBM-3279-4-E"], data


@case
def a_replay_of_x3270s_trace(place):
    """the trace of another program, of a size of its own"""
    place.write("theirs.trace", "Trace started\n Model 3279-2-E, 30 rows x 90 cols, color display, code page cp273\n"
                "< 0x0   fffd18\n> 0x0   fffb18\n< 0x0   f57ec3" + "00" * 0 + "\n")
    data, _ = place.headless("Query(ScreenMaxSize)\nQuery(TerminalName)\nSet(codePage)\nQuit()\n",
                             "--replay", "theirs.trace")
    assert data == ["30 90", "IBM-DYNAMIC", "cp273"], data


@case
def a_trace_begun_at_the_window(place):
    """Trace(FILE) and Trace(Off) at the prompt: what went over the line in between is there"""
    window, session = place.window()
    session.send(SCREEN)
    window.expect("REVERSE")
    command(window, "Trace(later.trace)")
    window.expect("trace to later.trace")
    window.type("traced")
    window.keys("F3")
    assert session.receive()[0] == 0xF3
    session.send(b"\xf1\xc3")
    command(window, "Trace(Off)")
    window.expect("trace ended")
    window.keys("F4")
    assert session.receive()[0] == 0xF4
    window.close()
    text = place.read("later.trace")
    assert "PF3" in text and "'traced'" in text and "PF4" not in text and "REVERSE" not in text, text


@case
def a_screen_on_paper(place):
    """PrintText at the prompt: text, HTML, and a picture of the colours that were there"""
    window, session = place.window()
    session.send(SCREEN)
    window.expect("REVERSE")
    for name in ("screen.txt", "screen.html", "screen.png"):
        command(window, f"PrintText({name})")
        window.expect(f"printed to {name}")
    rows = [row.rstrip() for row in place.read("screen.txt").splitlines()]
    assert len(rows) == 24 and rows[:5] == [" Red & <bold>", " REVERSE", "", "", " END"], rows
    html = place.read("screen.html")
    assert "Red &amp; &lt;bold&gt;" in html and "SECRET" not in html, html
    assert "color:red" in html.lower().split("Red &amp;".lower())[0].rsplit("<span", 1)[1], html
    width, height, picture = png(place.path("screen.png"))
    assert (width, height) == (80 * WIDTH + 2 * MARGIN, 24 * HEIGHT + 2 * MARGIN), (width, height)
    black = (0, 0, 0)
    red = cell(picture, 0, 1)
    assert black in red and max(red)[0] > 200 and all(g == b and g <= r for r, g, b in red), set(red)
    blue = max(cell(picture, 1, 9), key=lambda colour: colour[2])  # behind the text, in reverse
    assert cell(picture, 1, 2)[0][2] > 200 and blue != black, cell(picture, 1, 2)[0]
    assert set(cell(picture, 2, 1)) == {black}  # the secret
    assert len(set(cell(picture, 3, 1))) == 1 and cell(picture, 3, 1)[0] != black  # the cursor
    window.keys("C-p")
    window.expect(r"printed to screen-\d{8}-\d{6}\.png")
    name, = [name for name in os.listdir(place.folder) if name.startswith("screen-")]
    with open(place.path(name), "rb") as a, open(place.path("screen.png"), "rb") as b:
        assert a.read() == b.read()
    window.close()


@case
def scripts_from_a_script(place):
    """Source() runs a file of actions, Script() a program that speaks them; both tell how it went"""
    place.write("actions", "MoveCursor(3,4)\nString(\"a file\")\n")
    place.write("wrong", "MoveCursor(1,1)\nNosuch()\nMoveCursor(5,5)\n")
    place.write("program", "echo 'MoveCursor(7,8)' >&$X3270INPUT\nread status <&$X3270OUTPUT\n"
                           "read answer <&$X3270OUTPUT\ntest \"$answer\" = ok || exit 3\n"
                           "echo \"$status\" >told\nexit $1\n")
    data, last = place.on_a_screen("Source(actions)\nQuery(Cursor)\nAscii(3,4,6)\nSource(wrong)\n"
                                   "Query(Cursor)\nScript(sh,program,0)\nQuery(Cursor)\n"
                                   "Script(sh,program,5)\n")
    assert data == ["3 10", "a file", "1 1", "7 8", "Script exited with status 5"], data
    assert last == "error" and place.read("told").split()[8:10] == ["7", "8"], place.read("told")


@case
def actions_of_scripts_at_the_window(place):
    """what a script can do, the prompt and a keymap can: at once, or when it has come"""
    place.write("keys", "F9 = Query(Cursor)\n")
    window, session = place.window("--keymap", "keys")
    session.send(SCREEN)
    window.expect("REVERSE")
    window.keys("F9")
    window.expect(r"^4A■ +3 1 ")
    command(window, "Wait(20,CursorAt,9,9)")
    command(window, "Nosuch()")
    window.expect("no command Nosuch")
    session.send(b"\xf1\xc3\x11" + address(8 * 80 + 8) + b"\x13")
    window.expect("009/009$")
    command(window, "PF(3) Query(x)")
    assert session.receive()[0] == 0xF3
    window.expect("Query: Unknown parameter")
    command(window, "Exit()")
    window.until(window.ended)
    window.close()


@case
def a_transfer_and_its_progress(place):
    """IND$FILE at the window: the bar grows with what the host takes, and the end is told"""
    with open(place.path("sent"), "wb") as f:
        f.write(bytes(range(256)) * 40)
    window, session = place.window()
    session.send(b"\xf5\xc3\x1d\x40\x13")
    window.until(lambda: window.rows()[24].endswith("001/002"))
    command(window, "Transfer(Direction=send,HostFile=X,LocalFile=sent,Mode=binary,Host=vm,BufferSize=2048)")
    assert b"\xc9\xd5\xc4\x5b\xc6\xc9\xd3\xc5" in session.receive()  # IND$FILE

    def field(body):
        session.send(b"\xf3" + (len(body) + 3).to_bytes(2, "big") + b"\xd0" + body)
        return session.receive()

    def opened(name):
        return field(b"\x00\x12\x01\x06\x01\x01\x04\x03\x0a\x0a\x00\x00\x00\x00\x11\x01\x01\x00\x50\x05\x52"
                     b"\x03\xf0\x03\x09" + name)

    assert b"\xd0\x00\x09" in opened(b"FT:DATA")
    seen = []
    for _ in range(10):
        if b"\xd0\x46\x08" in field(b"\x46\x11\x01\x04\x00\x80"):
            break
        seen.append(window.expect(r"\[(#+)\.*\] (\d+)% \d+ KB").group(2))
    percent = [int(text) for text in seen]
    assert len(percent) == 6 and percent == sorted(percent) and percent[-1] == 100, percent
    field(b"\x41\x12")
    assert b"\xd0\x00\x09" in opened(b"FT:MSG ")
    text = b"TRANS03   File transfer complete$"
    field(b"\x47\x04\xc0\x80\x61" + (len(text) + 5).to_bytes(2, "big") + text)
    window.expect(r"Transfer complete, 10240 bytes transferred +\d\d\d/\d\d\d$")
    window.close()


@case
def the_screen_of_keys(place):
    """Ctrl-] h: each command with its keys, in columns, none of them cut; any key goes back"""
    for columns in (80, 132):
        window, session = place.window(columns=columns, rows=45)
        session.send(SCREEN)
        window.expect("REVERSE")
        window.keys("C-]", "h")
        window.expect("^Keys$")
        rows = window.rows()
        assert rows[1].startswith("PF(1)            F1 "), rows[1]
        for text in ("ToggleInsert     Insert, Ctrl-A i", "Scroll(Forward)  Ctrl-] f", "Quit             Ctrl-] q"):
            assert any(text in row for row in rows), (text, window.text())
        window.keys("F1")
        window.expect("REVERSE")
        window.close()


if __name__ == "__main__":
    run(Place, Place.discard)
