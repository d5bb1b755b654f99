#!/usr/bin/env python3
"""Our own terminal on our own system: by script, and in windows of several sizes."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import System
from tests.harness.terminal import OURS, READY
from tests.harness.window import Window

PROGRAM = OURS[0]
SEPARATOR = "─" * 80


class Place:
    """The system, and the windows on it."""

    def __init__(self):
        self.system = System()
        self.system.up()
        self.windows = []

    def window(self, *options, columns=80, rows=24):
        window = Window([PROGRAM, *options, f"127.0.0.1:{self.system.port}"], columns, rows)
        self.windows.append(window)
        window.expect("^Cambridge/370 ONLINE")
        window.expect("CP READ$")
        return window

    def discard(self):
        for window in self.windows:
            window.close()
        self.system.discard()


def logon(window, userid):
    window.type(f"logon {userid}")
    window.keys("Enter")
    window.expect("ENTER PASSWORD")
    window.type(userid)
    window.keys("Enter")
    window.expect("VM READ")
    window.keys("Enter")
    window.expect(READY)
    window.keys("C-c")
    window.until(lambda: "Ready;" not in window.text())


def enter(window, line):
    """A line typed at the input area of an 80x24 window, and taken by the host."""
    window.type(line)
    window.until(lambda: window.rows()[22].strip() == line)
    window.keys("Enter")
    window.until(lambda: window.rows()[22] == "" and re.search("VM READ|MORE", window.rows()[23]))


@case
def by_script(place):
    """a script logs on, edits a file, disconnects and comes back"""
    terminal = place.system.terminal(program=OURS)
    terminal.expect("ONLINE")
    terminal.logon("user01")
    terminal.expect("VM READ")
    terminal.type("")
    terminal.expect(READY)
    terminal.clear()
    terminal.type("edit by script a (nodisp")
    terminal.expect("NEW FILE:")
    for line in ("input", "First line", "Second line", "", "file"):
        terminal.expect("VM READ")  # an empty line is none while CMS is running
        terminal.type(line)
    terminal.expect(READY)
    terminal.clear()
    terminal.type("type by script")
    terminal.expect("First line\nSecond line")
    terminal.clear()
    terminal.type("cp disconn")
    terminal.expect("DISCONNECT AT")
    terminal.do("Disconnect()")
    terminal.do(f"Connect(127.0.0.1:{place.system.port})")
    terminal.expect("ONLINE")
    terminal.type("logon user01")
    terminal.expect("ENTER PASSWORD")
    terminal.type("user01")
    terminal.expect("RECONNECTED AT")
    terminal.type("begin")
    terminal.expect("VM READ")


@case
def model_5_by_script(place):
    """27 rows of 132 columns, and lines as long"""
    terminal = place.system.terminal("3279-5-E", program=OURS)
    terminal.expect("ONLINE")
    screen = terminal.do("Ascii()")
    assert (len(screen), len(screen[0])) == (27, 132), (len(screen), len(screen[0]))
    terminal.logon("user02")
    terminal.expect("VM READ")
    terminal.type("")
    terminal.expect(READY)
    terminal.clear()
    terminal.type("cp msg * " + "x" * 100)
    terminal.expect("x{100}$")


@case
def all_of_a_window(place):
    """--oversize window: CP uses all of 160x50, to its last row and column"""
    window = place.window("--oversize", "window", columns=160, rows=50)
    window.until(lambda: window.rows()[48].endswith("CP READ"))
    logon(window, "user07")
    window.type("cp msg * " + "x" * 120)
    window.keys("Enter")
    window.expect("x{120}$")
    window.close()


@case
def the_same_screen_as_others_show(place):
    """the logon screen is, row by row, what s3270 shows"""
    window = place.window()
    theirs = place.system.terminal()
    theirs.expect("ONLINE")
    theirs.expect("CP READ")
    assert window.rows() == theirs.rows(), "\n".join(window.rows() + ["---"] + theirs.rows())
    window.close()
    theirs.close()


@case
def eighty_by_twenty_four(place):
    """80x24: the image is all there is; a mistake covers its last row until Reset"""
    window = place.window()
    logon(window, "user03")
    for line in ("edit my notes", "input", "typed in a window", "", "top", "next"):
        enter(window, line)
    window.expect("^TYPED IN A WINDOW")
    window.until(lambda: "VM READ" in window.rows()[23])
    assert len(window.rows()) == 24 and "VM READ" in window.rows()[23], window.text()
    assert window.cursor() == (22, 1), window.cursor()
    window.keys("Up", "Up", "x")
    window.until(lambda: window.rows()[23].startswith("4A■     X <-o->"))
    window.keys("C-r")
    window.until(lambda: "VM READ" in window.rows()[23])
    window.keys("Tab")
    window.type("file")
    window.keys("Enter")
    window.expect(READY)
    window.close()


@case
def the_information_area_is_below(place):
    """80x25: the image's first row is the first, the information area is below the last"""
    window = place.window(rows=25)
    assert window.rows()[0] == "Cambridge/370 ONLINE", window.text()
    assert window.rows()[23].endswith("CP READ")
    assert window.rows()[24].startswith("4A■") and window.rows()[24].endswith("023/002"), window.text()
    window.keys("Insert")
    window.until(lambda: window.rows()[24].endswith("^             023/002"))
    window.keys("C-r", "Right")
    window.until(lambda: window.rows()[24].endswith("023/003"))
    assert "^" not in window.rows()[24]
    window.close()


@case
def a_large_window(place):
    """132x43: a model 5, a title, and keys to click at"""
    window = place.window(columns=132, rows=43)
    rows = window.rows()
    assert rows[0].startswith("term370") and "IBM-3279-5-E" in rows[0], rows[0]
    assert rows[1] == "Cambridge/370 ONLINE" and rows[27].endswith("CP READ"), window.text()
    assert rows[28] == "─" * 132 and rows[29].startswith("4A■"), window.text()
    logon(window, "user04")
    window.type("cp query names")
    window.click(31, window.rows()[31].index("Enter"))
    window.expect("USER04 +- ")
    window.click(31, window.rows()[31].index("PA1"))
    window.expect("CP READ$")
    window.type("begin")
    window.keys("Enter")
    window.expect("VM READ$")
    window.click(30, window.rows()[30].index(" 3 ") + 1)
    window.expect("PF03 UNDEFINED")
    window.close()


@case
def a_window_that_changes(place):
    """a window grows and shrinks under a session: the cursor is always in it"""
    window = place.window()
    window.resize(60, 12)
    window.until(lambda: window.rows()[11].startswith("4A■"))
    assert window.cursor() == (10, 1), window.cursor()
    window.type("query names")
    window.until(lambda: "query names" in window.rows()[10])
    window.keys("Home", "Up", "Up")
    window.resize(100, 40)
    window.expect("^term370.*Quit$")
    assert window.rows()[1] == "Cambridge/370 ONLINE", window.text()
    window.keys("Enter")
    window.expect("^DMKCFM001E")
    window.resize(80, 24)
    window.until(lambda: "term370" not in window.text() and window.rows()[0] == "query names")
    window.close()


@case
def disconnect_and_reconnect(place):
    """a session that ends says so; a key connects again, and the machine goes on"""
    window = place.window(rows=25)
    logon(window, "user05")
    window.keys("C-]", "d")
    window.until(lambda: "X Not Connected" in window.rows()[24])
    window.keys("C-]", "c")
    window.expect("^Cambridge/370 ONLINE")
    window.type("logon user05")
    window.keys("Enter")
    window.expect("ENTER PASSWORD")
    window.type("user05")
    window.keys("Enter")
    window.expect("RECONNECTED AT")
    window.close()


@case
def marked_copied_pasted(place):
    """the mouse marks and copies, the middle button pastes; the paste goes on in the next row"""
    window = place.window(rows=25)
    row = next(i for i, text in enumerate(window.rows()) if "LOGON userid" in text)
    column = window.rows()[row].index("LOGON")
    window.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<32;{column + 5};{row + 1}M"
                f"\x1b[<0;{column + 5};{row + 1}m")
    window.expect("copied")
    window.click(22, 1)
    window.type("\x1b[<1;2;23M\x1b[<1;2;23m")
    window.until(lambda: window.rows()[22] == " LOGON")
    window.keys("C-u")
    window.type("\x1b[200~first\nsecond\x1b[201~")
    window.until(lambda: window.rows()[22] == " first" and window.rows()[23].startswith(" second"))
    window.close()


