#!/usr/bin/env python3
"""Random streams of instructions, in random states of the processor, end the same on the bare
machine and in a virtual machine, and another virtual machine's storage stays as it is.

A few thousand of them; tests/machine/streams/run.py compares as many as one likes. Needs
`make test-programs`.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.machine.streams.run import Bare, Virtual, differences

SEED = 370


def compare(virtual, first, count):
    found, counts = differences(Bare(), virtual, SEED, first, count)
    assert counts["STREAMS"] > count * 0.9, f"only {counts['STREAMS']} streams ran"
    assert not found, f"streams {found} of seed {SEED} end differently"


@case
def with_the_fast_path(virtual):
    """random streams end the same, bare and in a virtual machine"""
    compare(virtual, 0, 4096)


@case
def without_it(virtual):
    """so they do with SET ASSIST OFF"""
    virtual.assist("off")
    compare(virtual, 4096, 1024)


@case
def the_other_machine(virtual):
    """meanwhile nothing has changed in another machine's storage"""
    virtual.check_other()


if __name__ == "__main__":
    run(Virtual, lambda virtual: virtual.system.discard())
