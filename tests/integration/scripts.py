#!/usr/bin/env python3
"""The same actions to s3270 and to term370 --headless: equal answers, and equal bytes to the host.

A small host in this process plays screens and both forms of file transfer to them.
"""
import os
import random
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
from tests.harness.cases import case, run
from tests.terminal.compare_s3270 import OURS, THEIRS, Client, untimed


def ebcdic(text):
    return text.encode("cp037")


SCREEN = (
    b"\xf5\xc3\x11\x40\x40\x1d\x60" + ebcdic('PROT <&> "quoted"') + b"\x1d\x40" + ebcdic("unprot") +
    b"\x1d\xc8" + ebcdic("intens") + b"\x1d\xe8" + ebcdic("pintens") + b"\x1d\x4c" + ebcdic("hidden") +
    b"\x11\xc1\x50\x29\x03\xc0\x40\x42\xf5\x41\xf4" + ebcdic("turq under") +
    b"\x29\x03\xc0\x40\x42\xf6\x41\xf1" + ebcdic("yel blink") +
    b"\x29\x03\xc0\x40\x45\xf3\x42\xf7" + ebcdic("white on pink") + b"\x29\x02\xc0\x40\x41\xf8" +
    ebcdic("intensify") + b"\x11\xc2\x60\x29\x02\xc0\x60\x42\xf1" + ebcdic("a") + b"\x28\x42\xf4" +
    ebcdic("green") + b"\x28\x00\x00" + ebcdic("norm") + b"\x08\xad\x08\xc5\x28\x42\xfa" +
    ebcdic("orange") + b"\x11\xc3\xf0\x13\x1d\x40")

READING = """PrintText(string) PrintText(html,string) PrintText(html,caption,foo,string) PrintText(modi,string)
PrintText(foo,bar) PrintText(file) PrintText(file,/none/x) ReadBuffer(Ascii) ReadBuffer(Ebcdic)
ReadBuffer(Unicode) ReadBuffer(Ascii,Field) ReadBuffer(foo) Ascii() Ascii(5) Ascii(0,1,5) Ascii(0,0,2,9)
Ascii(1,2) Ascii(0,0,99,99) Ascii(1,2,3,4,5) Ascii1(0,1,5) Ascii1(1,1,5) Ascii1(1,1,2,9) AsciiField()
Ebcdic() Ebcdic(0,1,5) Ebcdic1(1,1,2,9) EbcdicField() Snap(Ascii) Snap(Status) Snap(foo) Snap() Snap(Ascii)
Snap(Ascii,0,1,5) Snap(Rows) Snap(Cols) Snap(Status) Snap(ReadBuffer,Ebcdic) Query(Cursor) Query(Cursor1)
Query(Formatted) Query(ScreenCurSize) Query(ScreenMaxSize) Query(ScreenSizeCurrent) Query(ScreenSizeMax)
Query(Model) Query(TerminalName) Query(ConnectionState) Query(CodePage) Query(Foo) Query(a,b)
Query(cur) Query(cursor) query(form) Query(Ssl) Query(Proxy) Query(tel) Query(Screentr) ReadBuffer(e) ReadBuffer(u,f)""".split()

WRONG = ["Foo()", "PF(30)", "PF()", "PF(x)", "PA(4)", "Enter(1)", "MoveCursor()", "MoveCursor(1,2,3)",
         "MoveCursor(99,99)", "MoveCursor1(0,0)", "Wait(foo)", "Wait(x,y)", "Wait(seconds)",
         "Wait(0.1,Output)", "Wait(0.1,Disconnect)", "Wait(0.1,NVTMode)", "Wait(1,InputField)",
         "Wait(Unlock)", "Wait(0.1,Seconds)", 'Query("Formatted"', "Query(Formatted)x", "(x)",
         "Query(Formatted),Query(Formatted)", " Query( Formatted )", "query(formatted)",
         "Query Formatted", 'String "a" "b', "MoveCursor(1,", "HexString(zz)", "HexString(c)",
         "Key(nosuch)", "Macro(x)", "Expect(x)", "Source(/none)", "Script()", "Reconnect()",
         "Connect(x)", "Toggle(nosuch)", "Set(nosuch)", "Set(aidWait)", "Set(aidWait,foo)",
         "Set(aidWait,false)", "Set(aidWait)", "Toggle(aidWait)", "Set(ftBufferSize)",
         "Trace(foo)", "Abort()", "Set(model,3279-3)", "Set(oversize,100x50)", "Set(codePage,foo)",
         "Set(verifyHostCert,foo)", "Set(caFile,/none)", "Set(termName,IBM-FOO)", "Capabilities()", "Capabilities(foo)", "Query(TelnetMyOptions)",
         "Query(TelnetHostOptions)", "Query(Tn3270eOptions)"]

TYPING = ["MoveCursor(0,2)", "String(x)", "Reset()", "MoveCursor(0,20)", 'String("ab")', "HexString(4142)",
          "PasteString(41420a43)", "Key(q)", "Key(Q,1)", "Key(exclam)", "CircumNot()", "Home()", "Tab()",
          "Tab()", "BackTab()", "Newline()", "Down()", "Up()", "Left()", "Right()", "Left2()", "Right2()",
          'String("\\e00c1\\x0042")', "EraseEOF()", "Insert()", 'String("ins")', "Reset()", "Delete()",
          "Erase()", "BackSpace()", "DeleteField()", "Dup()", "FieldMark()", "Reset()", "EraseInput()",
          "FieldEnd()", "NextWord()", "PreviousWord()", "DeleteWord()", "ToggleInsert()", "Ascii()",
          "ReadBuffer(Ebcdic)", "Bell()", "Info(x)", "KeyboardDisable()",
          # into a protected field, and again while the keyboard is locked by that
          "MoveCursor(0,2)", "String(xy)", "String(xy)", "Reset()", "Key(x)", "Reset()",
          "HexString(4141)", "Reset()", 'String("x\\ny")', "Reset()"]

UNCONNECTED = ["Wait(1,Output)", "Wait()", "Enter()", "PF(1)", "String(x)", "Tab()", "Transfer(a)", "Attn()",
               "Reset()", "MoveCursor(1,1)", "Ascii(0,0,1,9)", "Query(ConnectionState)", "Query(Host)",
               "Interrupt()", "Query(ConnectTime)", "Query(Tn3270eOptions)", "Set(model,3279-5-E)",
               "Query(ScreenSizeMax)", "Set(model,foo)", "Set(termName,IBM-FOO)", "Query(TerminalName)",
               "Set(termName,)", "Query(TerminalName)", "Set(codePage,cp273)", "Query(CodePage)",
               "Set(reconnect)", "Toggle(reconnect)", "Set(reconnect)", "Set(reconnect,false)",
               "Set(scriptPort)", "Set(scriptPort,)", "Toggle(verifyHostCert,off)", "Set(verifyHostCert)", "Set(verifyHostCert,foo)"]


def two(screen=SCREEN, model="3279-2-E"):
    pair = [Client(program, model) for program in (THEIRS, OURS)]
    for client in pair:
        client.send(screen)
        client.replies()
    return pair


def close(pair):
    for client in pair:
        client.close()


def equal_answers(pair, actions):
    for action in actions:
        theirs, ours = (client.ask(action) for client in pair)
        theirs[-2:-1], ours[-2:-1] = map(untimed, theirs[-2:-1]), map(untimed, ours[-2:-1])
        assert ours == theirs, f"{action}\n  s3270   {theirs}\n  term370 {ours}"


@case
def the_screen_is_read_alike(_):
    """Ascii, Ebcdic, ReadBuffer, Snap, Query and PrintText"""
    pair = two()
    equal_answers(pair, READING)
    close(pair)


@case
def screens_without_fields_or_colours_are_read_alike(_):
    """what asks for a field, and PrintText of a 3278"""
    pair = two(b"\xf5\xc2" + ebcdic("no field"))
    equal_answers(pair, ["AsciiField()", "EbcdicField()", "ReadBuffer(Field)", "PrintText(html,string)"])
    close(pair)
    pair = two(b"\xf5\xc2\x1d\xe8\x1d\xc1" + ebcdic("high") + b"\x13\x1d\xf0", "3278-2-E")
    equal_answers(pair, ["PrintText(html,string)", "Home()", "PrintText(html,string)", "Tab()", "AsciiField()", "Up()", "AsciiField()"])
    close(pair)


@case
def mistakes_are_called_alike(_):
    """wrong names, arguments and syntax, and conditions that never come"""
    pair = two()
    equal_answers(pair, WRONG)
    close(pair)


@case
def keys_do_alike(_):
    """String, HexString, PasteString, Key and the keys that have a name"""
    pair = two()
    equal_answers(pair, TYPING)
    for client in pair:
        client.tell("Disconnect()")
        client.answer()
    equal_answers(pair, UNCONNECTED)
    close(pair)


# --- file transfer ---

PROMPT = b"\xf5\xc3\x11\x40\x40\x1d\x40\x13\x11\xc5\x40\x1d\x60"
OPEN = bytes.fromhex("0023d000120106010104030a0a000000001101010050055203f00309")
GET, CLOSE = bytes.fromhex("000fd0451101050006000905010300") + bytes.fromhex("0009d0461101040080"), \
    bytes.fromhex("0005d04112")
INSERT = bytes.fromhex("000ad047110105008000")


def data(content):
    return INSERT + (len(content) + 10).to_bytes(2, "big") + bytes.fromhex("d04704c08061") + \
        (len(content) + 5).to_bytes(2, "big") + content


