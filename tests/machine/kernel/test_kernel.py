#!/usr/bin/env python3
"""The kernel of CP on Hercules: IPLed from cards and from a disk; its end with a dump.

Needs `make kernel-tests loaders dasd-programs`.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
from tests.harness import bare

BUILD = ROOT / os.environ.get("BUILD", "build")
HOST = ROOT / "build" / "host"

MANIFEST = """\
bootstrap {build}/target/ipl_record.bin {build}/target/ipl_dasd.bin
volume {volume} 3350 50
area nucleus 1 3
area directory 4 1
area directory 5 1
area dump 6 35
area warm 41 1
area checkpoint 42 1
area error 43 1
owned {volume}
nucleus {image}
"""


class KernelTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="kernel-test-")
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def disk(self, volume, image):
        manifest = self.path / "manifest"
        manifest.write_text(MANIFEST.format(build=BUILD, volume=volume, image=image))
        subprocess.run([HOST / "make-volumes", manifest, self.path], check=True, cwd=ROOT)
        return self.path / f"{volume}.ckd"

    def ipl(self, device, deck="", disk=None, seconds=30, processors=1, restart_at=None):
        """IPLs; what Hercules logged until the CPU stopped in a disabled wait. At a line that
        has `restart_at` in it the restart key is pressed."""
        devices = []
        if deck:
            devices.append(f"000C 3505 {deck} ebcdic")
        if disk:
            devices.append(f"0350 3350 {disk}")

        pressed = []

        def answer(line):
            if restart_at and restart_at in line and not pressed:
                pressed.append(line)
                return ["restart"]

        return "\n".join(bare.ipl(self.path, device, devices, seconds, processors, answer=answer))

    def check_results(self, log):
        summary = re.search(r"^(\d+) passed, (\d+) failed", log, re.M)
        self.assertTrue(summary, log[-2000:])
        self.assertEqual(summary[2], "0", log[-2000:])
        self.assertGreater(int(summary[1]), 10)

    def test_guests_run_after_ipl_from_cards(self):
        self.check_results(self.ipl("00C", deck=BUILD / "target" / "kernel_test.deck"))

    def test_guests_run_after_ipl_from_a_disk(self):
        disk = self.disk("KRNTST", BUILD / "target" / "kernel_test.elf")
        log = self.ipl("350", disk=disk)
        self.check_results(log)
        self.assertIn("SYSTEM KRNTST", log)

    def test_a_failure_of_cp_is_dumped(self):
        image = BUILD / "target" / "abend_test.elf"
        disk = self.disk("ABDTST", image)
        log = self.ipl("350", disk=disk)
        self.assertIn("DMKDMP908I SYSTEM FAILURE, CODE - PRG001", log)
        self.assertIn("DMKDMP909I SYSTEM DUMP COMPLETE", log)
        dump = subprocess.run([HOST / "dump-print", disk, image, "0", "20"], check=True,
                              capture_output=True, text=True).stdout
        self.assertIn("CP FAILED WITH PRG001", dump)
        self.assertIn("fail_deliberately", dump)
        self.assertRegex(dump, r"PSW    00082000 00F0000\d  interruption code 0001")
        self.assertRegex(dump, r"SIO +000350")

    def test_the_restart_key_dumps_the_processor_that_cp_runs_on(self):
        image = BUILD / "target" / "kernel_test.elf"
        disk = self.disk("RSTTST", image)
        log = self.ipl("350", disk=disk, processors=2, restart_at="KERNEL TEST")
        self.assertIn("DMKDMP908I SYSTEM FAILURE, CODE - PSA002", log)
        dump = subprocess.run([HOST / "dump-print", disk, image, "0", "20"], check=True,
                              capture_output=True, text=True).stdout
        self.assertIn("CP FAILED WITH PSA002", dump)
        # EC mode and CP's control registers: the processor whose key it was has neither.
        self.assertRegex(dump, r"PSW    0[07]0[8D]")
        self.assertRegex(dump, r"CR   0- 3  00800C00")
        self.assertIn("cp::dispatch()", dump)

    def test_a_disk_without_a_dump_is_refused(self):
        disk = self.disk("NODUMP", BUILD / "target" / "abend_test.elf")
        result = subprocess.run([HOST / "dump-print", disk, BUILD / "target" / "abend_test.elf"],
                                capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("holds no dump", result.stderr)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(failed != 0)
