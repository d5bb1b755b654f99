#!/usr/bin/env python3
"""The commands of CMS as MODULE files, on a System/370 without CP.

Ends with a line `N passed, N failed`.
"""
import pathlib
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.harness import cases  # noqa: E402
from tests.harness.cases import case, run  # noqa: E402
from tests.machine.cms_bare import Session, has  # noqa: E402

cases._cases.clear()  # those of cms_bare run by themselves


class Commands(Session):
    """CMS at its first ready message."""

    def __init__(self):
        super().__init__()
        self.ipl()
        self.say("")

    def ask(self, line, until):
        """A line that is answered by a question or by the editor."""
        self.type(line)
        answer = self.wait(until)
        self.wait("HHC1C001A")
        return answer

    def answer(self, line):
        """A line into a program that reads on."""
        self.type(line)
        return self.wait("HHC1C001A")

    def format(self, operands, label):
        self.ask("format " + operands, r"^DMSFOR603R FORMAT WILL ERASE ALL FILES ON DISK")
        self.ask("yes", r"^DMSFOR605R ENTER DISK LABEL:")
        return self.say(label)


def code(answer, number=None):
    has(answer, r"^Ready;" if number is None else rf"^Ready\({number:05d}\);")


@case
def a_file_is_edited_run_and_listed(cms):
    cms.ask("edit first exec", r"^EDIT:$")
    cms.ask("input", r"^INPUT:$")
    for line in ("&type hello &1", "state no file", "&exit 5"):
        cms.answer(line)
    cms.ask("", r"^EDIT:$")
    code(cms.say("file"))
    answer = cms.say("first friend")
    has(answer, r"^HELLO FRIEND$")
    has(answer, r"^DMSSTT002E FILE 'NO FILE \*' NOT FOUND\.$")
    has(answer, r"^\+\+\+ R\(00028\) \+\+\+$")
    code(answer, 5)
    has(cms.say("listfile first exec a (alloc"), r"^FIRST    EXEC     A1 V    14       3      1$")


@case
def the_editor_finds_changes_and_deletes(cms):
    cms.ask("edit first exec", r"^EDIT:$")
    has(cms.answer("/NO FILE/"), r"^STATE NO FILE$")
    has(cms.answer("c /no/any/"), r"^STATE ANY FILE$")
    has(cms.answer("delete"), r"^&EXIT 5$")
    has(cms.answer("nonsense"), r"^\?EDIT: nonsense$")
    code(cms.say("file second exec"))
    has(cms.say("type second exec"), r"^&EXIT 5$")
    has(cms.say("type first exec"), r"^STATE NO FILE$")


@case
def all_files_of_the_system_disk_copy_and_compare_equal_in_both_formats(cms):
    names = [line.split()[0] for line in cms.say("listfile * module s") if " MODULE " in line]
    assert len(names) > 12, names
    for options in ("", " (blksize 800"):
        has(cms.format("191 a" + options, "work"), r"^DMSFOR732I '3' CYLINDERS FORMATTED ON 'A\(191\)'\.$")
        code(cms.say("copyfile * module s = = a (olddate"))
        for name in names:
            code(cms.say(f"compare {name} module s = = a"))
        code(cms.say("copyfile edit module a packed data a (pack"))
        code(cms.say("copyfile packed data a edit2 module a (unpack"))
        code(cms.say("compare edit module a edit2 module a"))
        code(cms.say("erase * module a"))


@case
def a_disk_is_released_and_accessed_again(cms):
    code(cms.say("release a"))
    answer = cms.say("query disk a")
    has(answer, r"^DMSQRY069E DISK 'A' NOT ACCESSED\.$")
    code(answer, 36)
    code(cms.say("access 191 a"))
    has(cms.say("access 190 b/a"), r"^DMSACC723I B \(190\) R/O$")
    has(cms.say("copyfile type module s = = b"), r"^DMSCPY037E DISK 'B' IS READ/ONLY\.$")
    code(cms.say("release b"))
    code(cms.say("access 777 b"), 100)


@case
def settings_hold_in_page_0(cms):
    cms.say("set rdymsg smsg", r"^R;")
    has(cms.say("query rdymsg", r"^R;"), r"^RDYMSG   = SMSG$")
    code(cms.say("set rdymsg lmsg"))
    cms.say("set impex off")
    code(cms.say("copyfile * nothing a = = a"), 28)
    has(cms.say("nosuch"), r"^UNKNOWN CP/CMS COMMAND$")
    code(cms.say("set impex on"))


@case
def an_exec_reads_what_it_stacked_and_loops(cms):
    cms.ask("edit loop exec", r"^EDIT:$")
    cms.ask("input", r"^INPUT:$")
    for line in ("&stack edit made data", "&stack", "&n = 0", "edit made data (nodisp",
                 "&loop 2 3", "&n = &n + 1", "&type round &n", "&type end"):
        cms.answer(line)
    cms.ask("", r"^EDIT:$")
    cms.answer("top")
    cms.answer("next")
    for line in ("replace &stack input line", "next", "replace &stack file"):
        cms.answer(line)
    code(cms.say("file"))
    answer = cms.say("loop")
    for text in ("ROUND 1", "ROUND 3", "END"):
        has(answer, rf"^{text}$")
    has(cms.say("type made data"), r"^LINE$")


@case
def ten_commands_a_second_leave_no_storage_behind(cms):
    for _ in range(20):
        cms.say("listfile * * s (label")
    start = time.monotonic()
    for _ in range(5):
        code(cms.say("listfile * * s (label"))
    assert time.monotonic() - start < 5


if __name__ == "__main__":
    run(setup=Commands, teardown=Commands.close)
