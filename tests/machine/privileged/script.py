"""One script of a deck: the steps of a case, as script_engine.S runs them."""
import sys

SLOT, REGISTERS, CONTROL, LEFT, LEFT_CONTROL = 0x3000, 0x300, 0x340, 0x380, 0x3C0
DATA, PROGRAM, SENSE = 0x5000, 0x4000, 0x4800
CSW, CAW = 0x40, 0x48
BC, EC, DAT = 0, 0x00080000, 0x04080000
TRANSLATING = 0x00800000, 0x6000        # control registers 0 and 1 for the engine's own tables
EXTERNAL_NEW, SVC_NEW, PROGRAM_NEW, IO_NEW, RESTART_NEW = 0x58, 0x60, 0x68, 0x78, 0x00
HANDLER = 0x4400
DONE = "0AFF"

scripts = []


class Script:
    """One case; each method adds a step."""

    def __init__(self, name):
        self.name, self.bytes = name, bytearray()
        scripts.append(self)

    def step(self, operation, second=0, half=0, *words, data=b""):
        self.bytes += bytes([operation, second]) + half.to_bytes(2, "big")
        for word in words:
            self.bytes += (word & 0xFFFFFFFF).to_bytes(4, "big")
        self.bytes += data + bytes(-len(data) % 4)
        return self

    def put(self, address, data):
        if isinstance(data, str):
            data = bytes.fromhex(data.replace(" ", ""))
        return self.step(1, 0, len(data), address, data=data)

    def words(self, address, *values):
        return self.put(address, b"".join((v & 0xFFFFFFFF).to_bytes(4, "big") for v in values))

    def run(self, code=None, psw=0, low=SLOT):
        """Runs `code`, which is followed by an SVC; shows the interruption that ended it."""
        if code is not None:
            self.put(SLOT, code + DONE)
        return self.step(2, 0, 0, psw, low)

    def quietly(self, code, psw=0):
        """The same where the old PSW's address is not known."""
        return self.put(SLOT, code + DONE).step(2, 1, 0, psw, SLOT)

    def show(self, address, length):
        return self.step(3, 0, length, address)

    def wait(self, psw, microseconds=30000, low=SLOT):
        return self.step(4, 0, 0, psw, low, microseconds)

    def gather(self, psw=0xFF020000, microseconds=300000):
        return self.step(5, 0, 0, psw, SLOT, microseconds)

    def run_until_pending(self, device, instruction="9C00"):
        """Starts what the CAW says; the channel then has an interruption."""
        return self.register(3, SLOT).run(f"{io(instruction, device)} {io(TCH, device)} 47B03004")

    def run_until_idle(self, device):
        """TIO until the device does not work any more."""
        return self.register(3, SLOT).run(f"{io(TIO, device)} 47203000")

    def elapsed(self, address):
        return self.step(12, 0, 0, address)

    def settle(self, device):
        return self.step(6, 0, device)

    def key(self, block, key):
        return self.step(7, 0, 0, block | key)

    def show_key(self, block):
        return self.step(8, 0, 0, block)

    def clock(self, address, microseconds):
        return self.step(9, 0, 0, address, microseconds)

    def digest(self, address, length):
        return self.step(10, 0, length, address)

    def fill(self, address, length, byte=0):
        return self.step(11, byte, length, address)

    def register(self, number, *values):
        return self.words(REGISTERS + 4 * number, *values)

    def control(self, number, *values):
        return self.words(CONTROL + 4 * number, *values)


READER, PUNCH, PRINTER, CONSOLE, DISK = 0x00C, 0x00D, 0x00E, 0x009, 0x191
SIO, SIOF, TIO, CLRIO, HIO, HDV, TCH = "9C00", "9C01", "9D00", "9D01", "9E00", "9E01", "9F00"
CD, CC, SLI, SKIP, PCI, IDA = 0x80, 0x40, 0x20, 0x10, 0x08, 0x04


def io(instruction, device):
    return f"{instruction}0{device:03X}"


def ccw(command, address=DATA, flags=0, count=80, fifth=0):
    return bytes([command]) + address.to_bytes(3, "big") + bytes([flags, fifth]) + count.to_bytes(2, "big")
COMPARATOR, CPU_TIMER, INTERVAL_TIMER = 0x800, 0x400, 0x80
CALL, EMERGENCY = 0x2000, 0x4000
NEVER = bytes([0xFF] * 8)
EXTERNAL_CODE = {0x01000000: 0x1A, 0x01080000: 0x86}    # where its two bytes are


def channel_program(name, device, *ccws, caw=PROGRAM, instruction=SIO, data=None, sense=True, keys=(0, 0)):
    s = Script(name)
    s.key(DATA, 0).key(PROGRAM, 0).settle(device).fill(DATA, 256, 0xEE)
    if data is not None:
        s.put(DATA, data)
    s.put(PROGRAM, b"".join(ccws)).words(CAW, caw).fill(CSW, 8, 0xEE).key(DATA, keys[0]).key(PROGRAM, keys[1])
    s.run(io(instruction, device)).show(CSW, 8)
    s.gather()
    s.run(io(TIO, device)).show(CSW, 8)
    s.digest(DATA, 256).show(DATA, 8)
    if sense and not any(c[4] & PCI for c in ccws):
        s.settle(device).put(SENSE, ccw(4, SENSE + 8, SLI, 24)).fill(SENSE + 8, 32, 0xEE).words(CAW, SENSE).fill(CSW, 8, 0xEE)
        s.run(io(SIO, device)).gather().show(SENSE + 8, 24)
    if device == PRINTER:   # the engine prints there too: on a line of its own
        s.put(PROGRAM, ccw(0x0B, flags=SLI, count=1)).words(CAW, PROGRAM).step(2, 0, 0, 0, SLOT)
        s.settle(device)
    return s


