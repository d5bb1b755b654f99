// Runs the scripts that scripts.py makes: cases of several steps, about interruptions,
// clocks and input/output. Prints lines `=case what-came-of-it`. IPLed from cards, on a
// bare machine or in a virtual one; ends in a disabled wait with address D0D0.
//
// A step: operation (1 byte), 1 byte, a halfword, then words; scripts.py says what each
// means. In the fixed places below a script puts what RUN and WAIT start from.
#include "tests/machine/deck.inc"

        .set    slot, 0x3000            // where instructions run, 256 bytes
        .set    run_registers, 0x300    // before they run
        .set    run_control, 0x340
        .set    ended_at, 0x248         // the clock at the last external interruption
        .set    left_registers, 0x380  // after
        .set    left_control, 0x3c0

        .text
        .globl  start
start:  balr    %r12,0
start_base:
        b       begin-start_base(%r12)
        // At fixed places, for new PSWs of a script's own.
        .macro  handler offset, letter, old, code
        .org    start+\offset
        stm     %r0,%r15,left_registers
        l       %r12,0x200
        mvi     outcome-base(%r12),\letter
        mvc     saved_old-base(8,%r12),\old
        mvc     saved_code-base(4,%r12),\code
        b       handled-base(%r12)
        .endm
        handler 0x40, 0xc5, 0x18, 0x84  // external
        handler 0x80, 0xe2, 0x20, 0x88  // SVC
        handler 0xc0, 0xd7, 0x28, 0x8c  // program
        handler 0x100, 0xd4, 0x30, 0xe8 // machine check
        handler 0x140, 0xc9, 0x38, 0xb8 // I/O
        handler 0x180, 0xd9, 0x08, 0x00 // restart
        .org    start+0x1c0

begin:  balr    %r12,0
        .set    base, .
        la      %r13,2048(%r12)
        la      %r13,2048(%r13)         // base+4096, for what lies there
        lm      %r2,%r5,move_tables-base(%r12)
        mvcl    %r2,%r4
        l       %r11,scripts_address-base(%r12)

// ---- A case: id, then its steps up to 00
next_case:
        c       %r11,scripts_limit-base(%r12)
        bc      10,finished-base(%r12)
        mvc     case_id-base(2,%r12),2(%r11)
        la      %r11,4(%r11)
        // The low locations, registers and control registers as every case finds them.
        xc      0x18(0x38),0x18
        xc      0x80(256),0x80
        mvc     0x58(40),new_psws-base(%r12)
        mvc     0(8),restart_psw-base(%r12)
        xc      run_registers(64),run_registers
        mvc     run_control(64),own_control-base(%r12)
        bal     %r14,begin_line-base(%r12)

step:   slr     %r1,%r1
        ic      %r1,0(%r11)
        sll     %r1,2
        b       steps-base(%r1,%r12)
steps:  .irp    name, end, put, run, show, wait, gather, settle, key, show_key, clock, digest, fill, elapsed
        b       step_\name-base(%r12)
        .endr

step_end:
        bal     %r14,end_line-base(%r12)
        la      %r11,4(%r11)
        b       next_case-base(%r12)

// 1, count: address, data (filled to a word)
step_put:
        lh      %r3,2(%r11)
        l       %r2,4(%r11)
        la      %r4,8(%r11)
        lr      %r5,%r3
        la      %r11,8+3(%r3,%r11)
        n       %r11,word_mask-base(%r12)
        mvcl    %r2,%r4
        b       step-base(%r12)

// 2: PSW; 2, 1: shows nothing
step_run:
        mvc     run_psw-base(8,%r12),4(%r11)
        la      %r11,12(%r11)
        bal     %r14,run-base(%r12)
        lr      %r1,%r11
        s       %r1,twelve-base(%r12)
        cli     1(%r1),1
        bc      8,step-base(%r12)
        bal     %r14,show_interruption-base(%r12)
        b       step-base(%r12)

// 3, count: address
step_show:
        lh      %r3,2(%r11)
        l       %r2,4(%r11)
        la      %r11,8(%r11)
        bal     %r14,hex-base(%r12)
        b       step-base(%r12)

// 4: PSW, microseconds: the interruption that ends this wait, or that none came
step_wait:
        mvc     run_psw-base(8,%r12),4(%r11)
        l       %r1,12(%r11)
        la      %r11,16(%r11)
        bal     %r14,wait-base(%r12)
        bal     %r14,show_interruption-base(%r12)
        b       step-base(%r12)

// 5: PSW, microseconds: I/O interruptions up to the last of a program, if what
// ran left condition code 0
step_gather:
        cli     outcome-base(%r12),0xe2 // S
        bc      7,gathered-base(%r12)
        tm      saved_old+1-base(%r12),8
        bc      1,gather_ec-base(%r12)
        mvc     saved_old+2-base(1,%r12),saved_old+4-base(%r12)
gather_ec:
        tm      saved_old+2-base(%r12),0x30
        bc      7,gathered-base(%r12)