class Transfers:
    """A transfer of each terminal in its own folder, step by step with the same host."""

    def __init__(self, options, content=None):
        self.folders = [tempfile.mkdtemp() for _ in range(2)]
        self.pair = two(PROMPT)
        for folder, client in zip(self.folders, self.pair):
            if content is not None:
                with open(os.path.join(folder, "f"), "wb") as f:
                    f.write(content)
            client.tell(f'Transfer({options},"HostFile=a b c",LocalFile={folder}/f)')
        self.step(None)

    def step(self, record):
        """What both sent, which is equal."""
        answers = []
        for client in self.pair:
            if record is not None:
                client.send(record)
            records = client.replies()
            for _ in range(100):
                if records:
                    break
                records = client.replies()
            answers.append([r.hex() for r in records])
        assert answers[0] == answers[1], f"{record and record[:40].hex()}\n  s3270   {answers[0]}\n" \
                                         f"  term370 {answers[1]}"
        return answers[0]

    def structured(self, *fields):
        return self.step(b"\xf3" + b"".join(fields))

    def end(self):
        for client in self.pair:
            client.send(b"\xf1\xc3")
            client.replies()
            client.answer()
            client.close()
        files = []
        for folder in self.folders:
            with open(os.path.join(folder, "f"), "rb") as f:
                files.append(f.read())
            shutil.rmtree(folder)
        at = next((i for i, pair in enumerate(zip(*files)) if pair[0] != pair[1]), min(map(len, files)))
        assert files[0] == files[1], [f[max(0, at - 8):at + 8] for f in files]
        return files[0]


ODD = ("äöü ß µ ÿ \u0080\u009f \x01\x7f\x00 € ^[]|¬¦ tab\t cr\r\nlf\n" * 3).encode() + b"\xff\xc3( bad\n"


@case
def dft_is_equal_to_the_byte(_):
    """send and receive, text and binary, small buffers, as s3270 does"""
    for options in ("Direction=send,Host=vm", "Direction=send,Host=tso,Mode=binary,Recfm=fixed,Lrecl=80",
                    "Direction=send,Host=vm,Cr=keep,BufferSize=256", "Direction=send,Host=cics,Remap=no"):
        transfer = Transfers(options, ODD + random.Random(1).randbytes(300 if "binary" in options else 0))
        transfer.structured(OPEN, b"FT:DATA")
        for _ in range(6):
            transfer.structured(GET)
        transfer.step(b"\xf6")
        transfer.structured(CLOSE)
        transfer.structured(OPEN, b"FT:MSG ")
        transfer.structured(data(b"TRANS03   File transfer complete$"))
        transfer.end()
    for options in ("Host=vm", "Mode=binary", "Host=vm,Cr=keep", "Host=tso,Remap=no"):
        transfer = Transfers("Direction=receive," + options)
        transfer.structured(OPEN, b"FT:DATA")
        transfer.structured(data(bytes(range(256)) + b"\r\nline\r\n"))
        transfer.structured(data(b"more\x1a"))
        transfer.structured(CLOSE)
        transfer.structured(OPEN, b"FT:MSG ")
        transfer.structured(data(b"TRANS03   File transfer complete$"))
        transfer.end()


def address(at):
    return bytes([0x40 | at >> 6 if (at >> 6) & 15 == 0 or (at >> 6) & 15 > 9 else 0xC0 | at >> 6,
                  0x40 | at & 63 if at & 15 == 0 or at & 15 > 9 else 0xC0 | at & 63])


def frame(cells, field=None):
    stream = b"\xf5\xc3\x11\x40\x40" + cells
    if field is not None:
        stream += b"\x11" + address(field) + b"\x1d\xc1"
    return stream + b"\x11\x5d\x7f\x1d\x7c"


@case
def cut_is_equal_to_the_byte(_):
    """frames in both directions, and the ways in which they end"""
    content = bytes(range(256)) * 4
    for options in ("Direction=send,Host=vm,Mode=binary", "Direction=send,Host=vm"):
        transfer = Transfers(options, content if "binary" in options else "plain äöü\nlines\n".encode())
        transfer.step(frame(b"\xc3\x81\x81\x81"))
        for sequence in (b"\x82", b"\x83", b"\x84"):
            transfer.step(frame(b"\xc2\x1d\xc1\x40" + sequence, None))
        transfer.step(frame(b"\xc3\x85\x81\x89"))
        transfer.end()
    transfer = Transfers("Direction=receive,Host=vm,Mode=binary")
    transfer.step(frame(b"\xc3\x81\x81\x81"))
    letters = b"\x5e\xc1\xc2\x7e\xc1\x5c\xc1\xc2\x7d\xc1"
    transfer.step(frame(b"\xc1\x82\x81\x81" + b"\x92" + letters, 1914))
    transfer.step(frame(b"\xc3\x83\x81\x94" + ebcdic("TRANS14   Error reading file$")))
    transfer.end()


if __name__ == "__main__":
    if not shutil.which(THEIRS[0]):
        print("s3270 is not installed\n0 passed, 0 failed")
        sys.exit(0)
    run(object)
