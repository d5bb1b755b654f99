// A program check of the kind that its first argument names: P a protection, else an operation exception.
        .text
        .globl  _start
_start: balr    %r12,0
base:   cli     8(%r1),0xd7
        bne     invalid-base(%r12)
        l       %r3,nucleus-base(%r12)
        mvi     0(%r3),0
invalid: .short 0
        .balign 4
nucleus: .long  0x10000
