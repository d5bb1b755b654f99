// Loops, enabled, till HX.
        .text
        .globl  _start
_start: balr    %r12,0
base:   b       base-base(%r12)
