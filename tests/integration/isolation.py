#!/usr/bin/env python3
"""A guest that CP knows nothing of does its worst, and nobody else notices."""
import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System


def start():
    """A system whose USER05 has the program on his minidisk, outside its file area."""
    system = System()
    with open(os.path.join(ROOT, "dasd-images", "system.manifest")) as f:
        manifest = f.read()
    supplied = "minidisk USER05 191 1024 USR05"
    assert supplied in manifest
    system.make_disks(manifest.replace(
        supplied, f"{supplied} 1\nnucleus build/tests/mischief.elf"))
    system.up()
    log_on(system)
    return system


def log_on(system):
    """USER05 with the program, and another user in CMS."""
    system.guest = system.terminal()
    system.guest.expect("ONLINE")
    system.guest.type("logon user05 user05 noipl")
    system.guest.expect("LOGON AT")
    system.guest.type("set emsg on")
    system.other = system.terminal().to_cms("user06")


def ipl(system):
    guest = system.guest
    guest.clear()
    guest.type("#cp ipl 191")
    guest.expect("^MISCHIEF")
    guest.expect("VM READ")


def misbehave(system, letter, pattern):
    """IPLs the program, orders the deed, waits for what CP says of it."""
    ipl(system)
    system.guest.type(letter)
    system.guest.expect(pattern)
    the_other_works(system)


def the_other_works(system):
    """The other user is answered by CP and by CMS, within a second."""
    other = system.other
    for command in ("query time", "listfile * module s (date"):
        other.clear()
        start_time = time.monotonic()
        other.type(command)
        other.expect(r"TIME IS|MODULE +S2")
        elapsed = time.monotonic() - start_time
        assert elapsed < 1.0, f"{command} was answered after {elapsed:.2f} s"
        other.clear()


@case
def a_foreign_program_runs(system):
    """a virtual machine IPLs from a minidisk a program that CP knows nothing of"""
    ipl(system)
    system.guest.type("xyzzy")
    system.guest.expect("^xyzzy")


def wait_psw(address):
    return rf"DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 [0-9A-F]{{2}}{address}'"


@case
def wild_store(system):
    """a wild store ends in its own disabled wait, DMKDSP450W on its console"""
    misbehave(system, "S", wait_psw("0BAD01"))


@case
def wild_branch(system):
    """a wild branch ends in its own disabled wait"""
    misbehave(system, "B", wait_psw("0BAD02"))


@case
def undefined_opcode(system):
    """an undefined operation code ends in its own disabled wait"""
    misbehave(system, "O", wait_psw("0BAD03"))


@case
def program_interruption_loop(system):
    """a loop of program interruptions is stopped with DMKPRG453W"""
    misbehave(system, "P", "DMKPRG453W CP ENTERED; PROGRAM INTERRUPT LOOP")


@case
def disabled_wait(system):
    """a disabled wait PSW is shown on its console"""
    misbehave(system, "W", wait_psw("0BAD04"))


@case
def endless_svc_loop(system):
    """an endless SVC loop goes on, the others are answered, PA1 ends it"""
    misbehave(system, "L", "RUNNING")
    system.guest.do("PA(1)")
    system.guest.expect("CP READ")


@case
def endless_branch_loop(system):
    """an endless branch loop goes on, the others are answered, PA1 ends it"""
    misbehave(system, "C", "RUNNING")
    system.guest.do("PA(1)")
    system.guest.expect("CP READ")


@case
def the_system_shuts_down_in_order(system):
    """after all that CP shuts down in order"""
    system.down()


def use(system):
    """All that on a system that runs already, for whom watches it."""
    log_on(system)
    for deed in (a_foreign_program_runs, wild_store, wild_branch, undefined_opcode,
                 program_interruption_loop, disabled_wait, endless_svc_loop):
        deed(system)


if __name__ == "__main__":
    run(start, System.discard)
