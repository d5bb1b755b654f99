#!/usr/bin/env python3
"""Our own terminal in a window, on a host that sends what no system of ours sends."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.host import Host
from tests.harness.terminal import OURS, Terminal
from tests.harness.window import Window

PROGRAM = OURS[0]
# How many stand idle, and for how long: IDLE_TERMINALS=100 IDLE_SECONDS=60 is the promise.
TERMINALS = int(os.environ.get("IDLE_TERMINALS", "20"))
SECONDS = float(os.environ.get("IDLE_SECONDS", "2"))


def address(position):
    return bytes([position >> 8 & 0x3F, position & 0xFF])


def open_window(*options, columns=80, rows=25):
    host = Host()
    window = Window([PROGRAM, *options, f"127.0.0.1:{host.port}"], columns, rows)
    session = host.accept()
    host.close()
    return window, session


def in_pty(port, columns, rows):
    """term370 in a bare pseudo-terminal: its process, and the other end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen([PROGRAM, "--model", "3279-5-E", "--panel", "off", f"127.0.0.1:{port}"],
                               stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
                               env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"})
    os.close(theirs)
    return process, ours


def drain(descriptor, least=0, quiet=0.02):
    """What it writes: `least` bytes at the least, then until it is quiet."""
    out = b""
    while select.select([descriptor], [], [], 5 if len(out) < least else quiet)[0]:
        out += os.read(descriptor, 65536)
    return out


def cpu(process):
    """Seconds on a processor."""
    with open(f"/proc/{process.pid}/schedstat") as f:
        return int(f.read().split()[0]) / 1e9


@case
def cells_and_colours():
    """seven colours, four highlights, line drawing: as the host says, cell by cell"""
    window, session = open_window()
    record = b"\xf5\xc3"
    for row, colour in enumerate(range(0xF1, 0xF8)):
        record += b"\x11" + address(row * 80) + b"\x29\x02\xc0\x60\x42" + bytes([colour]) + b"\xc1\xc2"
    for row, highlight in ((8, 0xF1), (9, 0xF2), (10, 0xF4)):
        record += b"\x11" + address(row * 80) + b"\x29\x02\xc0\x60\x41" + bytes([highlight]) + b"\xc3"
    record += b"\x11" + address(880) + b"\x1d\xe8\xc3"
    record += (b"\x11" + address(960) + b"\x1d\x60" + b"\x08\xc5\x08\xa2\x08\xd5" +
               b"\x11" + address(1040) + b"\x1d\x6c\xe2\x11" + address(1120) + b"\x1d\x60")
    session.send(record)
    window.expect("┌─┐")
    rows = window.coloured()
    for row, colour in enumerate(("38;5;69", "38;5;203", "38;5;213", "38;5;83", "38;5;87", "38;5;227", "97")):
        assert f"{colour}m" in rows[row] and "AB" in rows[row], (row, rows[row])
    for row, code in ((8, "5"), (9, "7"), (10, "4"), (11, "1")):
        assert f"[{code}m" in rows[row] or f";{code}m" in rows[row], (row, rows[row])
    assert "S" not in window.text()
    window.close()


@case
def information_area():
    """X SYSTEM, the clock, insertion, a numeric field, a program check, the LU"""
    host = Host()
    window = Window([PROGRAM, f"LUNAME@127.0.0.1:{host.port}"], 80, 25)
    session = host.accept()
    status = lambda: window.rows()[24]
    session.send(b"\xf5\xc3\x1d\x50\x13")
    window.until(lambda: "LUNAME" in status() and "NUM" in status())
    window.keys("Insert", "1")
    window.until(lambda: " ^ " in status() and status().endswith("001/003"))
    window.keys("Enter")
    window.until(lambda: "X ◷" in status())
    session.send(b"\xf1\x40")
    window.until(lambda: "X SYSTEM" in status())
    window.type("2")
    window.until(lambda: " T " in status())
    session.send(b"\xf1\xc3")
    window.until(lambda: " T " not in status() and status().endswith("001/004"))
    session.send(b"\x99\xc3")
    window.until(lambda: "X PROG401" in status())
    session.send(b"\xf1\xc3")
    window.until(lambda: "X PROG" not in status())
    window.keys("M-z")
    window.until(lambda: "X -f" in status())
    window.close()


@case
def every_attention_key():
    """PF1 to PF24, PA1 to PA3, Clear and Enter send what a 3270 sends"""
    window, session = open_window()
    session.send(b"\xf5\xc3")
    pf = b"\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\x7a\x7b\x7c\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\x4a\x4b\x4c"
    keys = [([f"F{n}"], pf[n - 1]) for n in range(1, 13)]
    keys += [([f"S-F{n}"], pf[n + 11]) for n in range(1, 13)]
    keys += [(["C-a", f"F{n}"], pf[n + 11]) for n in (1, 12)]
    keys += [(["M-1"], 0x6C), (["M-2"], 0x6E), (["M-3"], 0x6B), (["C-a", "1"], 0x6C),
             (["C-c"], 0x6D), (["Enter"], 0x7D), (["PageUp"], 0xF7), (["PageDown"], 0xF8)]
    for names, aid in keys:
        window.keys(*names)
        assert session.receive()[0] == aid, names
        session.send(b"\xf1\xc3")
    window.close()


@case
def all_of_the_window():
    """--oversize window: the host is told IBM-DYNAMIC and the window's size"""
    window, session = open_window("--oversize", "window", columns=100, rows=37)
    assert session.type == "IBM-DYNAMIC", session.type
    session.send(b"\xf3\x00\x05\x01\xff\x02")
    assert b"\x81\x01\x00\x00\x64\x00\x24" in session.receive()  # usable area: 100 by 36
    session.send(b"\x7e\xc3\x11" + address(3599) + b"\xc1")
    window.until(lambda: window.rows()[35] == " " * 99 + "A")
    window.close()


@case
def another_size_at_the_next_connection():
    """a window that grew gets the larger 3270 when it connects again"""
    host = Host()
    window = Window([PROGRAM, f"127.0.0.1:{host.port}"], 80, 25)
    assert host.accept().type == "IBM-3279-2-E"
    window.resize(132, 30)
    window.keys("C-]", "c")
    session = host.accept()
    assert session.type == "IBM-3279-5-E", session.type
    session.send(b"\x7e\xc3\x11" + address(27 * 132 - 1) + b"\xc1")
    window.until(lambda: window.rows()[26] == " " * 131 + "A")
    window.close()


@case
def the_same_as_s3270():
    """a screen of all characters shows as s3270 shows it"""
    host = Host()
    window = Window([PROGRAM, "--codepage", "1047", f"127.0.0.1:{host.port}"], 80, 25)
    record = b"\xf5\xc3" + bytes(range(0x40, 0xFF)) + b"".join(
        bytes([8, code]) for code in range(0x70, 0xFF)) + b"\x1d\x60\xc5\xd5\xc4\x1d\x40\x13"
    host.accept().send(record)
    # s3270 connects while another thread plays the host.
    thread = threading.Thread(target=lambda: host.accept().send(record))
    thread.start()
    theirs = Terminal(host.port, program=("s3270", "-codepage", "cp1047"))
    thread.join()
    theirs.expect("END")
    rows = theirs.rows()
    window.until(lambda: window.rows()[:24] == rows)
    theirs.close()
    window.close()


@case
def redraw():
    """a full 27x132 screen is drawn in less than 5 ms of processor time"""
    host = Host()
    process, end = in_pty(host.port, 132, 28)
    session = host.accept()
    cells = 27 * 132

    def screen(seed):
        out = b"\x7e\xc3"
        for at in range(0, cells, 12):  # a field of another colour each 12 cells
            out += (b"\x29\x02\xc0\x60\x42" + bytes([0xF1 + (at // 12 + seed) % 7]) +
                    bytes(0xC1 + (at + seed + i) % 9 for i in range(11)))
        return out

    screens = [screen(seed) for seed in range(5)]
    written = 0
    count = 40
    drain(end, 100)
    before = cpu(process)
    for number in range(count):
        session.send(screens[number % 5])
        piece = drain(end, cells * 11 // 12)
        assert len(piece) >= cells * 11 // 12, len(piece)
        written += len(piece)
    spent = (cpu(process) - before) / count * 1000
    print(f"      {spent:.2f} ms of processor time for each of {count} full screens, "
          f"{written // count} bytes to the window")
    process.kill()
    process.wait()
    os.close(end)
    assert spent < 5, spent


@case
def idle():
    """terminals that stand idle use no processor time"""
    host = Host()
    all_of_them = []
    for _ in range(TERMINALS):
        process, end = in_pty(host.port, 132, 43)
        session = host.accept()
        session.send(b"\xf5\xc3\xc1")
        all_of_them.append((process, end, session))
    for _, end, _ in all_of_them:
        drain(end, 100)
    before = [cpu(process) for process, _, _ in all_of_them]
    time.sleep(SECONDS)  # idling is the test
    spent = sum(cpu(process) for process, _, _ in all_of_them) - sum(before)
    print(f"      {TERMINALS} terminals, {SECONDS:.0f} s: {spent * 1000:.1f} ms of processor time")
    for process, end, _ in all_of_them:
        process.kill()
        process.wait()
        os.close(end)
    assert spent < 0.001 * SECONDS, spent


if __name__ == "__main__":
    run()