def reached(device, name, commands, texts=80):
    """What a channel program can do wrong, with each of the device's commands that move data."""
    for command in commands:
        n = f"{name} {command:02X}"
        channel_program(f"{n} plain", device, ccw(command, count=texts))
        channel_program(f"{n} short", device, ccw(command, count=10))
        channel_program(f"{n} short SLI", device, ccw(command, flags=SLI, count=10))
        if device != CONSOLE:   # whose lines may be longer than those of the machine at hand
            channel_program(f"{n} long", device, ccw(command, count=200))
            channel_program(f"{n} long SLI", device, ccw(command, flags=SLI, count=200))
        channel_program(f"{n} count 0", device, ccw(command, count=0))
        channel_program(f"{n} skip", device, ccw(command, flags=SKIP | SLI, count=80))
        channel_program(f"{n} PCI", device, ccw(command, flags=PCI | SLI))
        channel_program(f"{n} bad flag 1", device, ccw(command, flags=0x01 | SLI))
        channel_program(f"{n} bad flag 2", device, ccw(command, flags=0x02 | SLI))
        channel_program(f"{n} beyond storage", device, ccw(command, address=0xF00000, flags=SLI))
        channel_program(f"{n} into the end of storage", device, ccw(command, address=0xFFFFF0, flags=SLI))
        channel_program(f"{n} across pages", device, ccw(command, address=0x4FF0, flags=SLI))
        channel_program(f"{n} chained twice", device, ccw(command, flags=CC | SLI), ccw(command, flags=SLI))
        channel_program(f"{n} chained to NOP", device, ccw(command, flags=CC | SLI), ccw(3, flags=SLI, count=1))
        channel_program(f"{n} length error ends the chain", device, ccw(command, flags=CC, count=10),
                        ccw(command, flags=SLI, count=20))
        channel_program(f"{n} data chain", device, ccw(command, flags=CD, count=20),
                        ccw(0, DATA + 100, flags=SLI, count=60))
        channel_program(f"{n} data chain with TIC", device, ccw(command, flags=CD, count=20),
                        ccw(8, PROGRAM + 24), ccw(0), ccw(0, DATA + 100, flags=SLI, count=60))
        channel_program(f"{n} data chain to count 0", device, ccw(command, flags=CD, count=20),
                        ccw(0, DATA + 100, flags=SLI, count=0))
        channel_program(f"{n} data chain beyond storage", device, ccw(command, flags=CD, count=20),
                        ccw(0, 0xF00000, flags=SLI, count=60))
        channel_program(f"{n} data chain short", device, ccw(command, flags=CD, count=20),
                        ccw(0, DATA + 100, flags=0, count=10))
        channel_program(f"{n} data chain long", device, ccw(command, flags=CD, count=20),
                        ccw(0, DATA + 100, flags=0, count=120))
        channel_program(f"{n} chained to bad command", device, ccw(command, flags=CC | SLI),
                        ccw(0, flags=SLI))
        channel_program(f"{n} chained to rejected command", device, ccw(command, flags=CC | SLI),
                        ccw(0x7F, flags=SLI))
        channel_program(f"{n} key 5 in CAW, block key 0", device, ccw(command, flags=SLI), caw=PROGRAM | 0x50000000)
        for key in (0x50, 0x58, 0x70, 0x78):
            channel_program(f"{n} key 5 in CAW, data key {key:02X}", device, ccw(command, flags=SLI),
                            caw=PROGRAM | 0x50000000, keys=(key, 0x50))
            channel_program(f"{n} key 5 in CAW, program key {key:02X}", device, ccw(command, flags=SLI),
                            caw=PROGRAM | 0x50000000, keys=(0x50, key))
        channel_program(f"{n} IDA", device, ccw(command, PROGRAM + 64, IDA | SLI, 80), bytes(56),
                        (0x57F0).to_bytes(4, "big") + (0x5800).to_bytes(4, "big"))
        channel_program(f"{n} IDA second misaligned", device, ccw(command, PROGRAM + 64, IDA | SLI, 80), bytes(56),
                        (0x57F0).to_bytes(4, "big") + (0x5810).to_bytes(4, "big"))
        channel_program(f"{n} IDA list misaligned", device, ccw(command, PROGRAM + 66, IDA | SLI, 80), bytes(56),
                        (0x57F0).to_bytes(4, "big") + (0x5800).to_bytes(4, "big"))
        channel_program(f"{n} IDA beyond storage", device, ccw(command, PROGRAM + 64, IDA | SLI, 80), bytes(56),
                        (0x57F0).to_bytes(4, "big") + (0xF05800).to_bytes(4, "big"))
        channel_program(f"{n} IDA over 16M", device, ccw(command, PROGRAM + 64, IDA | SLI, 80), bytes(56),
                        (0x010057F0).to_bytes(4, "big") + (0x01005800).to_bytes(4, "big"))


def main(make):
    """A program of two arguments, the table and the names of what `make` adds to `scripts`."""
    make()
    write(*sys.argv[1:3])
    print(f"{len(scripts)} scripts")


def write(table, text):
    Script("the end").show(CAW, 1)      # one short line, so that all is printed when it is
    with open(table, "w") as f, open(text, "w") as names:
        for number, script in enumerate(scripts):
            data = number.to_bytes(4, "big") + bytes(script.bytes) + bytes(4)
            words = [int.from_bytes(data[i:i + 4], "big") for i in range(0, len(data), 4)]
            for i in range(0, len(words), 8):
                f.write("\t.long\t" + ", ".join(f"0x{w:08x}" for w in words[i:i + 8]) + "\n")
            names.write(f"{number:04X} {script.name}\n")