gather_next:
        mvc     run_psw-base(8,%r12),4(%r11)
        l       %r1,12(%r11)
        bal     %r14,wait-base(%r12)
        bal     %r14,show_interruption-base(%r12)
        cli     outcome-base(%r12),0xc9 // I
        bc      7,gathered-base(%r12)
        tm      0x45,0x30               // the count means nothing with these checks
        bc      8,count_counts-base(%r12)
        xc      0x46(2),0x46
count_counts:
        hex_of  0x40, 8
        tm      0x44,0x86               // attention, device end, unit check
        bc      7,gathered-base(%r12)
        tm      0x45,0x7f               // or a check of the channel
        bc      8,gather_next-base(%r12)
gathered:
        la      %r11,16(%r11)
        b       step-base(%r12)

// 6, device: nothing of it is pending any more
step_settle:
        lh      %r2,2(%r11)
        la      %r11,4(%r11)
settle: .insn   s,0x9d000000,0(%r2)     // TIO
        bc      6,settle-base(%r12)
        b       step-base(%r12)

// 7: block of storage, its key in the last byte
step_key:
        l       %r1,4(%r11)
        la      %r11,8(%r11)
        lr      %r2,%r1
        n       %r1,block_mask-base(%r12)
        .insn   rr,0x0800,%r2,%r1       // SSK
        b       step-base(%r12)

// 8: block; with its reference bit, which is reset, and change bit
step_show_key:
        l       %r1,4(%r11)
        la      %r11,8(%r11)
        slr     %r2,%r2
        .insn   rr,0x0900,%r2,%r1       // ISK, in BC mode
        .insn   s,0xb2130000,0(%r1)     // RRB
        balr    %r3,0
        srl     %r3,27
        n       %r3,marks-base(%r12)
        or      %r2,%r3
        stc     %r2,work-base(%r12)
        hex_of  work-base(%r12), 1
        b       step-base(%r12)

// 9: address, microseconds (signed): the clock so much later, in 64 bits, to there
step_clock:
        l       %r2,4(%r11)
        l       %r1,8(%r11)
        la      %r11,12(%r11)
        .insn   s,0xb2050000,work-base(%r12)
        bal     %r14,add_time-base(%r12)
        mvc     0(8,%r2),work-base(%r12)
        b       step-base(%r12)

// 10, count: address; a checksum
step_digest:
        lh      %r3,2(%r11)
        l       %r2,4(%r11)
        la      %r11,8(%r11)
        slr     %r4,%r4
digest: lr      %r5,%r4
        srl     %r5,27
        sll     %r4,5
        or      %r4,%r5
        slr     %r5,%r5
        ic      %r5,0(%r2)
        alr     %r4,%r5
        la      %r2,1(%r2)
        bct     %r3,digest-base(%r12)
        st      %r4,work-base(%r12)
        hex_of  work-base(%r12), 4
        b       step-base(%r12)

// 11, byte, count: address
step_fill:
        lh      %r3,2(%r11)
        l       %r2,4(%r11)
        slr     %r4,%r4
        slr     %r5,%r5
        ic      %r5,1(%r11)
        sll     %r5,24
        mvcl    %r2,%r4
        la      %r11,8(%r11)
        b       step-base(%r12)

// 12: address of a clock value: was the last interruption before that time (00)? How long
// after it says more of the host than of the machine.
step_elapsed:
        l       %r2,4(%r11)
        mvi     work-base(%r12),1
        clc     ended_at(8),0(%r2)
        bc      10,elapsed-base(%r12)
        mvi     work-base(%r12),0
elapsed:
        la      %r11,8(%r11)
        hex_of  work-base(%r12), 1
        b       step-base(%r12)

finished:
        lpsw    done_psw-base(%r12)

// ---- Running
// Loads the script's registers and run_psw; comes back with `outcome`, the old PSW and code.
run:    stm     %r11,%r14,own_registers-base(%r12)
        lctl    %c0,%c15,run_control
        // PTLB, for those that translate: 2000 of them, and the machine marks no blocks any more.
        tm      run_psw+1-base(%r12),8
        bc      8,run_untranslated-base(%r12)
        tm      run_psw-base(%r12),4
        bc      8,run_untranslated-base(%r12)
        .insn   s,0xb20d0000,0
run_untranslated:
        st      %r12,0x200
        mvc     0x208(8),run_psw-base(%r12)
        lm      %r0,%r15,run_registers
        lpsw    0x208

// The same for r1 microseconds at most: the clock comparator ends it. It must do so three
// times, since on a loaded host the time may be over before the wait has begun.
wait:   st      %r14,wait_return-base(%r12)
        la      %r10,3
wait_again:
        st      %r1,wait_time-base(%r12)
        st      %r10,wait_tries-base(%r12)
        bal     %r14,wait_once-base(%r12)
        cli     outcome-base(%r12),0xc5 // E
        bc      7,waited-base(%r12)
        l       %r1,wait_time-base(%r12)
        l       %r10,wait_tries-base(%r12)
        bct     %r10,wait_again-base(%r12)
waited: l       %r14,wait_return-base(%r12)
        br      %r14
wait_once:
        stm     %r11,%r14,own_registers-base(%r12)
        lctl    %c0,%c15,run_control
        .insn   s,0xb2050000,work-base(%r12)
        bal     %r14,add_time-base(%r12)
        .insn   s,0xb2060000,work-base(%r12)
        l       %r1,run_control
        o       %r1,comparator_mask-base(%r12)
        st      %r1,work-base(%r12)
        lctl    %c0,%c0,work-base(%r12)
        st      %r12,0x200
        mvc     0x208(8),run_psw-base(%r12)
        lpsw    0x208

handled:
        .insn   s,0xb2050000,ended_at
        stctl   %c0,%c15,left_control
        lctl    %c0,%c15,own_control-base(%r12)
        .insn   s,0xb2060000,never-base(%r12)
        ssm     zero-base(%r12)
        lm      %r11,%r14,own_registers-base(%r12)
        br      %r14

// r1: microseconds, signed, added to the 64 bits in `work`.
add_time:
        lr      %r5,%r1
        lr      %r4,%r1
        sra     %r4,20                  // times 4096, in 64 bits
        sll     %r5,12
        lm      %r6,%r7,work-base(%r12)
        alr     %r7,%r5
        bc      12,no_carry-base(%r12)
        al      %r6,one-base(%r12)
no_carry:
        alr     %r6,%r4
        stm     %r6,%r7,work-base(%r12)
        br      %r14

show_interruption:
        st      %r14,show_return-base(%r12)
        l       %r9,line_end-base(%r12)
        mvc     0(1,%r9),outcome-base(%r12)
        la      %r9,1(%r9)
        st      %r9,line_end-base(%r12)
        hex_of  saved_old-base(%r12), 8
        hex_of  saved_code-base(%r12), 4
        l       %r14,show_return-base(%r12)
        br      %r14

// ---- Lines
begin_line:
        mvi     line-base(%r12),0x7e    // =
        mvc     line+1-base(255,%r12),blanks-base(%r12)
        la      %r9,line+1-base(%r12)
        st      %r9,line_end-base(%r12)
        la      %r2,case_id-base(%r12)
        la      %r3,2
        b       hex-base(%r12)

// r3 bytes at r2 as hexadecimal digits and a blank; a new line when they do not fit.
hex:    st      %r14,hex_return-base(%r12)
        slr     %r4,%r4
hex_next:
        l       %r9,line_end-base(%r12)
        la      %r5,line+110-base(%r12)
        clr     %r9,%r5
        bc      4,hex_fits-base(%r12)
        stm     %r2,%r3,hex_saved-base(%r12)
        bal     %r14,end_line-base(%r12)
        mvc     line+5-base(255,%r12),blanks-base(%r12)
        la      %r9,line+6-base(%r12)
        lm      %r2,%r3,hex_saved-base(%r12)
hex_fits:
        byte_digits
        st      %r9,line_end-base(%r12)
        bct     %r3,hex_next-base(%r12)
        la      %r9,1(%r9)
        st      %r9,line_end-base(%r12)
        l       %r14,hex_return-base(%r12)
        br      %r14

end_line:
        mvc     saved_caw-base(4,%r12),0x48
        mvc     saved_csw-base(8,%r12),0x40
        print_line
        mvc     0x48(4),saved_caw-base(%r12)
        mvc     0x40(8),saved_csw-base(%r12)
        br      %r14

        .balign 8
new_psws:                               // external, SVC, program, machine check, I/O
        .long   0, start+0x40, 0, start+0x80, 0, start+0xc0, 0, start+0x100, 0, start+0x140
restart_psw:
        .long   0, start+0x180
run_psw:
        .long   0, 0
done_psw:
        .long   0x00020000, 0xd0d0
ccw:    .long   0x09000000+line, 0x20000000+line_length
never:  .long   0xffffffff, 0xffffffff
saved_old:
        .long   0, 0
saved_csw:
        .long   0, 0
work:   .long   0, 0
saved_code:
        .long   0
saved_caw:
        .long   0
own_control:
        .long   0, 0, 0xffffffff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2000000, 0
own_registers:
        .long   0, 0, 0, 0
move_tables:
        .long   0x6000, tables_length, segments, tables_length
hex_saved:
        .long   0, 0
wait_return:
        .long   0
wait_time:
        .long   0
wait_tries:
        .long   0
hex_return:
        .long   0
show_return:
        .long   0
line_end:
        .long   0
comparator_mask:
        .long   0x800
one:    .long   1
twelve: .long   12
zero:   .long   0
marks:  .long   6
        lines_data
word_mask:
        .long   0x00fffffc
block_mask:
        .long   0x00fff800
scripts_address:
        .long   scripts
scripts_limit:
        .long   scripts_end
case_id:
        .short  0
outcome:
        .byte   0
blanks: .fill   256, 1, 0x40
line:   .fill   264, 1, 0x40
        .set    line_length, 116
#include "tables.inc"
        .balign 8
scripts:
        .include "cases.inc"
scripts_end:
