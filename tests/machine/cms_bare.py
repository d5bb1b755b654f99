#!/usr/bin/env python3
"""CMS on a System/370 without CP: IPLed from its own disk, spoken to on a 3215.

Ends with a line `N passed, N failed`. BUILD names the folder with host/, target/
and cms/ (default build).
"""
import os
import pathlib
import queue
import re
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from tests.harness.cases import case, run  # noqa: E402

BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build")).absolute()
PREFIX = "s390x-linux-gnu-"

CONFIGURATION = """\
CPUSERIAL 002623
CPUMODEL 3158
MAINSIZE 2
NUMCPU 1
ARCHMODE S/370
OSTAILOR QUIET
TIMERINT 1000
0009 3215-C / noprompt
0190 3350 190.ckd
0191 3350 191.ckd
"""

DIRECTORY = """\
DIRECTORY 350 3350 CAMRES
USER MAINT MAINT 1M 4M G
 CONSOLE 009 3215
 MDISK 190 3350 44 10 CAMRES MR ALL MAINT MAINT
 MDISK 191 3350 54 3 CAMRES MR MAINT MAINT MAINT
"""

MANIFEST = """\
bootstrap {build}/target/ipl_record.bin {build}/target/ipl_dasd.bin
volume CAMRES 3350 58
area directory 4 1
area directory 5 1
owned CAMRES
directory {folder}/USER.DIRECT
minidisk MAINT 190 4096 CMS190 8
nucleus {build}/target/cms_nucleus.bin
file {build}/cms/*.MODULE mode S2
file {folder}/*.MODULE mode S2
minidisk MAINT 191 {block_size} MNT191
file {folder}/*.EXEC
"""

EXECS = {
    "PROFILE": "&CONTROL OFF\n&TYPE PROFILE RUNS\n",
    "HELLO": "&CONTROL OFF\n&TYPE HELLO &1\nSVCTEST\n&STACK STATE HELLO EXEC A\n&EXIT 7\n",
    "FOREVER": "&CONTROL OFF\n-A\n&GOTO -A\n",
}


