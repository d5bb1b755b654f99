// Runs the cases that cases.py makes under program-event recording and prints a line for
// each program interruption: old PSW, code with instruction length, PER code and address;
// then one with what was left in registers and storage. Goes on after an interruption
// that was for PER alone. IPLed from cards, on a bare machine or in a virtual one.
//
// A case (104 bytes): id, PSW word 1, word 1 of the SVC new PSW, control registers 0 and 1
// and 9 to 11, registers 1-6, two words of operand, storage key of the operand's block, and
// 32 bytes of instructions.
#include "tests/machine/deck.inc"

        .set    slot, 0x3000
        .set    operand, 0x5000
        .set    case_psw, 4
        .set    case_svc, 8
        .set    case_cr0, 12
        .set    case_cr9, 20
        .set    case_registers, 32
        .set    case_words, 56
        .set    case_key, 64
        .set    case_code, 68
        .set    case_length, 100

        .set    most_events, 12
        .set    event_length, 20
        .set    code_at, 0x8c           // with the length; the PER fields are at 96
        .set    per_at, 0x96
        .set    base_at, 0x200
        .set    case_at, 0x204
        .set    next_event_at, 0x208
        .set    saved, 0x210

        .text
        .globl  start
start:  balr    %r12,0
        .set    base, .
        st      %r12,base_at
        lm      %r2,%r5,move_tables-base(%r12)
        mvcl    %r2,%r4
        mvc     0x68(8),handler_psw-base(%r12)
        la      %r1,program_handler-base(%r12)
        st      %r1,0x6c
        mvc     0x58(8),handler_psw-base(%r12)
        la      %r1,other_handler-base(%r12)
        st      %r1,0x5c
        mvc     0x78(8),0x58
        l       %r11,cases_address-base(%r12)

next:   st      %r11,case_at
        la      %r1,events-base(%r12)
        st      %r1,next_event_at
        l       %r1,operand_address-base(%r12)
        l       %r2,case_key(%r11)
        .insn   rr,0x0800,%r2,%r1       // SSK
        mvi     0(%r1),0
        mvc     1(255,%r1),0(%r1)
        mvc     0(8,%r1),case_words(%r11)
        mvc     0x20(8,%r1),landing_psw-base(%r12)
        l       %r1,slot_address-base(%r12)
        mvc     0(32,%r1),case_code(%r11)
        mvc     0x60(4),case_svc(%r11)
        la      %r1,svc_handler-base(%r12)
        st      %r1,0x64
        xc      0x18(24),0x18
        xc      0x84(32),0x84
        mvc     run_psw-base(4,%r12),case_psw(%r11)
        lctl    %c0,%c1,case_cr0(%r11)
        lctl    %c9,%c11,case_cr9(%r11)
        .insn   s,0xb20d0000,0          // PTLB
        lm      %r1,%r6,case_registers(%r11)
        lpsw    run_psw-base(%r12)

program_handler:
        stm     %r0,%r15,saved
        l       %r12,base_at
        l       %r1,next_event_at
        mvc     0(8,%r1),0x28
        mvc     8(4,%r1),code_at
        mvc     12(6,%r1),per_at
        xc      per_at(6),per_at
        la      %r1,event_length(%r1)
        st      %r1,next_event_at
        la      %r2,events-base(%r12)
        la      %r2,most_events*event_length(%r2)
        cr      %r1,%r2
        bc      10,report-base(%r12)
        cli     code_at+3,0x80
        bc      7,report-base(%r12)
        la      %r2,svc_handler-base(%r12)
        c       %r2,0x2c
        bc      8,report-base(%r12)
        lm      %r0,%r15,saved
        lpsw    0x28
svc_handler:
        stm     %r0,%r15,saved
other_handler:
        l       %r12,base_at
        lpsw    report_psw-base(%r12)

report: la      %r13,2048(%r12)
        la      %r13,2048(%r13)
        stctl   %c9,%c11,left_control-base(%r12)
        lctl    %c0,%c1,own_control-base(%r12)
        lctl    %c9,%c11,no_per-base(%r12)
        l       %r11,case_at
        la      %r10,events-base(%r12)
event:  c       %r10,next_event_at
        bc      10,last_line-base(%r12)
        bal     %r8,begin-base(%r12)
        lr      %r2,%r10
        la      %r3,8
        bal     %r14,hex-base(%r12)
        hex_of  8(%r10), 4
        hex_of  12(%r10), 6
        bal     %r14,print-base(%r12)
        la      %r10,event_length(%r10)
        b       event-base(%r12)
last_line:
        bal     %r8,begin-base(%r12)
        hex_of  saved+4, 16        // registers 1 to 4
        l       %r2,operand_address-base(%r12)
        la      %r3,8
        bal     %r14,hex-base(%r12)
        hex_of  0x20, 8        // SVC old PSW
        hex_of  0x88, 4
        hex_of  left_control-base(%r12), 12
        bal     %r14,print-base(%r12)

        la      %r11,case_length(%r11)
        c       %r11,cases_limit-base(%r12)
        bc      4,next-base(%r12)
        lpsw    done_psw-base(%r12)

// A new line, with the number of the case.
begin:  mvi     line-base(%r12),0x40
        la      %r9,line-base(%r12)
        mvc     1(119,%r9),0(%r9)
        lr      %r2,%r11
        la      %r3,2
        lr      %r14,%r8
        hex_routine

print:  print_line
        br      %r14

        .balign 4
move_tables:
        .long   0x6000, tables_length, segments, tables_length
        .balign 8
handler_psw:
        .long   0x00080000, 0           // EC mode, no PER
report_psw:
        .long   0, report
run_psw:
        .long   0, slot
landing_psw:
        .long   0x40080000, slot+4
done_psw:
        .long   0x00020000, 0xd0d0
ccw:    .long   0x09000000+line, 0x20000000+line_length
own_control:
        .long   0x000000e0, 0
no_per: .long   0, 0, 0
left_control:
        .long   0, 0, 0
        lines_data
slot_address:
        .long   slot
operand_address:
        .long   operand
cases_address:
        .long   cases
cases_limit:
        .long   cases_end
line:   .fill   120, 1, 0x40
        .set    line_length, 112
        .balign 4
events: .fill   most_events*event_length, 1, 0
// Segment 0 is itself, but that page 8 is page 5 and page 9 is not there.
        .balign 8
segments:
        .long   0xf0006800, 0xf0006820, 0xf0006840, 0xf0006860
        .fill   252, 4, 1
        .org    segments+0x800
pages:  .set    page, 0
        .rept   256
        .if     page == 9
        .short  0x98
        .elseif page == 8
        .short  0x50
        .else
        .short  (page << 4) & 0xffff
        .endif
        .set    page, page+1
        .endr
        .set    tables_length, 0x800+512
        .balign 8
        .globl  cases
        .include "cases.inc"
cases_end:
