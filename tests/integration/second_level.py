#!/usr/bin/env python3
"""CP in a virtual machine of CP, and CP in a virtual machine of that one; users of each."""
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness import disks
from tests.harness.cases import case, run
from tests.harness.system import System
from tests.harness.terminal import READY

LOGON_SCREEN = r"ONLINE(.|\n)*to begin a session"


def start():
    system = System()
    system.up(LEVELS="3")
    return system


def command(terminal, line, answer=READY):
    """A line on an empty screen; its answer."""
    terminal.clear()
    terminal.type(line)
    return terminal.expect(answer, 30)


def dial(system, levels):
    """A terminal that has dialed VMCP at each level."""
    terminal = system.terminal()
    for _ in range(levels):
        terminal.expect(LOGON_SCREEN)
        terminal.type("dial vmcp")
    terminal.expect(r"DIALED TO|ONLINE")
    terminal.expect(LOGON_SCREEN)
    return terminal


def levels_of(terminal):
    """The userids that DIAGNOSE 00 tells, from the user's own machine outwards."""
    terminal.type("#cp")
    terminal.expect("CP READ")
    command(terminal, "system clear", "STORAGE CLEARED")
    command(terminal, "store 20000 83120000 82003010 0 0 00020000 0", "STORE COMPLETE")
    command(terminal, "store g1 21000 a0 20000", "STORE COMPLETE")
    command(terminal, "store psw 0 20000", "STORE COMPLETE")
    command(terminal, "begin", "DISABLED WAIT")
    found = []
    for entry in range(5):
        shown = command(terminal, f"display t{0x21010 + 32 * entry:x}.8", r"^0210\w\w .*\*(.{8}).*\*$")
        found.append(shown.group(1).rstrip(". "))
    left = 160 - 32 * len([userid for userid in found if userid])
    command(terminal, "display g2", rf"^GPR  2 =  {left:08X}")
    command(terminal, "ipl 190", "VM READ")
    terminal.type("")
    terminal.expect(READY)
    return [userid for userid in found if userid]


@case
def a_system_is_loaded_from_the_virtual_machines_own_disks(system):
    """VMCP loads CP from its disk; the inner operator is logged on at its console"""
    t = system.second = system.terminal()
    t.expect("ONLINE")
    t.type("logon vmcp vmcp")
    t.expect("LOGON AT")
    command(t, "query virtual dasd", r"^DASD 350 ON DASD 352\s+^DASD 351 ON DASD 353")
    command(t, "define storage 8m", "STORAGE = 08192K")
    command(t, "ipl 350", "INITIALIZATION COMPLETE")
    t.expect("08192K SYSTEM STORAGE")
    t.expect("LINE 009 LOGON  AS OPERATOR USERS = 001")
    command(t, "query names", r"OPERATOR - 009$")


@case
def a_user_dials_in_and_works_in_cms(system):
    """a terminal that dials VMCP is the inner system's: its user logs on, writes a file, lists it"""
    t = system.user01 = dial(system, 1)
    system.expect_log("GRAF 0C1 DIALED TO VMCP DIALED= 001")
    t.to_cms("user01")
    system.second.expect("GRAF 0C0 LOGON  AS USER01")
    command(t, "query disk", r"^A \(191\): 0 FILES; .* R/W")
    command(t, "edit hello exec a (nodisp", "NEW FILE:")
    t.type("input &TYPE HELLO FROM WITHIN")
    t.type("file")
    t.expect(READY)
    command(t, "hello", "^HELLO FROM WITHIN")
    command(t, "listfile", r"^HELLO +EXEC +A1")
    command(t, "cp query users", "^002 USERS, 000 DIALED")
    command(t, "cp query set", "^ASSIST NOT ACTIVE")
    command(t, "cp query cplevel", r"^CAMBRIDGE/370 VERSION 1 LEVEL 0\s+^IPL AT ")
    system.panel("/query users")
    command(t, "cp query names", "^OPERATOR - 009, USER01   - 0C0")
    system.expect_log("002 USERS, 001 DIALED")


@case
def diagnose_00_tells_both_levels(system):
    """DIAGNOSE 00 in the inner user's machine tells him and the machine around his system"""
    found = levels_of(system.user01)
    assert found == ["USER01", "VMCP"], found


@case
def the_inner_system_traces_its_user(system):
    """TRACE in the inner system goes by the PER of the virtual machine that the system is"""
    t = system.user01
    t.type("#cp")
    t.expect("CP READ")
    command(t, "store 20000 41100002 46100004 0a050000", "STORE COMPLETE")
    command(t, "store psw 0 20000", "STORE COMPLETE")
    command(t, "trace instruct", "TRACE STARTED")
    command(t, "begin", r"^    020000 LA    41100002")
    command(t, "begin", r"^    020004 BCT   46100004 ==> 000004")
    command(t, "trace end", "TRACE ENDED")
    command(t, "ipl 190", "VM READ")
    t.type("")
    t.expect(READY)


@case
def cards_go_through_both_readers(system):
    """a deck for VMCP whose first card names an inner user reaches that user's reader"""
    cards = ("ID USER01", "A CARD", "ANOTHER")
    with tempfile.NamedTemporaryFile() as deck:
        deck.write(b"".join(card.encode("cp037").ljust(80, b"\x40") for card in cards))
        deck.flush()
        system.card("VMCP", deck.name)
    system.second.expect("RDR 00C DECK FOR USER01")


@case
def a_third_level(system):
    """the inner VMCP loads CP too; a terminal dials through both, and its user is in CMS"""
    t = system.third = dial(system, 1)
    t.type("logon vmcp vmcp")
    t.expect("LOGON AT")
    command(t, "ipl 350", "INITIALIZATION COMPLETE")
    t.expect("LINE 009 LOGON  AS OPERATOR")
    t = system.user02 = dial(system, 2)
    t.to_cms("user02")
    command(t, "query disk", r"^A \(191\)")
    found = levels_of(t)
    assert found == ["USER02", "VMCP", "VMCP"], found


@case
def who_is_dialed_is_dropped_with_the_system(system):
    """SHUTDOWN of each inner system stops its virtual machine; RESET and LOGOFF drop who dialed"""
    t = system.third
    command(t, "shutdown", "SYSTEM SHUTDOWN COMPLETE")
    t.expect("CP ENTERED; DISABLED WAIT PSW '00020000 00000008'|DISABLED WAIT")
    command(t, "query virtual graf", r"^GRAF 0C0 ON GRAF 0C2")
    command(t, "reset 0c0", "DEVICE RESET")
    system.user02.expect(r"DROP FROM VMCP 0C0")
    system.user02.expect("CP READ")
    command(t, "logoff", "LOGOFF AT")

    t = system.second
    command(t, "shutdown", "SYSTEM SHUTDOWN COMPLETE")
    t.expect("DISABLED WAIT PSW")
    command(t, "logoff", "LOGOFF AT")
    for terminal in (system.user01, system.third, system.user02):
        terminal.expect("DROP FROM VMCP 0C")
    system.expect_log("DROP FROM VMCP DIALED= 000")


@case
def what_was_written_within_is_on_the_inner_disks(system):
    """after SHUTDOWN the file is on the inner system's disk, and no other"""
    system.down()
    with tempfile.TemporaryDirectory() as inner:
        for name in ("CAMRES", "CAMUSR"):
            os.symlink(os.path.join(system.disks(), f"{name}-2.ckd"), os.path.join(inner, f"{name}.ckd"))
        assert disks.get(inner, "USER01", "191", "HELLO EXEC") == "&TYPE HELLO FROM WITHIN\n"
        disks.check(inner, "USER01", "191")
    assert disks.names(system.disks(), "USER01", "191") == []


if __name__ == "__main__":
    run(start, System.discard)
