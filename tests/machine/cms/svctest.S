// Calls of the CMS nucleus as a program sees them. Types `SVCTEST OK`, or the number of
// the first check that failed, and returns it. E8(...) makes EBCDIC: see cms_bare.py.
        .text
        .globl  _start
_start: balr    %r12,0
base:   lr      %r11,%r14               // where to return
        st      %r13,save13-base(%r12)

// 1: registers at entry
        la      %r10,1
        l       %r3,save13-base(%r12)
        clr     %r1,%r2
        bne     failed-base(%r12)
        n       %r15,f_address-base(%r12)
        c       %r15,a_start-base(%r12)
        bne     failed-base(%r12)
// 2: the save area and the PSW have the user's key, the mask is on
        la      %r10,2
        slr     %r4,%r4
        lr      %r5,%r3
        srl     %r5,11
        sll     %r5,11
        .insn   rr,0x0900,%r4,%r5       // ISK
        n       %r4,f_key-base(%r12)
        c       %r4,f_key_e-base(%r12)
        bne     failed-base(%r12)
        .insn   s,0xb20b0000,0          // IPK: key to r2
        n       %r2,f_key-base(%r12)
        c       %r2,f_key_e-base(%r12)
        bne     failed-base(%r12)
        stosm   byte-base(%r12),0
        cli     byte-base(%r12),0xff
        bne     failed-base(%r12)
// 3: an error goes to the error address with the code in r15, the other registers as they were
        la      %r10,3
        la      %r1,state-base(%r12)
        l       %r0,f_pattern-base(%r12)
        lr      %r9,%r0
        lr      %r14,%r0
        svc     202
        .long   error1
        b       failed-base(%r12)
error1: la      %r4,28
        cr      %r15,%r4
        bne     failed-base(%r12)
        c       %r0,f_pattern-base(%r12)
        bne     failed-base(%r12)
        c       %r9,f_pattern-base(%r12)
        bne     failed-base(%r12)
        c       %r14,f_pattern-base(%r12)
        bne     failed-base(%r12)
// 4: the same when the SVC is executed
        la      %r10,4
        ex      %r0,svc202-base(%r12)
        .long   error2
        b       failed-base(%r12)
error2: la      %r4,28
        cr      %r15,%r4
        bne     failed-base(%r12)
// 5: success goes on behind the error address; an unknown name is -3; address 1
        la      %r10,5
        la      %r1,conwait-base(%r12)
        svc     202
        .long   failed
        la      %r1,unknown-base(%r12)
        svc     202
        .long   1
        l       %r4,f_minus3-base(%r12)
        cr      %r15,%r4
        bne     failed-base(%r12)
// 6: user storage has key E, and comes back whole
        la      %r10,6
        la      %r0,600
        svc     203
        .short  -0x1e04
        ltr     %r15,%r15
        bne     failed-base(%r12)
        la      %r4,600
        cr      %r0,%r4
        bne     failed-base(%r12)
        lr      %r5,%r1
        srl     %r5,11
        sll     %r5,11
        slr     %r4,%r4
        .insn   rr,0x0900,%r4,%r5
        n       %r4,f_key-base(%r12)
        c       %r4,f_key_e-base(%r12)
        bne     failed-base(%r12)
        mvi     0(%r1),1
        svc     203
        .short  -0x0205
        ltr     %r15,%r15
        bne     failed-base(%r12)
        svc     203                     // twice: not one of ours any more
        .short  -0x0205
        la      %r4,6
        cr      %r15,%r4
        bne     failed-base(%r12)
// 7: nucleus storage has key F
        la      %r10,7
        la      %r0,20
        svc     203
        .short  -0x3e04
        ltr     %r15,%r15
        bne     failed-base(%r12)
        lr      %r5,%r1
        srl     %r5,11
        sll     %r5,11
        slr     %r4,%r4
        .insn   rr,0x0900,%r4,%r5
        n       %r4,f_key-base(%r12)
        c       %r4,f_key_f-base(%r12)
        bne     failed-base(%r12)
        svc     203
        .short  -0x0205
        ltr     %r15,%r15
        bne     failed-base(%r12)
// 8: DMSKEY
        la      %r10,8
        svc     203
        .short  0x0108                  // NUCLEUS
        .insn   s,0xb20b0000,0
        n       %r2,f_key-base(%r12)
        bne     failed-base(%r12)
        svc     203
        .short  0x0208                  // RESET
        .insn   s,0xb20b0000,0
        n       %r2,f_key-base(%r12)
        c       %r2,f_key_e-base(%r12)
        bne     failed-base(%r12)
