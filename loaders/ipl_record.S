// What IPL reads to location 0 from record 1 of cylinder 0: a BC PSW, and the
// channel command that reads the bootstrap from record 2 (nucleus.h).
        .text
        .globl  _start
        .type   _start, @object
        .size   _start, 24
_start: .long   0x00000000, 0x00000800          // PSW: disabled, at the bootstrap
        .long   0x06000800, 0x20000000 + 800    // CCW 1: read data, whatever its length
        .long   0, 0
