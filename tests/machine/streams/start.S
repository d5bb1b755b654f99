// Beginning, interruptions, and the way into a stream and back (processor.h).
//
// BC mode, key 0, disabled, translation off. The handlers save the registers at real 300
// and find all else by their own address: a stream may have spoilt what lies in page 0.
        .set    registers, 0x300
        .set    stream_psw, 0x3c0
        .set    line_length, 120

        .set    gpr, 0                  // in Processor
        .set    fpr, 64
        .set    cr, 96
        .set    psw, 160
        .set    cpu_timer, 168
        .set    ending, 176
        .set    prefix, 180
        .set    low, 184

        .section .text.start, "ax"
        .globl  streams_begin
streams_begin:
        balr    %r12,0
        .set    base, .
        b       begin-base(%r12)
        .balign 8
        .globl  streams_parameters
streams_parameters:                     // at 10008, for run.py
        .fill   16, 4, 0
begin:  lm      %r2,%r3,bss-base(%r12)
        slr     %r4,%r4
        slr     %r5,%r5
        mvcl    %r2,%r4
        l       %r15,stack-base(%r12)
        l       %r1,main-base(%r12)
        balr    %r14,%r1
        .balign 4
bss:    .long   __bss_start, __bss_size
stack:  .long   stack_top
main:   .long   streams_main

        .text
        .macro  function name
        .globl  \name
        .type   \name, @function
        .balign 4
\name:
        .endm

// Into the stream.
        function streams_run
        stm     %r6,%r15,24(%r15)
        balr    %r1,0
        .set    here, .
        stm     %r2,%r3,run_states-here(%r1)
        st      %r15,run_stack-here(%r1)
        ld      %f0,fpr(%r2)
        ld      %f2,fpr+8(%r2)
        ld      %f4,fpr+16(%r2)
        ld      %f6,fpr+24(%r2)
        mvc     stream_psw(8),psw(%r2)
        .insn   s,0xb2080000,cpu_timer(%r2)     // SPT
        lctl    %c0,%c15,cr(%r2)
        lm      %r0,%r15,gpr(%r2)
        lpsw    stream_psw

// And back.
        .macro  handler name, number
        function \name
        stm     %r0,%r15,registers
        la      %r2,\number
        balr    %r12,0
        .set    here, .
        l       %r12,own_base-here(%r12)
        br      %r12
        .endm
        handler streams_program, 1
        handler streams_svc, 2
        handler streams_io, 4
        handler streams_machine_check, 5
        function streams_restart        // the operator's: a stream has hung
        stm     %r0,%r15,registers
        balr    %r12,0
        .set    here, .
        l       %r12,own_base-here(%r12)
        la      %r2,6
        l       %r3,run_stack-back(%r12)
        ltr     %r3,%r3
        bcr     7,%r12
        lm      %r0,%r15,registers      // or it was late
        lpsw    0x08
        function streams_external
        stm     %r0,%r15,registers
        balr    %r12,0
        .set    here, .
        l       %r12,own_base-here(%r12)
        la      %r2,3
        l       %r3,run_stack-back(%r12)
        ltr     %r3,%r3
        bcr     7,%r12
        lm      %r0,%r15,registers      // it was drained, or waited for
        ni      0x19,0xfd               // no wait
        lpsw    0x18
        .balign 4
own_base:
        .long   back
back:   lpsw    clean_psw-back(%r12)    // the new PSW was the stream's, perhaps
clean:  l       %r11,run_states+4-back(%r12)
        l       %r15,run_stack-back(%r12)
        ltr     %r15,%r15
        bc      8,failed-back(%r12)
        slr     %r0,%r0
        st      %r0,run_stack-back(%r12)
        st      %r2,ending(%r11)
        mvc     gpr(64,%r11),registers
        std     %f0,fpr(%r11)
        std     %f2,fpr+8(%r11)
        std     %f4,fpr+16(%r11)
        std     %f6,fpr+24(%r11)
        stctl   %c0,%c15,cr(%r11)
        lctl    %c0,%c15,own_control-back(%r12)
        mvc     low(256,%r11),0
        mvc     low+256(256,%r11),256
        .insn   s,0xb2110000,prefix(%r11)       // STPX
        .insn   s,0xb2100000,zero-back(%r12)    // SPX
        .insn   s,0xb2060000,never-back(%r12)   // SCKC
        .insn   s,0xb2080000,far-back(%r12)     // SPT
        lm      %r6,%r14,24(%r15)
        br      %r14