// 9: the callable SVC 202
        la      %r10,9
        la      %r1,unknown-base(%r12)
        bal     %r14,0x446
        l       %r4,f_minus3-base(%r12)
        cr      %r15,%r4
        bne     failed-base(%r12)
// 10: what is stacked comes back, LIFO before FIFO, padded and in upper case
        la      %r10,10
        la      %r1,attn1-base(%r12)
        svc     202
        .long   failed
        la      %r1,attn2-base(%r12)
        svc     202
        .long   failed
        la      %r1,waitrd-base(%r12)
        svc     202
        .long   failed
        clc     waitrd_length-base(2,%r12),h_3-base(%r12)
        bne     failed-base(%r12)
        l       %r4,a_buffer-base(%r12)
        clc     0(3,%r4),two-base(%r12)
        bne     failed-base(%r12)
        cli     129(%r4),0x40
        bne     failed-base(%r12)
        la      %r1,waitrd-base(%r12)
        svc     202
        .long   failed
        l       %r4,a_buffer-base(%r12)
        clc     0(3,%r4),one_upper-base(%r12)
        bne     failed-base(%r12)
// 11: DMSEXS stores where the user's key may not
        la      %r10,11
        bal     %r1,over-base(%r12)
        mvi     0x463,0x5a              // the last byte of AUSERRST
        br      %r1
over:   svc     203
        .short  -9
        cli     0x463,0x5a
        bne     failed-base(%r12)
        svc     203
        .short  0x0108
        mvi     0x463,0
        svc     203
        .short  0x0208
// 12: SYSREF leads to the plists that programs may write
        la      %r10,12
        l       %r4,0x14
        l       %r4,4(%r4)              // AOPSECT
        mvi     0x78(%r4),0
        l       %r4,0x14
        l       %r4,8(%r4)              // ADEVTAB: CON1
        clc     4(4,%r4),con1-base(%r12)
        bne     failed-base(%r12)
// 13: routines of SYSREF: STATE by BALR, FREE and FRET
        la      %r10,13
        l       %r4,0x14
        la      %r1,state-base(%r12)
        l       %r15,0xf4(%r4)          // ASTATE
        balr    %r14,%r15
        la      %r5,28
        cr      %r15,%r5
        bne     failed-base(%r12)
        la      %r0,8
        l       %r15,0x48(%r4)          // AFREE
        balr    %r14,%r15
        ltr     %r15,%r15
        bne     failed-base(%r12)
        mvi     0(%r1),1
        la      %r0,8
        l       %r15,0x4c(%r4)          // AFRET
        balr    %r14,%r15
        ltr     %r15,%r15
        bne     failed-base(%r12)
        slr     %r10,%r10
failed: // r10 has the number of the check
        cvd     %r10,double-base(%r12)
        unpk    number-base(2,%r12),double+6-base(2,%r12)
        oi      number+1-base(%r12),0xf0
        ltr     %r10,%r10
        bne     say-base(%r12)
        mvc     number-base(2,%r12),ok-base(%r12)
say:    la      %r1,typlin-base(%r12)
        svc     202
        .long   1
        lr      %r15,%r10
        lr      %r14,%r11
        br      %r14

        .balign 8
double: .quad   0
save13: .long   0
f_address: .long 0x00ffffff
a_start: .long  _start
f_key:  .long   0xf0
f_key_e: .long  0xe0
f_key_f: .long  0xf0
f_pattern: .long 0x12345678
f_minus3: .long -3
a_buffer: .long buffer
h_3:    .short  3
byte:   .byte   0
        .balign 2
svc202: svc     202
        .balign 8
state:  .ascii  E8(STATE   NOSUCH  FILE    *       )
        .long   -1,-1
conwait: .ascii E8(CONWAIT )
        .long   -1,-1
unknown: .ascii E8(NOSUCHPG)
        .long   -1,-1
attn1:  .ascii  E8(ATTN    FIFO)
        .long   0x03000000+one
attn2:  .ascii  E8(ATTN    LIFO)
        .long   0x03000000+two
waitrd: .ascii  E8(WAITRD  )
        .long   0x01000000+buffer
        .ascii  E8(U)
        .byte   0
waitrd_length: .short 0
typlin: .ascii  E8(TYPLIN  )
        .long   0x01000000+message
        .ascii  E8(B)
        .byte   0
        .short  10
message: .ascii E8(SVCTEST )
number: .ascii  E8(  )
ok:     .ascii  E8(OK)
one:    .ascii  E8(one)
one_upper: .ascii E8(ONE)
two:    .ascii  E8(TWO)
con1:   .ascii  E8(CON1)
buffer: .space  130
