// The clock and the CPU's identity (clock.h).
        .text

// void machine_stck(u64*)
        .globl  machine_stck
        .type   machine_stck, @function
        .balign 4
machine_stck:
        .insn   s,0xb2050000,0(%r2)
        br      %r14

// void machine_stidp(u64*), 8-byte aligned
        .globl  machine_stidp
        .type   machine_stidp, @function
        .balign 4
machine_stidp:
        .insn   s,0xb2020000,0(%r2)
        br      %r14
