#!/usr/bin/env python3
"""Files between the host and CMS, and through COPYFILE on both disk formats."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.disks import check, cmsdisk, get, names, put
from tests.harness.system import System
from tests.harness.terminal import READY

NOTE = "A NOTE FROM THE HOST\n\nits third line is in lower case: äöü\n"


def start():
    system = System()
    system.make_disks()
    put(system.disks(), "CMSUSER", "191", "NOTE DATA", NOTE)
    system.up()
    return system


def command(terminal, line, seconds=30):
    terminal.clear()
    terminal.type(line)
    terminal.expect(READY, seconds)


@case
def a_file_of_the_host_is_read_in_cms(system):
    """a file written by cmsdisk put is typed in CMS"""
    system.cmsuser = system.terminal().to_cms("cmsuser")
    system.cmsuser.type("type note data a")
    system.cmsuser.expect("^A NOTE FROM THE HOST")
    system.cmsuser.expect("in lower case")


@case
def all_system_files_pass_through_copyfile(system):
    """every file of the system disk is copied by COPYFILE, 1K and 800-byte blocks"""
    command(system.cmsuser, "copyfile * * s = = a", 60)
    user = system.user = system.terminal().to_cms("user03")
    user.type("format 191 a (blksize 800")
    user.expect("DO YOU WISH TO CONTINUE")
    user.type("yes")
    user.expect("ENTER DISK LABEL")
    user.type("old800")
    user.expect(READY, 60)
    command(user, "copyfile * * s = = a", 60)


@case
def cms_compares_them_equal(system):
    """COMPARE finds a copied module equal on both formats"""
    for terminal in (system.cmsuser, system.user):
        command(terminal, "compare edit module s edit module a")


@case
def what_cms_wrote_is_equal_on_the_host(system):
    """after shutdown every copy is equal to its original, byte for byte, and both disks are sound"""
    command(system.cmsuser, "copyfile note data a copy data a")
    system.down()
    disks = system.disks()
    originals = names(disks, "MAINT", "190")
    assert len(originals) > 15, originals
    for userid in ("CMSUSER", "USER03"):
        check(disks, userid, "191")
        for name in originals:
            assert get(disks, userid, "191", name, True) == get(disks, "MAINT", "190", name, True), \
                f"{userid}: {name} differs"
    assert get(disks, "CMSUSER", "191", "COPY DATA") == NOTE
    assert "blocks of 800" in cmsdisk("ls", disks, "USER03", "191").stdout.decode()


if __name__ == "__main__":
    run(start, System.discard)