def assemble(folder, name):
    """The MODULE of a test program, from its source beside this script."""
    def ebcdic(match):
        return '"' + "".join(f"\\{byte:03o}" for byte in match.group(1).encode("cp037")) + '"'
    source = (ROOT / "tests/machine/cms" / f"{name}.S").read_text()
    text = folder / f"{name}.S"
    text.write_text(re.sub(r"E8\(([^)]*)\)", ebcdic, source))
    program = folder / f"{name}.elf"
    subprocess.run([PREFIX + "g++", "-m31", "-mesa", "-x", "assembler-with-cpp", "-Wa,-march=g5",
                    "-c", text, "-o", folder / f"{name}.o"], check=True)
    subprocess.run([PREFIX + "ld", "-m", "elf_s390", "-N", "-Ttext", "0x20000", "-o", program,
                    folder / f"{name}.o"], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([BUILD / "host/make-module", program, "-o", folder / f"{name.upper()}.MODULE"],
                   check=True)


def slice_volume(source, first, count, target, heads=30):
    """Cylinders of a CKD image as an image of their own, renumbered from 0."""
    volume = source.read_bytes()
    size, = struct.unpack_from("<I", volume, 12)
    result = bytearray(volume[:512])
    for cylinder in range(count):
        for head in range(heads):
            offset = 512 + ((first + cylinder) * heads + head) * size
            track = bytearray(volume[offset:offset + size])
            struct.pack_into(">H", track, 1, cylinder)
            at = 5
            while track[at:at + 8] != b"\xff" * 8:
                where, _, _, key, data = struct.unpack_from(">HHBBH", track, at)
                if where == first + cylinder:
                    struct.pack_into(">H", track, at, cylinder)
                at += 8 + key + data
            result += track
    target.write_bytes(result)


class Session:
    """Hercules with CMS on it, and its console."""

    def __init__(self, block_size=1024):
        self.temporary = tempfile.TemporaryDirectory(prefix="cms-bare-")
        self.folder = pathlib.Path(self.temporary.name)
        for name in ("svctest", "deep", "check", "spin", "leak"):
            assemble(self.folder, name)
        for name, text in EXECS.items():
            (self.folder / f"{name}.EXEC").write_text(text)
        (self.folder / "USER.DIRECT").write_text(DIRECTORY)
        manifest = self.folder / "manifest"
        manifest.write_text(MANIFEST.format(build=BUILD, folder=self.folder,
                                            block_size=block_size))
        subprocess.run([BUILD / "host/make-volumes", manifest, self.folder], check=True)
        slice_volume(self.folder / "CAMRES.ckd", 44, 10, self.folder / "190.ckd")
        slice_volume(self.folder / "CAMRES.ckd", 54, 3, self.folder / "191.ckd")
        (self.folder / "hercules.cnf").write_text(CONFIGURATION)
        self.log = []
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["hercules", "-d", "-f", "hercules.cnf", "EXTERNALGUI"], cwd=self.folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace")
        self.lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        self.wait("HHCAO001I")

    def _read(self, process):
        for line in process.stdout:
            line = line.rstrip()
            if not re.match(r"(SYS|MIPS|SIOS|LOAD|STATUS|DEV[A-Z])=", line):
                self.lines.put(line)

    def panel(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def wait(self, pattern, seconds=15):
        """All lines up to the one that has `pattern`."""
        seen = []
        end = time.monotonic() + seconds
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {pattern!r} within {seconds} s, but {seen[-12:]}")
            self.log.append(line)
            if not line.startswith("HHC") or "disabled" in line.lower():
                seen.append(line)
            if re.search(pattern, line):
                return seen

    def ipl(self):
        self.panel("ipl 190")
        self.wait(r"^Cambridge/370 CMS - ")
        self.wait("HHC1C001A")

    def type(self, line):
        # Hercules shows its prompt a little before it looks for input; what comes
        # between is lost.
        time.sleep(0.15)
        self.panel("/" + line)

    def say(self, line, until=r"^Ready"):
        """Types a line; what CMS answers, up to its ready message."""
        self.type(line)
        answer = self.wait(until)
        self.wait("HHC1C001A")
        return [x for x in answer if not x.startswith("/(")]

    def stop(self):
        self.panel("exit")
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def close(self):
        self.stop()
        self.temporary.cleanup()


def has(answer, pattern):
    assert any(re.search(pattern, line) for line in answer), f"no {pattern!r} in {answer}"


@case
def the_first_line_runs_the_profile(cms):
    cms.ipl()
    has(cms.say(""), r"^PROFILE RUNS$")


@case
def an_unknown_command_is_told_and_gives_minus_3(cms):
    answer = cms.say("nosuch")
    has(answer, r"^UNKNOWN CP/CMS COMMAND$")
    has(answer, r"^Ready\(-0003\); T=0\.00/0\.00 \d\d:\d\d:\d\d$")


@case
def a_module_of_the_system_disk_runs(cms):
    has(cms.say("listfile * exec a"), r"^HELLO +EXEC +A1$")


@case
def a_short_form_of_a_name_finds_its_module(cms):
    has(cms.say("l hello exec"), r"^HELLO +EXEC +A1$")


@case
def svc_202_and_203_keep_their_promises(cms):
    has(cms.say("svctest"), r"^SVCTEST OK$")


@case
def an_exec_calls_modules_and_gives_its_code(cms):
    answer = cms.say("hello world", r"^Ready; ")  # that of the line it stacked
    has(answer, r"^HELLO WORLD$")
    has(answer, r"^SVCTEST OK$")
    has(answer, r"^Ready\(00007\);")


@case
def a_loaded_module_is_started(cms):
    has(cms.say("loadmod svctest"), r"^Ready;")
    answer = cms.say("start")
    has(answer, r"^DMSLIO740I EXECUTION BEGINS\.\.\.$")
    has(answer, r"^SVCTEST OK$")


@case
def an_operation_exception_ends_the_program_only(cms):
    answer = cms.say("check o", r"^CMS$")
    has(answer, r"^DMSITP141T OPERATION EXCEPTION OCCURRED AT 02....? IN ROUTINE CHECK\.$")
    has(cms.say("svctest"), r"^SVCTEST OK$")


@case
def a_program_cannot_store_into_the_nucleus(cms):
    has(cms.say("check p", r"^CMS$"), r"^DMSITP141T PROTECTION EXCEPTION OCCURRED AT 02")


@case
def too_many_nested_calls_end_the_program(cms):
    has(cms.say("deep", r"^CMS$"), r"^DMSITS135S MAXIMUM SVC DEPTH 20 HAS BEEN EXCEEDED")
    has(cms.say("svctest"), r"^SVCTEST OK$")


@case
def an_error_without_an_error_address_ends_the_program(cms):
    has(cms.say("leak", r"^CMS$"), r"^DMSITS122S ERROR IN CALL TO STATE FROM 02")


@case
def hx_ends_a_program_that_loops(cms):
    cms.type("spin")
    time.sleep(1)
    cms.say("hx", r"^CMS$")
    has(cms.say("svctest"), r"^SVCTEST OK$")


@case
def hx_ends_an_exec_that_loops(cms):
    cms.type("forever")
    time.sleep(1)
    cms.say("hx", r"^CMS$")


@case
def subset_keeps_programs_out_of_the_user_area(cms):
    cms.say("subset", r"^CMS SUBSET$")
    has(cms.say("svctest"), r"^INVALID SUBSET COMMAND$")
    has(cms.say("return"), r"^Ready;")


@case
def storage_does_not_leak_from_command_to_command(cms):
    for _ in range(5):
        cms.say("check o", r"^CMS$")
    for _ in range(30):
        cms.say("state hello exec")
    has(cms.say("svctest"), r"^SVCTEST OK$")


@case
def a_second_ipl_finds_the_disk_as_it_was(cms):
    cms.say("rename hello exec a hallo exec a")
    cms.stop()
    check = subprocess.run([BUILD / "host/cmsdisk", "check", f"{cms.folder}/191.ckd:0+3"],
                           capture_output=True, text=True)
    assert check.returncode == 0, check.stdout + check.stderr
    cms.start()
    cms.ipl()
    cms.say("")
    has(cms.say("listfile * exec a"), r"^HALLO +EXEC +A1$")


if __name__ == "__main__":
    run(setup=Session, teardown=Session.close)
