#!/usr/bin/env python3
"""Conformance decks print the same on the bare machine and in a virtual machine.

A deck is a file NAME.deck of 80-byte cards beside NAME.expected, what it prints on 00E, in
tests/machine/conformance, or in the folders that CONFORMANCE names (colons between).
"""
import glob
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness import bare
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System

FOLDERS = os.environ.get("CONFORMANCE", os.path.join(ROOT, "tests", "machine", "conformance"))
DECKS = sorted(deck for folder in FOLDERS.split(":") for deck in glob.glob(f"{folder}/*.deck"))


def expected(deck):
    with open(deck.removesuffix(".deck") + ".expected") as f:
        return f.read()


def read(path):
    try:
        with open(path, newline="", errors="replace") as f:
            return f.read()
    except OSError:
        return ""


def run_bare(deck, seconds=60):
    """What the deck prints when it is IPLed on the machine itself."""
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder:
        subprocess.run(["dasdinit", os.path.join(folder, "disk"), "3350", "BARE", "8"], check=True,
                       capture_output=True)
        devices = [f"000C 3505 {deck} ebcdic eof", f"000D 3525 {folder}/punch ebcdic",
                   f"000E 1403 {folder}/printer", f"0191 3350 {folder}/disk"]
        bare.ipl(folder, "00c", devices, seconds, megabytes=2)
        return read(os.path.join(folder, "printer"))


def run_virtual(system, deck, complete, seconds=120):
    """What it prints when CMSUSER IPLs it; `complete` says whether a text is all of it."""
    printed = os.path.join(system.run, "print", "cmsuser", "00E.txt")
    before = len(read(printed))
    system.card("cmsuser", deck)
    t = system.cmsuser
    t.clear()
    t.type("#cp ipl 00c clear")
    t.expect("CP ENTERED; DISABLED WAIT PSW", seconds)
    deadline = time.monotonic() + 5
    while not complete(read(printed)[before:]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return read(printed)[before:]


def start():
    system = System()
    try:
        system.up()
        system.cmsuser = system.terminal()
        system.cmsuser.expect("ONLINE")
        system.cmsuser.logon("cmsuser")
        system.cmsuser.expect("VM READ")
        system.cmsuser.type("#cp set ecmode on")
    except BaseException:
        system.discard()
        raise
    return system


def add_cases():
    for path in DECKS:
        name = os.path.basename(path).removesuffix(".deck")

        def bare(_, path=path):
            assert run_bare(path) == expected(path)

        def virtual(system, path=path):
            printed = run_virtual(system, path, lambda text: len(text) >= len(expected(path)))
            assert printed == expected(path), f"it printed\n{printed}"

        bare.__doc__ = f"the deck {name} prints on the bare machine what it should"
        virtual.__doc__ = f"the deck {name} prints the same in a virtual machine"
        bare.__name__, virtual.__name__ = f"bare_{name}", f"virtual_{name}"
        case(bare)
        case(virtual)


if __name__ == "__main__":
    add_cases()
    run(start, System.discard)
