// What instructions cost: a program for a bare machine and a virtual one alike.
//
// Loaded at 1000 and entered there, BC mode, supervisor state. Measures each case of
// the table in turn, in several rounds, by the TOD clock, and ends in a disabled wait
// at 600. bench.py reads the table from this image and the times from storage:
// a row a round, a word of microseconds a case.
        .set    rounds, 31
        .set    results, 0x8000
        .set    first_page, 0x100000

        .text
        .globl  start
start:  balr    %r12,0
base:   b       begin-base(%r12)
        .balign 8
        .long   cases, (cases_end-cases)/case_size, rounds, results     // at 1008
        .long   yields, works, turns
        .long   computing, computing_times, computing_done

begin:  slr     %r1,%r1
        mvc     96(8,%r1),svc_new-base(%r12)
        l       %r11,results_address-base(%r12)
        la      %r10,rounds
round:  l       %r9,cases_address-base(%r12)
next_case:
        l       %r1,12(%r9)
        l       %r15,8(%r9)
        .insn   s,0xb2050000,before-base(%r12)
        balr    %r14,%r15
        .insn   s,0xb2050000,after-base(%r12)
        lm      %r2,%r3,after-base(%r12)
        sl      %r3,before+4-base(%r12)
        bc      3,no_borrow-base(%r12)
        s       %r2,one-base(%r12)
no_borrow:
        s       %r2,before-base(%r12)
        srdl    %r2,12
        st      %r3,0(%r11)
        la      %r11,4(%r11)
        la      %r9,case_size(%r9)
        c       %r9,cases_end_address-base(%r12)
        bc      4,next_case-base(%r12)
        bct     %r10,round-base(%r12)
        lpsw    done-base(%r12)
        .balign 8
done:   .long   0x00020000, 0x600
before: .quad   0
after:  .quad   0
svc_new:
        .long   0, svc_handler
one:    .long   1
results_address:
        .long   results
cases_address:
        .long   cases
cases_end_address:
        .long   cases_end

// name, body, iterations, operations an iteration
        .set    case_size, 20
        .macro  case name, body, iterations, operations
        .ascii  "\name"
        .long   \body, \iterations, \operations
        .endm
// Short, so that the host seldom takes the CPU away within one.
cases:  case    "EMPTY   ", empty,  20000, 1
        case    "LR      ", loads,  1000, 100
        case    "PTLB    ", ptlb,   200, 10
        case    "IPK     ", ipk,    200, 10
        case    "SPKA    ", spka,   200, 10
        case    "SSM SAME", same,   200, 10
        case    "SSM     ", ssm,    200, 10
        case    "STNSTOSM", stosm,  200, 10
        case    "LPSW    ", lpsw,   200, 10
        case    "SVC+LPSW", svc,    200, 10
        case    "TIO     ", tio,    200, 10
        case    "LCTL    ", lctl,   200, 10
        case    "STCTL   ", stctl,  200, 10
        case    "LCTL 16 ", lctl16, 50, 2
        case    "ISK     ", isk,    20, 10
        case    "STIDP   ", stidp,  40, 4
        case    "DIAG 44 ", diag44, 40, 4
        case    "PAGES   ", pages,  40, 1
        case    "SHADOW  ", shadow, 5, shadow_pages
        case    "PURGE   ", purge,  5, shadow_pages
        case    "COMPUTE ", compute, 1000, 100
        case    "COMPDAT ", computed, 25000, 100 // long beside its four traps
cases_end:

// Each has its count in r1 and leaves r9 to r12 alone. None crosses a boundary of 2K,
// where Hercules looks up anew where instructions come from.
        .macro  loop name
        .balign 512
\name:  balr    %r8,0
        .set    here, .
        .endm
        .macro  next
        bct     %r1,0(%r8)
        br      %r14
        .endm

        loop    empty
        next
        loop    loads
        .rept   100
        lr      %r2,%r3
        .endr
        next
        loop    ptlb
        .rept   10
        .insn   s,0xb20d0000,0
        .endr
        next
        loop    ipk
        .rept   10
        .insn   s,0xb20b0000,0
        .endr
        next
        loop    spka
        .rept   10
        .insn   s,0xb20a0000,0
        .endr
        next
        loop    same
        .rept   10
        ssm     ones_and_zeros+1-here(%r8)
        .endr
        next
ones_and_zeros:
        .byte   0xff, 0
        .balign 2
// Channel 5, which has no devices.
        loop    ssm
        .rept   5
        ssm     masks-here(%r8)
        ssm     masks+1-here(%r8)
        .endr
        next
masks:  .byte   0x04, 0x00
        .balign 2
        loop    stosm
        .rept   5
        .insn   si,0xad000000,masks_stored-here(%r8),0x04
        .insn   si,0xac000000,masks_stored-here(%r8),0x00
        .endr
        next
masks_stored:
        .byte   0
        .balign 2
        loop    lpsw
        .set    n, 0
        .rept   10
        lpsw    psws-here+8*n(%r8)
        .set    n, n+1
        .endr
        next
        .balign 8
psws:   .set    n, 1
        .rept   10
        .long   0, lpsw+2+4*n
        .set    n, n+1
        .endr
        loop    svc
        .rept   10
        svc     1
        .endr
        next
svc_handler:
        lpsw    32
        loop    tio
        .rept   10
        .insn   s,0x9d000000,0x00c
        .endr
        next
        loop    lctl
        .rept   10
        lctl    %c0,%c0,cr0-here(%r8)
        .endr
        next
        .balign 4
cr0:    .long   0x000000e0
        loop    stctl
        .rept   10
        stctl   %c0,%c0,crs-here(%r8)
        .endr
        next
        loop    lctl16
        stctl   %c0,%c15,crs-here(%r8)
        lctl    %c0,%c15,crs-here(%r8)
        next
        .balign 4
crs:    .skip   64
        loop    isk
        la      %r3,0x800
        .rept   10
        .insn   rr,0x0900,%r2,%r3
        .endr
        next
        loop    stidp
        .rept   4
        .insn   s,0xb2020000,cpu_id-here(%r8)
        .endr
        next
        .balign 8
cpu_id: .quad   0
// A time slice given up: nothing at all on a bare machine.
        loop    diag44
        .insn   s,0xb2020000,0x700      // STIDP
        cli     0x700,0xff
        bcr     7,%r14
        .rept   4
        .long   0x83000044
        .endr
        next
// Entered instead of `start`. Two machines take turns in `yields`, and do the same but for
// that in `works`: so long that a turn takes more than a microsecond, by which the clock
// advances each time it is looked at.
        .set    turns, 250
        .macro  turning name, between:vararg
        .balign 1024
\name:  balr    %r8,0
\name\()_base:
        l       %r1,\name\()_turns-\name\()_base(%r8)
\name\()_next:
        .rept   400
        lr      %r2,%r3
        .endr
        \between
        bct     %r1,\name\()_next-\name\()_base(%r8)
        lpsw    \name\()_done-\name\()_base(%r8)
        .balign 8
\name\()_done:
        .long   0x00020000, 0x600
\name\()_turns:
        .long   turns
        .endm
        turning yields, .long 0x83000044
        turning works, bc 0,0
// Pages never used before.
        loop    pages
        l       %r3,page-here(%r8)
        st      %r3,0(%r3)
        a       %r3,page_step-here(%r8)
        st      %r3,page-here(%r8)
        next
        .balign 4
page:   .long   first_page
page_step:
        .long   4096
// The same pages with translation on, after PTLB: each is translated anew.
        .set    shadow_pages, 64
        .set    shadow_first, 0x10000
        .macro  translated name, touch
        loop    \name
        lctl    %c0,%c1,translation-here(%r8)
        lpsw    \name\()_on-here(%r8)
        .balign 8
\name\()_on:
        .long   0x04080000, \name\()_begin
\name\()_off:
        .long   0, \name\()_end
\name\()_begin:
        .insn   s,0xb20d0000,0
        l       %r3,shadow_page-here(%r8)
        la      %r4,shadow_pages
        balr    %r5,0
        \touch %r2,0(%r3)
        la      %r3,2048(%r3)
        la      %r3,2048(%r3)
        bctr    %r4,%r5
        bct     %r1,\name\()_begin-here(%r8)
        lpsw    \name\()_off-here(%r8)
\name\()_end:
        lctl    %c0,%c1,untranslated-here(%r8)
        br      %r14
        .endm
        translated shadow, l
        translated purge, la
        .balign 4
translation:
        .long   0x008000e0, segments
untranslated:
        .long   0x000000e0, 0
shadow_page:
        .long   shadow_first
        .balign 64
segments:
        .set    n, 0
        .rept   16
        .long   0xf0000000+page_table+32*n
        .set    n, n+1
        .endr
page_table:
        .set    n, 0
        .rept   256
        .short  n<<4
        .set    n, n+1
        .endr
// The next case with translation on.
        loop    computed
        lctl    %c0,%c1,computed_tables-here(%r8)
        lpsw    computed_on-here(%r8)
        .balign 8
computed_on:
        .long   0x04080000, computed_begin
computed_off:
        .long   0, computed_end
computed_tables:
        .long   0x008000e0, segments
computed_body:
        .long   compute
computed_begin:
        lr      %r6,%r14
        lr      %r5,%r8
        l       %r15,computed_body-here(%r8)
        balr    %r14,%r15
        lr      %r8,%r5
        lpsw    computed_off-here(%r8)
computed_end:
        slr     %r1,%r1
        l       %r15,computed_untranslated-here(%r8)
        lctl    %c0,%c1,0(%r15)
        br      %r6
        .balign 4
computed_untranslated:
        .long   untranslated
// Called by CP, and entered in a virtual machine to end at `computing_done`: the next case for
// so long that time slices end. Leaves registers 9 to 15 alone, and two values of the clock.
        .balign 512
computing:
        balr    %r8,0
computing_base:
        lr      %r5,%r8
        lr      %r6,%r14
        l       %r1,computing_count-computing_base(%r5)
        la      %r4,compute-computing_base(%r5)
        .insn   s,0xb2050000,computing_times-computing_base(%r5)
        balr    %r14,%r4
        .insn   s,0xb2050000,computing_times+8-computing_base(%r5)
        br      %r6
        .balign 8
computing_times:
        .quad   0, 0
computing_count:
        .long   50000
computing_done:
        lpsw    0x68                    // what bench.cpp has set there
// What programs do mostly: 100 instructions.
        loop    compute
        .rept   10
        l       %r2,numbers-here(%r8)
        a       %r2,numbers+4-here(%r8)
        lr      %r3,%r2
        sll     %r3,2
        st      %r3,numbers+8-here(%r8)
        c       %r2,numbers+8-here(%r8)
        bc      0,0(%r8)
        la      %r4,8(%r2,%r3)
        mvc     numbers+12-here(4,%r8),numbers+8-here(%r8)
        x       %r4,numbers+12-here(%r8)
        .endr
        next
        .balign 4
numbers:
        .long   1, 2, 3, 4
