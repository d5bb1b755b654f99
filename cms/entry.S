// Where CMS begins, its interruptions, and the way to a program and back.
//
// The interruption handlers save the registers in page 0 (NucleusWork in
// cms/layout/nucon.h: the offsets below are asserted there), take a stack and call
// C++; what C++ leaves in the saved registers and the old PSW is resumed. The
// nucleus is disabled, so that none of this is entered twice, except for an SVC or a
// program check inside.
//
// An SVC of a program finds the nucleus' stack where the last entry to a program
// or the last wait left it (nucleus_stack). An SVC of the nucleus itself (EXEC and
// others call commands that way) goes on below its own frame.

        .set    SVC_REGISTERS, 0xCB0
        .set    IO_REGISTERS, 0xCF0
        .set    PROGRAM_REGISTERS, 0xD30
        .set    EXTERNAL_REGISTERS, 0xD70
        .set    NUCLEUS_STACK, 0xDB0
        .set    INTERRUPTION_STACK, 0xDB4
        .set    RETURN_PSW, 0xDB8
        .set    PROGRAM_PSW, 0xDC0
        .set    PROGRAM_GPRS, 0xDC8
        .set    WAIT_PSW, 0xE08
        .set    HIGH_NUCLEUS, 0xE10
        .set    STACK_TOP, 0xE14
        .set    STACK_LOW, 0xE18
        .set    FRAME, 96               // save area of a called function

        .macro  literal name, value
        .type   \name, @object
\name:  .long   \value
        .size   \name, 4
        .endm

        .macro  function name
        .globl  \name
        .type   \name, @function
        .align  4
\name:
        .endm

        .section .text.entry, "ax"
        function cms_entry
        balr    %r12,0
start:  l       %r15,a_interruption_stack-start(%r12) // till there is another one
        s       %r15,f_frame-start(%r12)
        lh      %r2,2                   // IPL left the device here
        n       %r2,f_ffff-start(%r12)
        l       %r14,a_start-start(%r12)
        balr    %r14,%r14
        .align  4
        literal a_interruption_stack, cms_interruption_stack_end
        literal f_frame, FRAME
        literal f_ffff, 0xffff
        literal a_start, cms_start

        .text
        function cms_svc_entry
        stm     %r0,%r15,SVC_REGISTERS
        balr    %r12,0
svc1:   la      %r1,0
        icm     %r1,7,0x25              // address in the SVC old PSW
        cl      %r1,HIGH_NUCLEUS
        bnl     svc_nucleus-svc1(%r12)
        cl      %r1,a_text-svc1(%r12)
        bl      svc_program-svc1(%r12)
        cl      %r1,a_text_end-svc1(%r12)
        bl      svc_nucleus-svc1(%r12)
svc_program:
        l       %r15,NUCLEUS_STACK
svc_nucleus:
        s       %r15,f_frame1-svc1(%r12)
        l       %r14,a_svc-svc1(%r12)
        balr    %r14,%r14
        lm      %r0,%r15,SVC_REGISTERS
        lpsw    0x20
        .align  4
        literal a_text, cms_nucleus_text
        literal a_text_end, cms_nucleus_text_end
        literal a_svc, cms_svc_interruption
        literal f_frame1, FRAME

        function cms_io_entry
        stm     %r0,%r15,IO_REGISTERS
        balr    %r12,0
io1:    l       %r15,INTERRUPTION_STACK
        s       %r15,f_frame2-io1(%r12)
        l       %r14,a_io-io1(%r12)
        balr    %r14,%r14
        lm      %r0,%r15,IO_REGISTERS
        lpsw    0x38
        .align  4
        literal a_io, cms_io_interruption
        literal f_frame2, FRAME

        function cms_external_entry
        stm     %r0,%r15,EXTERNAL_REGISTERS
        balr    %r12,0
ext1:   l       %r15,INTERRUPTION_STACK
        s       %r15,f_frame3-ext1(%r12)
        l       %r14,a_ext-ext1(%r12)
        balr    %r14,%r14
        lm      %r0,%r15,EXTERNAL_REGISTERS
        lpsw    0x18
        .align  4
        literal a_ext, cms_external_interruption
        literal f_frame3, FRAME

// Below all frames that may be in use: what was interrupted may be resumed (SPIE).
        function cms_program_entry
        stm     %r0,%r15,PROGRAM_REGISTERS
        balr    %r12,0
pgm1:   la      %r1,0
        icm     %r1,7,0x2D              // address in the program old PSW
        cl      %r1,HIGH_NUCLEUS
        bnl     pgm_nucleus-pgm1(%r12)
        cl      %r1,a_text2-pgm1(%r12)
        bl      pgm_program-pgm1(%r12)
        cl      %r1,a_text2_end-pgm1(%r12)
        bl      pgm_nucleus-pgm1(%r12)
pgm_program:
        l       %r15,NUCLEUS_STACK
pgm_nucleus:
        cl      %r15,STACK_LOW          // a stack that ran over is of no use
        bh      pgm2-pgm1(%r12)
        l       %r15,STACK_TOP
pgm2:   s       %r15,f_frame4-pgm1(%r12)
        l       %r14,a_pgm-pgm1(%r12)
        balr    %r14,%r14
        lm      %r0,%r15,PROGRAM_REGISTERS
        lpsw    0x28
        .align  4
        literal a_text2, cms_nucleus_text
        literal a_text2_end, cms_nucleus_text_end
        literal a_pgm, cms_program_interruption
        literal f_frame4, FRAME+256

// void cms_enter_program(): loads the registers and the PSW that NucleusWork has
// for a program; returns when the program comes to CMSRET, its registers there.
// The old nucleus_stack waits in the frame of this function's caller.
        function cms_enter_program
        stm     %r6,%r15,24(%r15)
        mvc     8(4,%r15),NUCLEUS_STACK
        st      %r15,NUCLEUS_STACK
        lm      %r0,%r15,PROGRAM_GPRS
        lpsw    PROGRAM_PSW

// Programs return here in whatever key and mask they run.
        function cms_return_point
        lpsw    RETURN_PSW

// RETURN_PSW leads here: disabled, key 0.
        function cms_program_returned
        stm     %r0,%r15,PROGRAM_GPRS
        l       %r15,NUCLEUS_STACK
        mvc     NUCLEUS_STACK(4),8(%r15)
        lm      %r6,%r15,24(%r15)
        br      %r14

// void cms_wait(): an enabled wait until an interruption handler has turned the
// wait bit of the old PSW off. An SVC meanwhile (of a HNDINT routine) goes below.
        function cms_wait
        stm     %r6,%r15,24(%r15)
        mvc     8(4,%r15),NUCLEUS_STACK
        st      %r15,NUCLEUS_STACK
        lpsw    WAIT_PSW
        function cms_waited
        mvc     NUCLEUS_STACK(4),8(%r15)
        lm      %r6,%r15,24(%r15)
        br      %r14

// [[noreturn]] void cms_run_on_fresh_stack(void (*function)()): forgets all frames.
        function cms_run_on_fresh_stack
        balr    %r12,0
fresh1: l       %r15,STACK_TOP
        st      %r15,NUCLEUS_STACK
        s       %r15,f_frame5-fresh1(%r12)
        balr    %r14,%r2
        .align  4
        literal f_frame5, FRAME

// u32 cms_find_storage_size(): where inserting a key becomes a program check.
        function cms_find_storage_size
        lm      %r4,%r5,0x68            // program new PSW
        balr    %r1,0
size1:  la      %r3,size_found-size1(%r1)
        slr     %r2,%r2
        stm     %r2,%r3,0x68
        l       %r2,f_256k-size1(%r1)
size_next:
        .insn   rr,0x0900,%r0,%r2       // ISK
        a       %r2,f_64k-size1(%r1)
        c       %r2,f_16m-size1(%r1)
        bl      size_next-size1(%r1)
size_found:
        stm     %r4,%r5,0x68
        br      %r14
        .align  4
        literal f_256k, 0x40000
        literal f_64k, 0x10000
        literal f_16m, 0x1000000

// void cms_save_floating(u8* area), void cms_load_floating(const u8* area): registers 0 2 4 6.
        function cms_save_floating
        std     %f0,0(%r2)
        std     %f2,8(%r2)
        std     %f4,16(%r2)
        std     %f6,24(%r2)
        br      %r14
        function cms_load_floating
        ld      %f0,0(%r2)
        ld      %f2,8(%r2)
        ld      %f4,16(%r2)
        ld      %f6,24(%r2)
        br      %r14

        .section .bss.stack, "aw", @nobits
        .align  8
        .space  3072
        .globl  cms_interruption_stack_end
cms_interruption_stack_end:
