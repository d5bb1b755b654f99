// How a MODULE of ours begins: the nucleus comes here with the parameter list in
// register 1 (and its call type in byte 0), the extended one in register 0, its
// save area in 13, the return address in 14 and this address in 15. C++ needs a
// stack, which is taken from free storage and given back.
        .set    stack_bytes, 24576
        .section .text.entry,"ax",@progbits
        .globl  module_entry
        .type   module_entry, @function
module_entry:
        stm     %r14,%r12,12(%r13)
        balr    %r11,0
base:   lr      %r10,%r1
        lr      %r9,%r0
        la      %r0,stack_bytes/8
        svc     203
        .type   free_code, @object
free_code:
        .short  -0x1E04                 // DMSFREE TYPE=USER,ERR=*
        .size   free_code, .-free_code
        .type   have_stack, @function
have_stack:
        ltr     %r15,%r15
        la      %r8,104                 // return code when there is no storage
        bc      7,leave-base(%r11)
        lr      %r7,%r1
        lr      %r15,%r1
        a       %r15,stack_top-base(%r11)
        lr      %r2,%r10
        lr      %r3,%r9
        l       %r1,start-base(%r11)
        balr    %r14,%r1
        lr      %r8,%r2
        la      %r0,stack_bytes/8
        lr      %r1,%r7
        svc     203
        .type   fret_code, @object
fret_code:
        .short  -0x0205                 // DMSFRET ERR=*
        .size   fret_code, .-fret_code
        .type   leave, @function
leave:  lr      %r15,%r8
        l       %r14,12(%r13)
        lm      %r0,%r12,20(%r13)
        br      %r14
        .balign 4
        .type   start, @object
start:  .long   module_start
        .size   start, .-start
        .type   stack_top, @object
stack_top:
        .long   stack_bytes-96
        .size   stack_top, .-stack_top