failed: lpsw    failed_psw-back(%r12)
        .balign 8
failed_psw:
        .long   0x00020000, 0xbad
clean_psw:
        .long   0, clean
never:  .quad   -1
far:    .quad   0x7fffffffffffffff
zero:   .long   0
own_control:
        .long   0x000000e0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2000000, 0

        function streams_drain
        balr    %r1,0
        .set    here, .
        lctl    %c0,%c0,drain_control-here(%r1)
        ssm     enabled-here(%r1)
        ssm     disabled-here(%r1)
        lctl    %c0,%c0,drained_control-here(%r1)
        br      %r14
        .balign 4
drain_control:
        .long   0x000060e0
drained_control:
        .long   0x000000e0
enabled:
        .byte   0x01
disabled:
        .byte   0

        function streams_connect
        .insn   s,0xb2000000,0          // CONCS
        br      %r14

        function streams_wait
        balr    %r1,0
        .set    here, .
        la      %r2,waited-here(%r1)
        st      %r2,wait_psw+4-here(%r1)
        lpsw    wait_psw-here(%r1)
waited: ssm     disabled_again-here(%r1)
        br      %r14
        .balign 8
disabled_again:
        .byte   0

        function streams_stop
        balr    %r1,0
        .set    here, .
        lpsw    stop_psw-here(%r1)
        .balign 8
stop_psw:
        .long   0x00020000, 0xd0d0

// u32 streams_alike(const void* a, const void* b, u32 units): of 256 bytes, from the first one on.
        function streams_alike
        lr      %r5,%r4
        balr    %r1,0
        .set    here, .
        clc     0(256,%r2),0(%r3)
        bc      7,alike_end-here(%r1)
        la      %r2,256(%r2)
        la      %r3,256(%r3)
        bctr    %r4,%r1
alike_end:
        slr     %r5,%r4
        lr      %r2,%r5
        br      %r14

// void streams_copy(void* to, const void* from): 256 bytes.
        function streams_copy
        mvc     0(256,%r2),0(%r3)
        br      %r14

        function streams_print
        balr    %r1,0
        .set    here, .
        st      %r2,print_ccw-here(%r1)
        mvi     print_ccw-here(%r1),0x09
        la      %r2,print_ccw-here(%r1)
        la      %r3,0xe
        b       start_and_wait-here(%r1)

        function streams_finish_reading
        balr    %r1,0
        .set    here, .
        la      %r2,read_ccw-here(%r1)
        la      %r3,0xc
        b       start_and_wait-here(%r1)
        .balign 8
read_ccw:
        .long   0x02000400, 0x20000000+80

// Starts the channel program at r2 on the device in r3, and waits for its end.
        function start_and_wait
        st      %r2,0x48
        balr    %r1,0
        .set    here, .
start_again:
        .insn   s,0x9c000000,0(%r3)     // SIO
        bc      7,start_busy-here(%r1)
start_wait:
        .insn   s,0x9d000000,0(%r3)     // TIO
        bc      2,start_wait-here(%r1)
        br      %r14
start_busy:
        .insn   s,0x9d000000,0(%r3)
        b       start_again-here(%r1)

// The only part that changes.
        .balign 256
        .globl  streams_variables
streams_variables:
run_states:
        .long   0, 0
wait_psw:
        .long   0x01020000, 0
print_ccw:
        .long   0, 0x20000000+line_length
run_stack:                              // zero: no stream runs
        .long   0
        .balign 256

        .section .bss
        .balign 8
        .skip   16384
stack_top:
        .skip   160
