#!/usr/bin/env python3
"""IND$FILE between CMS and two terminals, s3270 and ours: bytes come back as they went."""
import os
import random
import re
import signal
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.actions import data
from tests.harness.cases import case, run
from tests.harness.disks import check, get
from tests.harness.system import System, free_port
from tests.harness.terminal import OURS, S3270

READY = r"^Ready.*; T="
PLAIN = ["-tn", "IBM-3278-2"]  # a terminal without structured fields: CUT


def start():
    system = System()
    system.make_disks()
    system.up()
    generator = random.Random(370)
    # Bytes of all values in lines of up to 80 characters, an empty one, and umlauts.
    letters = "abcdefghij KLMNOPQRSTUVWXYZ0123456789 []{}^|\\~!\"#$%&'()*+,-./:;<=>?@_`äöüÄÖÜß"
    lines = ["".join(generator.choice(letters) for _ in range(generator.randrange(80))).rstrip()
             for _ in range(5000)]
    system.text = ("\n".join(lines) + "\n\nlast\n").encode()
    system.binary = generator.randbytes(300_000)
    system.short = generator.randbytes(20_000)
    for name in ("text", "binary", "short"):
        with open(path(system, name), "wb") as f:
            f.write(getattr(system, name))
    return system


def path(system, name):
    return os.path.join(system.run, "transfer-" + name)


def contents(system, name):
    with open(path(system, name), "rb") as f:
        return f.read()


def to_cms(system, userid, program, *extra):
    return system.terminal(program=program, extra=list(extra)).to_cms(userid)


def move(terminal, system, direction, host, local, *options, code=None, seconds=30):
    """A transfer, and its end: CMS is ready again. What the terminal said, and CMS."""
    terminal.clear()
    said = terminal.do(f'Transfer(Direction={direction},"HostFile={host}",LocalFile={path(system, local)},'
                       f'Host=vm,Exist=replace{"".join("," + o for o in options)})', check=False,
                       seconds=seconds)
    ready = terminal.expect(READY, seconds).group(0)
    expected = r"Ready; " if code is None else rf"Ready\({code:05d}\); "
    assert re.match(expected, ready), (ready, said)
    return said


@case
def s3270_gets_back_the_text_it_sent(system):
    """400 KB of text by structured fields, s3270"""
    system.theirs = to_cms(system, "user01", S3270)
    move(system.theirs, system, "send", "their text a", "text")
    move(system.theirs, system, "receive", "their text a", "back")
    assert contents(system, "back") == system.text


@case
def ours_gets_back_the_text_it_sent(system):
    """the same with term370, which says how it went"""
    system.ours = to_cms(system, "user02", OURS)
    said = move(system.ours, system, "send", "our text a", "text")
    assert re.match(r"Transfer complete, \d+ bytes transferred", said[0]), said
    said = move(system.ours, system, "receive", "our text a", "back")
    assert said[0] == f"Transfer complete, {len(system.text)} bytes transferred", said
    assert contents(system, "back") == system.text


@case
def binaries_are_equal_in_all_directions(system):
    """300 KB of bytes: each terminal sends, the other's disk has the same, each receives"""
    binary = ("Mode=binary", "Recfm=variable", "Lrecl=1000")
    move(system.theirs, system, "send", "a binary a", "binary", *binary)
    move(system.ours, system, "send", "a binary a", "binary", *binary)
    for terminal in (system.theirs, system.ours):
        move(terminal, system, "receive", "a binary a", "back", "Mode=binary")
        assert contents(system, "back") == system.binary


@case
def frames_carry_all_bytes(system):
    """CUT: terminals without structured fields, binary and text, send and receive"""
    system.plain = [to_cms(system, "user03", S3270, *PLAIN), to_cms(system, "user04", OURS, *PLAIN)]
    for terminal in system.plain:
        move(terminal, system, "send", "a binary a", "short", "Mode=binary", "Recfm=variable")
        move(terminal, system, "receive", "a binary a", "back", "Mode=binary")
        assert contents(system, "back") == system.short
    said = move(system.plain[1], system, "receive", "profile helpcms *", "back", code=28)
    assert said == ["TRANS34   CMS file not found: file transfer canceled"], said


