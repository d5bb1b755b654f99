// Storage keys (key.h).
        .text

// void machine_ssk(u32 key, u32 address)
        .globl  machine_ssk
        .type   machine_ssk, @function
        .balign 4
machine_ssk:
        srl     %r3,11                  // SSK wants bits 28-31 zero
        sll     %r3,11
        .insn   rr,0x0800,%r2,%r3
        br      %r14

// u32 machine_isk(u32 address)
        .globl  machine_isk
        .type   machine_isk, @function
        .balign 4
machine_isk:
        lr      %r1,%r2
        srl     %r1,11
        sll     %r1,11
        slr     %r2,%r2
        .insn   rr,0x0900,%r2,%r1
        br      %r14

// u32 machine_rrb(u32 address)
        .globl  machine_rrb
        .type   machine_rrb, @function
        .balign 4
machine_rrb:
        lr      %r1,%r2
        .insn   s,0xb2130000,0(%r1)
        balr    %r2,0
        sll     %r2,2
        srl     %r2,30
        br      %r14
