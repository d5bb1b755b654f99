// A window of the terminal: xterm.js shows what the program at the other end of the
// WebSocket shows, and sends what is typed or chosen from the key bar.
"use strict";

// What the bar's keys send: the terminal's own keys (Ctrl-] h lists them).
const ESC = "\x1b";
const programFunction = (n) => {
    const shift = n > 12 ? ";2" : "", key = (n - 1) % 12 + 1;
    if (key <= 4) return shift ? `${ESC}[1${shift}${"PQRS"[key - 1]}` : `${ESC}O${"PQRS"[key - 1]}`;
    return `${ESC}[${[15, 17, 18, 19, 20, 21, 23, 24][key - 5]}${shift}~`;
};
const keys = [
    ...Array.from({ length: 24 }, (_, i) => [`PF${i + 1}`, programFunction(i + 1)]),
    ["PA1", ESC + "1"], ["PA2", ESC + "2"], ["PA3", ESC + "3"],
    ["Clear", ESC + "c"], ["Enter", "\r"], ["Reset", ESC + "r"],
    ["Attn", ESC + "a"], ["SysReq", ESC + "s"],
    ["Erase EOF", ESC + "f"], ["Erase Input", ESC + "i"], ["Insert", ESC + " "],
    ["Dup", ESC + "d"], ["Field Mark", ESC + "m"], ["Cursor Select", ESC + "k"],
    ["Help", ESC + "h"],
];

const terminal = new Terminal({
    cursorBlink: true, scrollback: 0, fontFamily: "monospace", fontSize: 16,
    theme: { blue: "#7890f0", red: "#f05050", magenta: "#f080c0", green: "#30e030",
             cyan: "#40e0d0", yellow: "#f0f040", white: "#f0f0f0" },
});
const fit = new FitAddon.FitAddon();
terminal.loadAddon(fit);
terminal.open(document.getElementById("screen"));

let socket;
const isOpen = () => socket.readyState === WebSocket.OPEN;
const send = (text) => isOpen() && socket.send(new TextEncoder().encode(text));
const sendBytes = (text) => isOpen() && socket.send(Uint8Array.from(text, (c) => c.charCodeAt(0)));
const sendSize = () => isOpen() && socket.send(`${terminal.cols}x${terminal.rows}`);

function connect() {
    document.getElementById("ended").hidden = true;
    terminal.reset();
    socket = new WebSocket(`ws://${location.host}/terminal`);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => { fit.fit(); sendSize(); terminal.focus(); };
    socket.onmessage = (message) => terminal.write(new Uint8Array(message.data));
    socket.onclose = () => { document.getElementById("ended").hidden = false; };
}

for (const [label, sequence] of keys) {
    const button = document.createElement("button");
    button.textContent = label;
    button.onmousedown = (event) => event.preventDefault(); // the screen keeps the focus
    button.onclick = () => send(sequence);
    document.getElementById("keys").append(button);
}
document.getElementById("again").onclick = connect;
terminal.onData(send);
terminal.onBinary(sendBytes);
terminal.onResize(sendSize);
new ResizeObserver(() => fit.fit()).observe(document.getElementById("screen"));
connect();