@case
def records_are_as_the_options_say(system):
    """RECFM F pads, long lines are segmented, APPEND appends, a disk is read-only"""
    ours = system.ours
    with open(path(system, "small"), "w") as f:
        f.write("one\n" + 100 * "x" + "\n")
    move(ours, system, "send", "small fixed a", "small", "Recfm=fixed", "Lrecl=10")
    move(ours, system, "receive", "small fixed a", "back")
    assert contents(system, "back") == b"one\n" + 10 * (10 * b"x" + b"\n")
    move(ours, system, "send", "small text a", "small", "Recfm=variable", "Lrecl=200")
    ours.clear()
    ours.do(f'Transfer(Direction=send,"HostFile=small text a",LocalFile={path(system, "small")},'
            'Host=vm,Exist=append)')
    ours.expect(READY)
    move(ours, system, "receive", "small text a", "back")
    assert contents(system, "back") == 2 * (b"one\n" + 100 * b"x" + b"\n")
    said = move(ours, system, "send", "small text s", "small", code=36)
    assert said == ["TRANS35   CMS disk is read-only: file transfer canceled"], said
    assert move(ours, system, "receive", "no file", "back", code=28)[0].startswith("TRANS34   ")
    assert move(ours, system, "send", "a b c d e", "small", code=24)[0].startswith("TRANS17   ")


class Beside:
    """Another script on a terminal of ours that is in a transfer."""

    def __init__(self, port):
        self.file = socket.create_connection(("127.0.0.1", port)).makefile("rw")

    def do(self, action):
        self.file.write(action + "\n")
        self.file.flush()
        answer = []
        while not answer or answer[-1] not in ("ok", "error"):
            answer.append(self.file.readline().rstrip("\n"))
            assert answer[-1], f"no answer to {action}"
        return data(answer)

    def expect(self, pattern, seconds=30):
        deadline = time.monotonic() + seconds
        while not re.search(pattern, text := "\n".join(self.do("Ascii()"))):
            assert time.monotonic() < deadline, f"never {pattern}:\n{text}"
            self.do("Wait(0.05,Seconds)")


def begun(system, terminal, direction, host, local):
    """Starts a transfer in many small steps; returns when the first have been made."""
    terminal.clear()
    beside = Beside(system.script_port)
    before = int(beside.do("Query(StatsRx)")[0].split()[1])
    action = (f'Transfer(Direction={direction},"HostFile={host}",LocalFile={path(system, local)},'
              'Host=vm,Mode=binary,Exist=replace,BufferSize=400)')
    terminal.tell(action)
    deadline = time.monotonic() + 10
    while int(beside.do("Query(StatsRx)")[0].split()[1]) < before + 20:
        assert time.monotonic() < deadline, "the transfer does not begin"
    return beside


def ended(terminal, seconds=30):
    """What the transfer that was begun said at its end."""
    return data(terminal.answer(seconds))


@case
def cp_interrupts_and_the_transfer_goes_on(system):
    """MSG and PA1 take the screen from a transfer; it goes on, and the file arrives whole"""
    system.script_port = free_port()
    ours = system.ours = to_cms(system, "user05", OURS, "--scriptport", str(system.script_port))
    move(ours, system, "send", "a binary a", "binary", "Mode=binary", "Recfm=variable", "Lrecl=1000")
    beside = begun(system, ours, "receive", "a binary a", "back")
    system.theirs.type("cp msg user05 hello in between")
    beside.expect("(?si)hello in between.*MORE")
    beside.do("PA(1)")
    beside.do("Clear()")
    beside.expect("CP READ")
    beside.do('String("begin")')
    beside.do("Set(aidWait,false)")
    beside.do("Enter()")
    beside.do("Set(aidWait,true)")
    said = ended(ours)
    assert said[0] == f"Transfer complete, {len(system.binary)} bytes transferred", said
    ours.expect(READY)
    assert contents(system, "back") == system.binary


@case
def a_slow_terminal_loses_nothing(system):
    """a terminal that stands still for seconds, in a send and in a receive, loses nothing"""
    for direction, local in (("send", "binary"), ("receive", "back")):
        beside = begun(system, system.ours, direction, "slow binary a", local)
        system.ours.process.send_signal(signal.SIGSTOP)
        time.sleep(3)
        system.ours.process.send_signal(signal.SIGCONT)
        assert ended(system.ours)[0].startswith("Transfer complete")
        beside.expect("Ready; ")
    assert contents(system, "back") == system.binary


@case
def a_cancelled_send_leaves_the_old_file(system):
    """Transfer(Cancel) ends a send; the file of before is still there"""
    ours = system.ours
    move(ours, system, "send", "b binary a", "short", "Mode=binary", "Recfm=variable")
    beside = begun(system, ours, "send", "b binary a", "binary")
    assert beside.do("Transfer(Cancel)") == ["Cancel initiated."]
    assert ended(ours) == ["Transfer cancelled by user"]
    assert "(00100)" in ours.expect(READY).group(0)
    move(ours, system, "receive", "b binary a", "back", "Mode=binary")
    assert contents(system, "back") == system.short


@case
def what_arrived_is_on_the_disk(system):
    """the host's tools read the files as sent, after SHUTDOWN"""
    system.down()
    for userid in ("USER01", "USER02"):
        check(system.disks(), userid, "191")
        assert get(system.disks(), userid, "191", "A BINARY", True) == system.binary


if __name__ == "__main__":
    run(start, System.discard)
