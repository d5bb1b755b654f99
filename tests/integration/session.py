#!/usr/bin/env python3
"""Users at work: the sessions that every release must pass."""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System
from tests.harness.terminal import READY


def in_cms(terminal, command, pattern=READY):
    """A command on a clear screen; what answers."""
    terminal.clear()
    terminal.type(command)
    return terminal.expect(pattern)


@case
def the_logon_screen_is_there_when_up_returns(system):
    """make up prints `ready` when the logon screen can be reached"""
    assert system.up().stdout.endswith(f"ready: 3270 on 127.0.0.1:{system.port}\n")
    system.cmsuser = system.terminal()
    system.cmsuser.expect("ONLINE")


@case
def a_wrong_password_is_refused(system):
    """a wrong password is refused with DMKLOG050E"""
    t = system.cmsuser
    t.type("logon cmsuser")
    t.expect("ENTER PASSWORD")
    t.type("wrong")
    t.expect("DMKLOG050E PASSWORD INCORRECT")


@case
def cmsuser_edits_runs_and_lists_an_exec(system):
    """CMSUSER logs on, edits HELLO EXEC A, runs it, lists it"""
    t = system.cmsuser
    t.to_cms("cmsuser")
    in_cms(t, "edit hello exec a (nodisp", "NEW FILE:")
    t.type("input &TYPE HELLO FROM CMS")
    t.type("input &EXIT 7")
    t.type("file")
    t.expect(READY)
    in_cms(t, "hello", r"^HELLO FROM CMS")
    t.expect(r"^Ready\(00007\); T=")
    in_cms(t, "listfile hello * (date", r"^HELLO +EXEC +A1 +V +20 +2 +1")


@case
def user01_gets_a_message(system):
    """USER01 on another terminal gets a MSG from CMSUSER"""
    system.user01 = system.terminal()
    system.user01.expect("ONLINE")
    system.user01.to_cms("user01")
    in_cms(system.cmsuser, "cp msg user01 good morning")
    system.user01.expect(r"(?i)MSG FROM CMSUSER : GOOD MORNING")


@case
def user01_reads_but_cannot_write_the_linked_disk(system):
    """USER01 links CMSUSER's 191 read-only, types the file, and may not write it"""
    t = system.user01
    in_cms(t, "cp link cmsuser 191 291 rr cmsuser")
    in_cms(t, "access 291 b/a")
    in_cms(t, "type hello exec b", r"&TYPE HELLO FROM CMS")
    in_cms(t, "erase hello exec b", r"Ready\(000\d\d\)")
    in_cms(t, "copyfile hello exec b hallo exec b", r"^DISK 'B' IS READ/ONLY")
    in_cms(t, "cp set emsg on")
    in_cms(t, "copyfile hello exec b hallo exec b", r"DMSCPY037E DISK 'B' IS READ/ONLY")


@case
def a_looping_guest_does_not_keep_the_others_waiting(system):
    """while USER02 loops in a guest program, the others are answered within a second"""
    looper = system.terminal()
    looper.expect("ONLINE")
    looper.to_cms("user02")
    in_cms(looper, "edit loop exec a (nodisp", "NEW FILE:")
    looper.type("input -TOP &GOTO -TOP")
    looper.type("file")
    looper.expect(READY)
    looper.clear()
    looper.type("loop")
    looper.expect("RUNNING")
    for terminal in (system.cmsuser, system.user01):
        for _ in range(5):
            terminal.clear()
            start = time.monotonic()
            terminal.type("query disk a")
            terminal.expect(READY)
            elapsed = time.monotonic() - start
            assert elapsed < 1.0, f"answered after {elapsed:.2f} s"
    looper.do("PA(1)")
    looper.expect("CP READ")
    looper.type("logoff")
    looper.expect("LOGOFF AT")


@case
def what_was_written_survives_shutdown(system):
    """after SHUTDOWN and make up the file is there, byte for byte"""
    system.down()
    got = subprocess.run(
        [os.path.join(ROOT, "build", "host", "cmsdisk"), "get", system.disks(), "CMSUSER", "191",
         "HELLO EXEC", "-"], capture_output=True, text=True, check=True).stdout
    assert got == "&TYPE HELLO FROM CMS\n&EXIT 7\n", repr(got)
    system.up()
    t = system.terminal()
    t.expect("ONLINE")
    t.to_cms("cmsuser")
    in_cms(t, "type hello exec a", r"&EXIT 7")
    system.down()


def use(system):
    """A session on a system that runs already, for whom watches it."""
    t = system.terminal()
    t.expect("ONLINE")
    system.cmsuser = t
    cmsuser_edits_runs_and_lists_an_exec(system)
    user01_gets_a_message(system)
    user01_reads_but_cannot_write_the_linked_disk(system)
    a_looping_guest_does_not_keep_the_others_waiting(system)
    for command in ("query set", "query virtual", "query names", "indicate user", "copyfile * * s = = a",
                    "erase * help* a", "rename hello exec a hallo exec a", "query disk *"):
        in_cms(t, command, r"^Ready[(;]")


if __name__ == "__main__":
    run(System, System.discard)
