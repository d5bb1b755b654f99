"""Builds images for the machine tests: C++ or lowered assembly, at any optimization and page size."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = "tests/machine/toolchain"
PREFIX = "s390x-linux-gnu-"
RULES = "s370/toolchain/rules.mk"


class BuildError(Exception):
    pass


def call(*command):
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise BuildError(" ".join(str(word) for word in command) + "\n" + done.stdout + done.stderr)
    return done.stdout


def prepare():
    """The tools, the runtime and the start of every image; the compiler flags of the rules."""
    global flags
    call("make", "-j2", "-f", RULES, "toolchain", f"build/target/{HERE}/start.o")
    database = call("make", "-f", RULES, "--eval", "show: ; @echo $(TARGET_CXXFLAGS)", "show")
    flags = [word for word in database.split() if not re.fullmatch("-O.", word)]


def compile_to_gcc(source, optimization, output, *more):
    call(PREFIX + "g++", *flags, *more, optimization, "-S", source, "-o", output)


def lower(gcc, output, page_size=4096, coverage=False):
    call("build/host/lower", *["--coverage"] * coverage, "--page-size", page_size, gcc, "-o", output)


def assemble(source, output):
    call(PREFIX + "as", "-m31", "-mesa", "-march=g5", source, "-o", output)


def link(objects, output):
    """Links with start and runtime, audits, and returns the image from address 0 on."""
    call(PREFIX + "ld", "-m", "elf_s390", "--no-warn-rwx-segments", "-T", f"{HERE}/image.ld",
         f"build/target/{HERE}/start.o", *objects, "build/target/libs370rt.a", "-o", output)
    call("build/host/audit", output)
    flat = output.with_suffix(".bin")
    call(PREFIX + "objcopy", "-O", "binary", output, flat)
    return flat.read_bytes()


def build_host(source, output):
    call("g++", "-std=c++20", "-O1", "-fwrapv", "-funsigned-char", "-w", "-I.", source,
         f"{HERE}/samples/host_main.cpp", "-o", output)
    return call(output).split()
