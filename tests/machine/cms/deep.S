// Calls itself until the nucleus has had enough: message 135S.
        .text
        .globl  _start
_start: balr    %r12,0
base:   la      %r1,deep-base(%r12)
        svc     202
        .long   1
        b       base-base(%r12)
        .balign 8
deep:   .ascii  E8(DEEP    )
        .long   -1,-1
