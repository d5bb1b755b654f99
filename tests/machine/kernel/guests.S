// Programs that kernel_test.cpp runs in virtual machines, each at location 1000 with
// page 0 zero but for its program new PSW: a disabled wait at BAD. Their results are
// words from location 800 on; they end in a disabled wait at 600.
        .section .rodata

        .macro  guest name
        .balign 8
        .globl  guest_\name
guest_\name:
        balr    %r12,0
base_\name:
        .set    base, base_\name
        .endm

        .macro  guest_end name
        lpsw    done_\name-base_\name(%r12)
        .balign 8
done_\name:
        .long   0x00020000, 0x600
        .balign 8
        .globl  guest_\name\()_end
guest_\name\()_end:
        .endm

// Does nothing at all.
        guest   wait
        guest_end wait

// What the instructions of the supervisor's state give.
        guest   privileged
        .insn   s,0xb2020000,0x800              // STIDP
        la      %r2,0x30
        lh      %r3,key_block-base(%r12)
        .insn   rr,0x0800,%r2,%r3               // SSK
        slr     %r4,%r4
        .insn   rr,0x0900,%r4,%r3               // ISK
        st      %r4,0x808
        stctl   %c0,%c0,0x80c
        lctl    %c0,%c0,cr0-base(%r12)
        stctl   %c0,%c0,0x810
        ssm     mask-base(%r12)                 // program mask and CC unharmed
        la      %r5,0x50
        .insn   s,0xb20a0000,0(%r5)             // SPKA 5
        slr     %r2,%r2
        .insn   s,0xb20b0000,0                  // IPK
        la      %r5,0
        .insn   s,0xb20a0000,0(%r5)
        st      %r2,0x814
        la      %r6,mask-base(%r12)
        ex      0,execute_ssm-base(%r12)
        la      %r6,0x123
        .insn   s,0x9d000000,0(%r6)             // TIO of what is not there
        balr    %r7,0
        st      %r7,0x818
        svc     7
after_svc:
        st      %r8,0x81c
        b       end_privileged-base(%r12)
execute_ssm:
        ssm     0(%r6)
        .globl  guest_privileged_svc
guest_privileged_svc:                           // SVC new PSW leads here
        lh      %r8,34                          // the code, in the old PSW
        lpsw    32
key_block:
        .short  0x3800
        .balign 4
cr0:    .long   0x400000e0
mask:   .long   0
end_privileged:
        guest_end privileged

// Stores beyond its storage.
        guest   wild_store
        l       %r1,far_1-base(%r12)
        st      %r1,0(%r1)
        b       far_1+4-base(%r12)
far_1:  .long   0x00f00000
        guest_end wild_store

// Branches there.
        guest   wild_branch
        l       %r1,far_2-base(%r12)
        br      %r1
far_2:  .long   0x00f00000
        guest_end wild_branch

        guest   undefined
        .long   0
        guest_end undefined

// A program interruption that leads to itself.
        guest   program_loop
        xc      104(8),104
        la      %r1,loop_here-base(%r12)
        st      %r1,108
loop_here:
        .long   0
        guest_end program_loop

// Never ends.
        guest   svc_loop
        xc      96(8),96
        la      %r1,svc_here-base(%r12)
        st      %r1,100
svc_here:
        svc     202
        guest_end svc_loop

        guest   cpu_loop
        b       base-base(%r12)
        guest_end cpu_loop

// Waits for its interval timer: 100 units of 13 us, counted in a loop.
        guest   timer
        mvc     88(8),timer_new-base(%r12)
        la      %r1,timer_struck-base(%r12)
        st      %r1,92
        la      %r1,100
        st      %r1,80
        ssm     timer_mask-base(%r12)
timer_loop:
        b       timer_loop-base(%r12)
timer_mask:
        .byte   1
        .balign 4
timer_new:
        .long   0, 0
timer_struck:
        mvc     0x800(4),24                     // the code, in the old PSW
        mvc     0x804(4),80
        guest_end timer

// An EC-mode machine that waits 2 ms for its clock comparator.
        guest   comparator
        lctl    %c0,%c0,ec_cr0-base(%r12)
        mvc     88(8),ec_new-base(%r12)
        la      %r1,ec_struck-base(%r12)
        st      %r1,92
        .insn   s,0xb2050000,0x800              // STCK
        lm      %r0,%r1,0x800
        al      %r1,ec_delay-base(%r12)
        bc      12,ec_no_carry-base(%r12)
        al      %r0,ec_one-base(%r12)
ec_no_carry:
        stm     %r0,%r1,0x808
        .insn   s,0xb2060000,0x808              // SCKC
        lpsw    ec_wait-base(%r12)
ec_struck:
        .insn   s,0xb2050000,0x810
        mvc     0x818(2),0x86                   // the code
        .insn   si,0xac000000,0x81a,0           // STNSM
        b       ec_done-base(%r12)
        .balign 8
ec_new: .long   0x00080000, 0
ec_wait:
        .long   0x010a0000, 0
ec_cr0: .long   0x00000800
ec_delay:
        .long   2000 * 4096
ec_one: .long   1
ec_done:
        guest_end comparator

// Touches a megabyte, a page at a time, and adds up what it finds (zeros and its own).
        guest   touch
        lh      %r1,touch_begin-base(%r12)
        l       %r2,touch_end-base(%r12)
        slr     %r3,%r3
touch_next:
        al      %r3,0(%r1)
        st      %r1,0(%r1)
        al      %r3,0(%r1)
        ah      %r1,touch_step-base(%r12)
        clr     %r1,%r2
        bc      4,touch_next-base(%r12)
        st      %r3,0x800
        b       touch_done-base(%r12)
        .balign 4
touch_end:
        .long   0x00100000
touch_begin:
        .short  0x3000
touch_step:
        .short  4096
        .balign 4
touch_done:
        guest_end touch

// Gives way 2000 times. Its registers come from 900 and, floating, 940, and are never others,
// nor is the condition code.
        guest   turns
        lm      %r0,%r11,0x900
        .irp    n,0,2,4,6
        ld      \n,0x940+4*\n
        .endr
        l       %r13,turns_count-base(%r12)
turns_next:
        clr     %r0,%r1
        balr    %r14,0
        st      %r14,0x9f0
        .long   0x83000044
        balr    %r14,0
        st      %r14,0x9f4
        xc      0x9f4(1),0x9f0
        tm      0x9f4,0x30
        bc      7,turns_wrong-base(%r12)
        stm     %r0,%r11,0x980
        .irp    n,0,2,4,6
        std     \n,0x9c0+4*\n
        .endr
        clc     0x980(48),0x900
        bc      7,turns_wrong-base(%r12)
        clc     0x9c0(32),0x940
        bc      7,turns_wrong-base(%r12)
        bct     %r13,turns_next-base(%r12)
        b       turns_end-base(%r12)
turns_count:
        .long   2000
turns_wrong:
        .long   0                               // an operation exception
turns_end:
        guest_end turns

// Gives way until each of its three timers has interrupted it. 800: the sum of the codes.
        guest   patient
        mvc     88(8),patient_new-base(%r12)
        la      %r1,patient_struck-base(%r12)
        st      %r1,92
        slr     %r2,%r2
        st      %r2,0x800
        la      %r2,3
        .insn   s,0xb2050000,0x808              // STCK
        lm      %r6,%r7,0x808
        al      %r7,patient_delay-base(%r12)
        bc      12,patient_no_carry-base(%r12)
        al      %r6,patient_one-base(%r12)
patient_no_carry:
        stm     %r6,%r7,0x808
        .insn   s,0xb2060000,0x808              // SCKC
        .insn   s,0xb2080000,patient_cpu_timer-base(%r12)
        l       %r5,patient_cr0-base(%r12)
        la      %r1,patient_next-base(%r12)
        st      %r1,patient_turns+4-base(%r12)
        b       patient_goes_on-base(%r12)
patient_next:
        .long   0x83000044
        b       patient_next-base(%r12)
// Not by that timer again: 1004 and 1005 have the bits 0800 and 0400 of control register 0.
patient_struck:
        lh      %r3,0x86
        lr      %r4,%r3
        a       %r4,0x800
        st      %r4,0x800
        n       %r3,patient_digit-base(%r12)
        l       %r4,patient_bit-base(%r12)
        srl     %r4,0(%r3)
        xr      %r5,%r4
        bct     %r2,patient_goes_on-base(%r12)
        b       patient_end-base(%r12)
patient_goes_on:
        st      %r5,0x810
        lctl    %c0,%c0,0x810
        lpsw    patient_turns-base(%r12)
        .balign 8
patient_new:
        .long   0x00080000, 0
patient_turns:
        .long   0x01080000, 0
patient_cpu_timer:
        .quad   500 * 4096
patient_cr0:
        .long   0x00000c80
patient_bit:
        .long   0x00008000
patient_digit:
        .long   15
patient_delay:
        .long   2000 * 4096
patient_one:
        .long   1
patient_end:
        guest_end patient

// 100,000 privileged operations that do nothing (SSM with the mask in force).
        guest   traps
        l       %r1,traps_count-base(%r12)
traps_next:
        ssm     traps_mask-base(%r12)
        bct     %r1,traps_next-base(%r12)
        b       traps_done-base(%r12)
traps_mask:
        .long   0
traps_count:
        .long   100000
traps_done:
        guest_end traps

// The same loop with register loads, for comparison: 10 million.
        guest   loads
        l       %r1,loads_count-base(%r12)
loads_next:
        .rept   99
        lr      %r2,%r3
        .endr
        bct     %r1,loads_next-base(%r12)
        b       loads_done-base(%r12)
loads_count:
        .long   100000
loads_done:
        guest_end loads

// 100,000 SVCs that return at once.
        guest   svcs
        xc      96(8),96
        la      %r1,svcs_handler-base(%r12)
        st      %r1,100
        l       %r1,svcs_count-base(%r12)
svcs_next:
        svc     1
        bct     %r1,svcs_next-base(%r12)
        b       svcs_done-base(%r12)
svcs_handler:
        lpsw    32
svcs_count:
        .long   100000
svcs_done:
        guest_end svcs
