#!/usr/bin/env python3
"""Privileged instructions, interruptions, clocks and I/O do in a virtual machine what they
do on the bare one.

The decks that tests/machine/privileged makes print lines about each case; the lines must
be the same. Needs `make test-programs`.
"""
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.harness.system import ROOT, System
from tests.machine import conformance

FOLDER = os.path.join(ROOT, "build", "tests")
# A device of the bare machine that tells TCH of an interruption may be a moment from giving
# it: in one run of some thirty a case ends otherwise. What the bare machine does in any run is right.
BARE_RUNS = 3
LINE = re.compile(r"(?:^|=)([0-9A-F]{4} [^=]*)$")     # a case may have printed before it


def by_case(text):
    lines = {}
    for line in text.split("\n"):
        found = LINE.search(line)
        if found:
            number, said = found.group(1).split(" ", 1)
            lines[number] = lines.get(number, "") + said
    return lines


def compare(system, name):
    deck = os.path.join(FOLDER, f"{name}.deck")
    with open(os.path.join(FOLDER, f"{name}.names")) as f:
        names = dict(line.rstrip().split(" ", 1) for line in f)
    last = list(names)[-1]
    virtual = by_case(conformance.run_virtual(
        system, deck, lambda text: text.endswith("\n") and last in by_case(text[-4096:])))
    differences = list(names)
    for _ in range(BARE_RUNS):
        bare = by_case(conformance.run_bare(deck))
        assert len(bare) == len(names), f"{len(bare)} of {len(names)} cases ran on the bare machine"
        differences = [number for number in differences if bare[number] != virtual.get(number)]
        if not differences:
            break
    with open(os.path.join(FOLDER, f"{name}.differences"), "w") as f:
        for number in differences:
            f.write(f"{number} {names[number]}\n  bare    {bare[number]}\n  virtual {virtual.get(number)}\n")
    assert not differences, \
        f"{len(differences)} of {len(names)} cases differ: {', '.join(names[n] for n in differences[:10])}"


@case
def instructions(system):
    """every privileged instruction ends the same, bare and in a virtual machine"""
    compare(system, "privileged")


@case
def scripts(system):
    """interruptions, clocks and I/O are the same, bare and in a virtual machine"""
    system.cmsuser.type("#cp set timer real")   # as a machine's own runs, in the wait state too
    compare(system, "scripts")


@case
def processor(system):
    """PSWs, the order of interruptions and signals are the same, bare and in a virtual machine"""
    compare(system, "processor")


@case
def storage(system):
    """reference and change bits and low-address protection are the same"""
    compare(system, "storage")


@case
def translation(system):
    """translation by all tables there can be ends the same"""
    compare(system, "translation")


@case
def machine(system):
    """operation codes, control registers, EXECUTE, the prefix and several devices are the same"""
    compare(system, "machine")


@case
def spaces(system):
    """two address spaces are used and refused the same"""
    compare(system, "spaces")


@case
def disk(system):
    """channel programs for a disk end the same on a minidisk"""
    compare(system, "disk")


@case
def punched_cards(system):
    """what a virtual punch punches is in punch/userid/00D.txt"""
    assert "A CARD HERE\n" in conformance.read(os.path.join(system.run, "punch", "cmsuser", "00D.txt"))


if __name__ == "__main__":
    run(conformance.start, System.discard)
