"""The host's view of a system's minidisks, through cmsdisk; the system is down."""
import os
import subprocess
import tempfile

from tests.harness.system import ROOT

CMSDISK = os.path.join(ROOT, "build", "host", "cmsdisk")


def cmsdisk(*arguments, check=True):
    result = subprocess.run([CMSDISK, *arguments], capture_output=True, timeout=60)
    if check and result.returncode != 0:
        raise AssertionError(f"cmsdisk {' '.join(arguments)}: "
                             f"{(result.stdout + result.stderr).decode(errors='replace').strip()}")
    return result


def names(disks, userid, address):
    """`NAME TYPE` of every file."""
    heading, *lines = cmsdisk("ls", disks, userid, address).stdout.decode().splitlines()
    return [" ".join(line.split()[:2]) for line in lines]


def get(disks, userid, address, file, binary=False):
    out = cmsdisk("get", disks, userid, address, file, "-", *(["--binary"] if binary else [])).stdout
    return out if binary else out.decode()


def put(disks, userid, address, file, content, *options):
    with tempfile.NamedTemporaryFile() as source:
        source.write(content if isinstance(content, bytes) else content.encode())
        source.flush()
        cmsdisk("put", disks, userid, address, source.name, file, *options)


def check(disks, userid, address):
    cmsdisk("check", disks, userid, address)