@case
def earlier_screens(place):
    """what Clear took away is there to be seen again"""
    window = place.window(rows=25)
    logon(window, "user06")
    window.type("cp query userid")
    window.keys("Enter")
    window.expect("^USER06 +AT")
    window.keys("C-c")
    window.until(lambda: "USER06" not in window.text())
    window.keys("C-]", "b")
    window.expect("^USER06 +AT")
    assert "screen -1" in window.rows()[24]
    window.keys("C-]", "f")
    window.until(lambda: "USER06" not in window.text())
    window.close()


@case
def keys_of_ones_own(place):
    """a keymap names keys; one with a mistake is refused with the number of its line"""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "keys")
        with open(path, "w") as f:
            f.write('F5 = String("query userid") Enter\n')
        window = place.window("--keymap", path)
        window.keys("F5")
        window.expect("DMK.*E")
        window.keys("C-]", "h", "PageDown")
        window.expect(r'String\("query userid"\) Enter')
        window.keys("q")
        window.expect("ONLINE|DMK")
        window.close()
        with open(path, "w") as f:
            f.write("\nF5 = Jump\n")
        refused = subprocess.run([PROGRAM, "--keymap", path], capture_output=True, text=True, timeout=10)
        assert refused.returncode == 2, refused
        assert "line 2: no command 'Jump'" in refused.stderr, refused.stderr


@case
def colours_and_phosphors(place):
    """the themes are seven colours or one, chosen at the start or by a key"""
    window = place.window("--theme", "green")
    assert "\x1b[38;5;34m" in window.coloured()[0], window.coloured()[0]
    window.keys("C-]", "t")
    window.until(lambda: "\x1b[38;5;172m" in window.coloured()[0])
    window.close()


@case
def a_panel_over_the_image(place):
    """in 80x24 the key panel covers rows of the image, not what is typed"""
    window = place.window()
    image = window.rows()
    window.keys("C-k")
    window.until(lambda: window.rows()[0].startswith("PF 1 2 3"))
    assert window.rows()[:2] == [
        "PF " + " ".join(str(n) for n in range(1, 25)),
        "Enter PA1 PA2 PA3 Clear Reset ErEOF ErInp Dup FM Attn SysReq Sel Ins Home"], window.text()
    assert window.rows()[2:] == image[2:]
    window.keys("C-k")
    window.until(lambda: window.rows() == image)
    window.close()


@case
def stopped_and_gone_on_with(place):
    """Ctrl-Z, or SIGTSTP, gives the window back to the shell; fg goes on"""
    window = Window(["env", "PS1=shell$ ", "bash", "--norc", "-i"])
    place.windows.append(window)
    mouse = lambda: window.tmux("display", "-p", "#{mouse_sgr_flag}").strip() == "1"
    window.type(f"{PROGRAM} 127.0.0.1:{place.system.port}")
    window.keys("Enter")
    window.expect("^Cambridge/370 ONLINE")
    assert mouse()
    window.keys("C-z")
    window.expect("Stopped")
    assert not mouse()
    window.type("fg")
    window.keys("Enter")
    window.expect("^Cambridge/370 ONLINE")
    window.until(mouse)
    window.keys("C-]", "h")
    window.expect("^Keys")
    window.keys("C-]", "q")
    window.expect(r"\$ $|\$$")
    window.close()


@case
def what_cannot_be_is_refused(place):
    """a wrong command line ends term370 with a line that says why"""
    def refusal(*words, stdout=subprocess.PIPE, **environment):
        done = subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=stdout,
                              stderr=subprocess.PIPE, text=True, timeout=20,
                              env={**os.environ, **environment}, check=False)
        assert done.returncode != 0
        return done.stderr.splitlines()[0]

    assert refusal("--headless", "localhost:1", "localhost:2") == \
        "term370: one host at a time: localhost:2"
    assert refusal("--headless", "127.0.0.1:65559") == "term370: 127.0.0.1:65559: no such port"
    assert refusal("--replay", __file__) == f"term370: {__file__}: no trace is in it"
    assert refusal() == "term370: no window here (try --headless)"
    master, slave = os.openpty()
    for kind in ("dumb", "nothing-known"):
        assert refusal(stdout=slave, TERM=kind) == \
            f"term370: no full-screen window here: TERM={kind} (try --headless)"
    os.close(slave)
    os.close(master)


@case
def leaving(place):
    """Ctrl-] q ends it, with nothing left on the window"""
    window = place.window()
    window.keys("C-]", "q")
    window.until(window.ended)
    assert "ONLINE" not in window.text(), window.text()
    window.close()


if __name__ == "__main__":
    run(Place, Place.discard)
