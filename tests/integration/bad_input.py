#!/usr/bin/env python3
"""Bad input gets one clear line and an exit code other than zero."""
import os
import socket
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System


def one_line(result, *words):
    """The answer is one line on standard error that holds `words`."""
    assert result.returncode != 0, "it was accepted"
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, f"{len(lines)} lines: {result.stderr!r}"
    for word in words:
        assert word in lines[0], f"{word!r} is not in {lines[0]!r}"


def tool(name, *arguments):
    return subprocess.run([os.path.join(ROOT, "build", "host", name), *arguments],
                          capture_output=True, text=True, timeout=60)


@case
def truncated_volume(system):
    """a truncated volume is refused with its cylinder, head and record"""
    system.make_disks()
    volume = os.path.join(system.disks(), "CAMUSR.ckd")
    os.truncate(volume, os.path.getsize(volume) - 100_000)
    one_line(system.control("up", check=False), "CAMUSR.ckd", "cylinder", "head")
    one_line(tool("cmsdisk", "ls", f"{volume}:75+5"), "CAMUSR.ckd")


@case
def damaged_track(system):
    """a damaged track is refused with its cylinder, head and record"""
    system.make_disks()
    volume = os.path.join(system.disks(), "CAMUSR.ckd")
    with open(volume, "r+b") as f:
        f.seek(512 + 30 * 19456 * 2 + 5 + 16 + 6)  # cylinder 2 head 0: data length of record 1
        f.write(b"\xFE")
    one_line(system.control("up", check=False), "CAMUSR.ckd", "cylinder 2 head 0")
    system.make_disks()


@case
def garbage_in_the_directory(system):
    """a garbage directory statement is refused with its line, and nothing is written"""
    volume = os.path.join(system.disks(), "CAMRES.ckd")
    with open(volume, "rb") as f:
        before = f.read()
    source = os.path.join(system.run, "bad.direct")
    with open(source, "w") as f:
        f.write("DIRECTORY 350 3350 CAMRES\nUSER SOMEBODY SECRET 512K\nFROBNICATE 1 2 3\n")
    one_line(tool("directory", source, volume), "bad.direct:3", "DMKDIR751E INVALID OPERAND - FROBNICA")
    with open(volume, "rb") as f:
        assert f.read() == before


@case
def port_in_use(system):
    """a port in use is named"""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen(1)
        port = s.getsockname()[1]
        one_line(system.control("up", check=False, PORT=str(port)), str(port), "in use")
    one_line(system.control("up", check=False, PORT="seven"), "seven")


@case
def no_hercules(system):
    """no Hercules: the line says how to get one"""
    one_line(system.control("up", check=False, HERCULES="no-such-hercules"), "no-such-hercules")


@case
def nothing_runs(system):
    """make down without a system says so"""
    one_line(system.control("down", check=False), "no system runs")


@case
def missing_file(system):
    """a file that is not on the disk is named"""
    one_line(tool("cmsdisk", "get", system.disks(), "CMSUSER", "191", "NO SUCHFILE", "-"), "NO SUCHFILE")
    one_line(tool("cmsdisk", "ls", system.disks(), "NOBODY", "191"), "NOBODY")


@case
def a_deck_for_nobody(system):
    """a deck for a user who is not in the directory is refused, one for another user is not"""
    deck = os.path.join(system.run, "two.deck")
    with open(deck, "wb") as f:
        f.write(bytes(160))
    system.up()
    one_line(system.control("card", "nobody", deck, check=False), "NOT IN CP DIRECTORY: NOBODY")
    one_line(system.control("card", "cmsuser", "", check=False), "FILE= names no deck")
    system.card("cmsuser", deck)
    system.down()


@case
def a_disk_of_a_running_system(system):
    """cmsdisk writes to no disk that a system has, and to it again afterwards"""
    system.up()
    words = ("put", system.disks(), "CMSUSER", "191", __file__, "BAD INPUT", "--recfm", "V")
    one_line(tool("cmsdisk", *words), "CAMUSR.ckd", "is in use")
    assert tool("cmsdisk", "ls", system.disks(), "CMSUSER", "191").returncode == 0
    system.down()
    assert tool("cmsdisk", *words).returncode == 0
    folder = os.path.join(system.run, "new", "folder", "")
    assert tool("cmsdisk", "get", system.disks(), "CMSUSER", "191", "*.input", folder).returncode == 0
    assert os.listdir(folder) == ["bad.input"]


if __name__ == "__main__":
    run(System, System.discard)
