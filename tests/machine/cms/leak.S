// An error that nobody takes: message 122S.
        .text
        .globl  _start
_start: balr    %r12,0
base:   la      %r1,state-base(%r12)
        svc     202
        .short  0x07fe
        .balign 8
state:  .ascii  E8(STATE   NOSUCH  FILE    *       )
        .long   -1,-1
