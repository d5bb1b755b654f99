#!/usr/bin/env python3
"""A student looks into a virtual machine: TRACE, ADSTOP, DISPLAY, STORE, DUMP.

The program is typed in with STORE. It adds 3 + 2 + 1, asks its supervisor (SVC 5) to stop,
and waits with address DEAD.
"""
import os
import re
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import System

PROGRAM = [
    # 800 LA 1,3; SR 2,2; AR 2,1; BCT 1,806; ST 2,900; SSM 90C; EX 0,820; SVC 5
    "store 800 41100003 1b221a21 46100806 50200900 8000090c 44000820 0a050700",
    "store 820 18320000 900 0 0 0 0",
    "store 830 82000838 0 00020000 0000dead",    # LPSW
    "store 60 00000000 00000830",                # SVC new PSW
]


def cp(t, command, pattern=None):
    """A command on a clear screen; what answers."""
    t.clear()
    t.type(command)
    if pattern:
        t.expect(pattern)
    t.expect(r"CP READ|RUNNING|VM READ")
    return t.text()


def lines(screen):
    """What stands below the command."""
    return [line for line in screen.split("\n")[1:] if line.strip() and "CP READ" not in line]


def start_program(t, pattern):
    """Runs the program from its beginning."""
    cp(t, "store psw 0 800", "STORE COMPLETE")
    return cp(t, "begin", pattern)


def log_on(system):
    system.up()
    t = system.terminal()
    t.expect("ONLINE")
    t.logon("cmsuser")
    t.expect("VM READ")
    t.do("PA(1)")
    t.expect("CP READ")
    cp(t, "system clear", "STORAGE CLEARED")
    for line in PROGRAM:
        cp(t, line, "STORE COMPLETE")
    system.user = t


@case
def every_instruction_is_shown(system):
    """TRACE INSTRUCT RUN shows each instruction once, with its branches and interruptions"""
    t = system.user
    cp(t, "trace instruct run", "TRACE STARTED")
    log = start_program(t, "DISABLED WAIT PSW")
    assert lines(log) == [
        "    000800 LA    41100003",
        "    000804 SR    1B22",
        "    000806 AR    1A21",
        "    000808 BCT   46100806 ==> 000806",
        "==> 000806 AR    1A21",
        "    000808 BCT   46100806 ==> 000806",
        "==> 000806 AR    1A21",
        "    000808 BCT   46100806",
        "    00080C ST    50200900",
        "::: 000810 SSM   8000090C 00",
        "    000814 EX    44000820     000820 LR    1832",
        "*** 000818 SVC   0005 ==> 000830",
        "::: 000830 LPSW  82000838     00020000 0000DEAD",
        "CP ENTERED; DISABLED WAIT PSW '00020000 0000DEAD'",
    ], log
    cp(t, "trace end", "TRACE ENDED")


@case
def a_traced_machine_stops_after_each_line(system):
    """without RUN the machine stops after each line, and BEGIN lets it go on"""
    t = system.user
    cp(t, "trace branch svc", "TRACE STARTED")
    assert lines(start_program(t, "==>")) == ["    000808 BCT   46100806 ==> 000806"]
    assert "GPR  1 =  00000002  00000003" in cp(t, "display g1-2", "GPR")
    assert lines(cp(t, "begin", "==>")) == ["    000808 BCT   46100806 ==> 000806"]
    assert lines(cp(t, "begin", "SSM")) == ["::: 000810 SSM   8000090C 00"]
    assert lines(cp(t, "begin", "SVC")) == ["*** 000818 SVC   0005 ==> 000830"]
    cp(t, "trace end", "TRACE ENDED")


@case
def the_machine_stops_in_front_of_an_address(system):
    """ADSTOP stops in front of an instruction; what STORE changes there counts"""
    t = system.user
    cp(t, "adstop 80c")
    start_program(t, "ADSTOP AT 00080C")
    assert lines(cp(t, "display 80c psw g2", "GPR")) == [
        "00080C    50200900", "PSW = 00000000 2000080C", "GPR  2 =  00000006"]
    cp(t, "store g2 0000002a", "STORE COMPLETE")
    cp(t, "begin", "DISABLED WAIT PSW")
    assert lines(cp(t, "display 900", "000900")) == ["000900    0000002A"]
    # It was for once.
    start_program(t, "DISABLED WAIT PSW")
    assert lines(cp(t, "display 900", "000900")) == ["000900    00000006"]


@case
def the_dump_is_on_paper(system):
    """DUMP prints registers, keys and storage; TRACE PRINTER its lines"""
    t = system.user
    cp(t, "trace branch printer", "TRACE STARTED")
    start_program(t, "DISABLED WAIT PSW")
    cp(t, "trace end", "TRACE ENDED")
    cp(t, "dump t800-83f *THE FIRST PROGRAM", "COMMAND COMPLETE")
    path = os.path.join(system.run, "print", "cmsuser", "00E.txt")
    deadline = time.monotonic() + 10
    text = ""
    while "000820" not in text and time.monotonic() < deadline:
        time.sleep(0.05)
        if os.path.exists(path):
            with open(path, errors="replace") as f:
                text = f.read()
    for expected in (r"^    000808 BCT   46100806 ==> 000806$", r"^\*THE FIRST PROGRAM$",
                     r"^PSW = 00020000 0000DEAD$", r"^GPR  0 =  00000000  00000000  00000006  00000006 ",
                     r"^FPR  0 =  0{16}     \.0{17} E 00$", r"^000000 TO [0-9A-F]{6}  KEY = [0-9A-F]{2}$",
                     r"^000800    41100003  1B221A21  46100806  50200900    8000090C  44000820 .*\*"):
        assert re.search(expected, text, re.MULTILINE), f"{expected} is not in\n{text}"


@case
def cms_is_traced_and_goes_on(system):
    """CMS under TRACE SVC answers as ever, and at once when tracing ends"""
    t = system.user
    cp(t, "ipl 190", "VM READ")
    t.type("")
    t.expect(r"^Ready; T=")
    t.clear()
    t.type("#cp trace svc program run")
    t.expect("TRACE STARTED")
    t.clear()
    t.type("query disk a")
    t.expect(r"^\*\*\* [0-9A-F]{6} SVC   00CA ==> [0-9A-F]{6}$")
    t.expect(r"^Ready; T=")
    t.clear()
    t.type("#cp trace end")
    t.expect("TRACE ENDED")
    t.clear()
    t.type("query disk a")
    t.expect(r"^Ready; T=")
    assert "SVC" not in t.text()


def start():
    system = System()
    try:
        log_on(system)
    except BaseException:
        system.discard()
        raise
    return system


if __name__ == "__main__":
    run(start, System.discard)
