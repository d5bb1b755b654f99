// Runs the cases that cases.py makes and prints a line about each: what the instruction
// left in the PSW, registers, storage and the assigned locations. IPLed from cards, on a
// bare machine or in a virtual one; ends in a disabled wait with address D0D0.
//
// A case (64 bytes): id, flags, PSW word 1, instruction (8 bytes, an SVC behind it),
// registers 1-6, an operand's address and two words, control registers 0 and 1, and a
// block with its storage key.
#include "tests/machine/deck.inc"

        .set    slot, 0x3000            // where the instruction runs
        .set    case_id, 0
        .set    case_psw, 4
        .set    case_instruction, 8
        .set    case_registers, 16
        .set    case_operand, 40
        .set    case_words, 44
        .set    case_cr0, 52
        .set    case_key, 60
        .set    case_length, 64

        .text
        .globl  start
start:  balr    %r12,0
        .set    base, .
        lm      %r2,%r5,move_tables-base(%r12)
        mvcl    %r2,%r4
        mvc     0x60(8),handler_psw-base(%r12)
        la      %r1,svc_handler-base(%r12)
        st      %r1,0x64
        mvc     0x68(8),handler_psw-base(%r12)
        la      %r1,program_handler-base(%r12)
        st      %r1,0x6c
        mvc     0x58(8),handler_psw-base(%r12)
        la      %r1,external_handler-base(%r12)
        st      %r1,0x5c
        mvc     0x78(8),0x58
        l       %r11,cases_address-base(%r12)

next:   l       %r1,case_operand(%r11)
        ltr     %r1,%r1
        bc      8,no_operand-base(%r12)
        mvc     0(8,%r1),case_words(%r11)
no_operand:
        l       %r1,case_key(%r11)      // address of the block, key in the last byte
        lr      %r2,%r1
        n       %r1,block_mask-base(%r12)
        .insn   rr,0x0800,%r2,%r1       // SSK
        l       %r10,slot_address-base(%r12)
        mvc     0(8,%r10),case_instruction(%r11)
        xc      0x18(24),0x18
        xc      0x84(32),0x84
        mvc     run_psw-base(4,%r12),case_psw(%r11)
        lctl    %c0,%c1,case_cr0(%r11)
        .insn   s,0xb20d0000,0          // PTLB
        st      %r11,0x208
        lm      %r1,%r6,case_registers(%r11)
        lpsw    run_psw-base(%r12)

        .macro  handler name, word, old, code
\name\()_handler:
        stm     %r0,%r15,0x210
        balr    %r12,0
        .set    here_\name, .
        l       %r12,own_base_\name-here_\name(%r12)
        mvc     outcome-base(3,%r12),\word-base(%r12)
        mvc     saved_old-base(8,%r12),\old
        mvc     saved_code-base(4,%r12),\code
        b       report-base(%r12)
own_base_\name:
        .long   base
        .endm
        handler svc, word_svc, 0x20, 0x88
        handler external, word_ext, 0x18, 0x84
        handler program, word_program, 0x28, 0x8c

report: la      %r13,2048(%r12)
        la      %r13,2048(%r13)
        l       %r11,0x208
        stctl   %c0,%c1,saved_control-base(%r12)
        lctl    %c0,%c1,own_control-base(%r12)
        // The key of the block, as it is now; then zero again.
        l       %r1,case_key(%r11)
        n       %r1,block_mask-base(%r12)
        slr     %r2,%r2
        .insn   rr,0x0900,%r2,%r1       // ISK
        st      %r2,saved_key-base(%r12)
        slr     %r2,%r2
        .insn   rr,0x0800,%r2,%r1
        l       %r1,case_operand(%r11)
        ltr     %r1,%r1
        bc      7,operand_there-base(%r12)
        la      %r1,case_words(%r11)
operand_there:
        mvc     saved_words-base(8,%r12),0(%r1)
        mvc     saved_words-base+8(4,%r12),0x90

        la      %r9,line-base(%r12)
        lr      %r2,%r11
        la      %r3,2
        bal     %r14,hex-base(%r12)
        mvc     0(3,%r9),outcome-base(%r12)
        la      %r9,4(%r9)
        hex_of  saved_old-base(%r12), 8
        hex_of  saved_code-base(%r12), 4
        hex_of  0x210, 16        // registers 0 to 3
        hex_of  saved_words-base(%r12), 8
        hex_of  saved_words-base+8(%r12), 4
        hex_of  saved_control-base(%r12), 8
        hex_of  saved_key-base+3(%r12), 1
        bal     %r14,print-base(%r12)

        la      %r11,case_length(%r11)
        c       %r11,cases_limit-base(%r12)
        bc      4,next-base(%r12)
        lpsw    done_psw-base(%r12)

        hex_routine

print:  print_line
        br      %r14

        .balign 4
move_tables:
        .long   0x6000, tables_length, segments, tables_length
        .balign 8
handler_psw:
        .long   0, 0
run_psw:
        .long   0, slot
done_psw:
        .long   0x00020000, 0xd0d0
ccw:    .long   0x09000000+line, 0x20000000+line_length
saved_old:
        .long   0, 0
saved_control:
        .long   0, 0
own_control:
        .long   0x000000e0, 0
saved_words:
        .long   0, 0, 0
saved_key:
        .long   0
saved_code:
        .long   0
block_mask:
        .long   0x00fff800
        lines_data
slot_address:
        .long   slot
cases_address:
        .long   cases
cases_limit:
        .long   cases_end
outcome:
        .byte   0, 0, 0
word_svc:
        .byte   0xe2, 0xe5, 0xc3        // SVC
word_program:
        .byte   0xd7, 0xc7, 0xd4        // PGM
word_ext:
        .byte   0xc5, 0xe7, 0xe3        // EXT
line:   .fill   128, 1, 0x40
        .set    line_length, 116
        .balign 8
#include "tables.inc"
        .balign 8
        .globl  cases
        .include "cases.inc"
cases_end:
