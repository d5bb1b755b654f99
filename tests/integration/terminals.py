#!/usr/bin/env python3
"""What the 3270 does for its user: sizes, keys, line editing, a client that drops."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import System
from tests.harness.terminal import READY


def start():
    system = System()
    system.up()
    return system


@case
def models_2_to_5(system):
    """each of the models 2 to 5 has its own size, status at the lower right"""
    for model, rows, columns in ((2, 24, 80), (3, 32, 80), (4, 43, 80), (5, 27, 132)):
        terminal = system.terminal(f"3279-{model}-E")
        terminal.expect("ONLINE")
        screen = terminal.do("Ascii()")
        assert (len(screen), len(screen[0])) == (rows, columns), (model, len(screen), len(screen[0]))
        assert "CP READ" in screen[-1][columns - 21:], screen[-1]
        terminal.close()


@case
def the_password_is_not_shown(system):
    """a password is hidden while it is typed, and afterwards"""
    terminal = system.terminal()
    terminal.expect("ONLINE")
    terminal.type("logon user10")
    terminal.expect("ENTER PASSWORD:")
    terminal.do('String("user10")')
    assert "user10" not in terminal.text().split("ENTER PASSWORD:")[1]
    terminal.do("Enter()")
    terminal.expect("LOGON AT")
    assert "user10" not in terminal.text().split("ENTER PASSWORD:")[1]
    terminal.expect("VM READ")
    terminal.type("#cp logoff")
    terminal.expect("LOGOFF AT")
    terminal.close()


@case
def logical_line_editing(system):
    """@ deletes a character, \xa2 the line, # ends it, " takes the next as it is"""
    system.user = t = system.terminal().to_cms("cmsuser")
    t.type("cp query setx@")
    t.expect(r"^MSG ON")
    t.clear()
    t.type("cp query names\xa2cp query time")
    t.expect("^TIME IS")
    assert "OPERATOR" not in t.text()
    t.clear()
    t.type("cp query userid#cp query storage")
    t.expect("^CMSUSER +AT")
    t.expect("^STORAGE = 01024K")
    t.clear()
    t.type('cp msg * a"@b')
    t.expect("MSG FROM CMSUSER : a@b")


@case
def the_full_screen_waits(system):
    """a full screen shows MORE..., ENTER holds it, Clear goes on"""
    t = system.user
    t.clear()
    t.type("listfile * * s (date")
    for _ in range(100):
        if t.state() == "MORE...":
            break
        t.do("Wait(1,Output)", check=False)
    assert t.state() == "MORE...", t.text()
    t.do("Enter()")
    assert t.state() == "HOLDING", t.text()
    t.clear()
    t.expect(READY)


@case
def pa1_gives_cp(system):
    """PA1 gives CP READ; BEGIN returns to CMS"""
    t = system.user
    t.clear()
    t.do("PA(1)")
    t.expect("CP READ")
    t.type("begin")
    t.expect("VM READ")
    t.type("cp query time")
    t.expect(READY)


@case
def an_undefined_function_key(system):
    """an undefined PF key says so"""
    system.user.clear()
    system.user.do("PF(3)")
    system.user.expect(r"PF03 UNDEFINED")


@case
def a_dropped_client_can_come_back(system):
    """a client that drops disconnects its machine, which goes on; LOGON reconnects it"""
    t = system.terminal().to_cms("user03")
    t.type("edit count exec a (nodisp")
    t.expect("NEW FILE:")
    t.type("input -TOP &SLEEP = 1")
    t.type("input &GOTO -TOP")
    t.type("file")
    t.expect(READY)
    t.clear()
    t.type("count")
    t.expect("RUNNING")
    t.close()
    watcher = system.user
    for _ in range(40):
        watcher.clear()
        watcher.type("cp query user03")
        if watcher.expect(r"^USER03 +- (\S+)").group(1) == "DSC":
            break
        watcher.do("Wait(0.5,Output)", check=False)
    else:
        raise AssertionError("USER03 was never disconnected:\n" + watcher.text())
    back = system.terminal()
    back.expect("ONLINE")
    back.type("logon user03")
    back.expect("ENTER PASSWORD:")
    back.type("user03")
    back.expect("RECONNECTED AT")
    back.type("begin")
    back.expect("RUNNING")
    back.type("hx")
    back.expect(r"^CMS|^Ready")


@case
def a_second_logon_is_refused(system):
    """a user who is logged on cannot be logged on a second time"""
    t = system.terminal()
    t.expect("ONLINE")
    t.type("logon cmsuser")
    t.expect("ENTER PASSWORD:")
    t.type("cmsuser")
    t.expect("DMKLOG054E ALREADY LOGGED ON GRAF 0C")


if __name__ == "__main__":
    run(start, System.discard)
