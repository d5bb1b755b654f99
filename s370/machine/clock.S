// The clock and the CPU's identity (clock.h).
        .text

// void machine_stck(u64*)
        .globl  machine_stck
        .type   machine_stck, @function
        .balign 4
machine_stck:
        .insn   s,0xb2050000,0(%r2)
        br      %r14

// void machine_time_loads(u64 two[2]): the clock before and after 10,000 of LR
        .globl  machine_time_loads
        .type   machine_time_loads, @function
        .balign 512                     // in one block of 2K
machine_time_loads:
        .insn   s,0xb2050000,0(%r2)
        la      %r1,100
        balr    %r3,0
        .rept   100
        lr      %r4,%r5
        .endr
        bctr    %r1,%r3
        .insn   s,0xb2050000,8(%r2)
        br      %r14

// void machine_stidp(u64*), 8-byte aligned
        .globl  machine_stidp
        .type   machine_stidp, @function
        .balign 4
machine_stidp:
        .insn   s,0xb2020000,0(%r2)
        br      %r14
