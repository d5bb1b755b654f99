// Which of the machine's processors CP runs on.
//
// Hercules 3.13 forgets at the initial reset of a processor, which is part of IPL, by what
// it knows real addresses in its lookaside buffer: on that processor each operand takes
// the long way, and with translation off all of CP's do. A second one is as it should be.
        .set    restart, 6
        .set    stop, 5
        .set    stop_and_store_status, 9
        .set    sense, 1
        .set    accepted, 8             // condition codes, as masks
        .set    busy, 2
        .set    otherwise, 7

        .set    cps_processor, 0x260    // halfwords: its address
        .set    this_processor, 0x262

// Takes the channel set whose number is in `register` from a stopped processor.
        .macro  take_channels register
8:      .insn   s,0xb2010000,0(\register)               // DISCS
        .insn   s,0xb2000000,0(\register)               // CONCS
        bc      otherwise,8b-choose_base(%r1)
        .endm

// ---- void machine_choose_processor(), in BC mode
// Returns on another processor than the one that CP was loaded on, where there is one that
// answers, with that one's channels; the first is stopped. Uses locations 0 and 104.
        .text
        .globl  machine_choose_processor
        .type   machine_choose_processor, @function
        .balign 4
machine_choose_processor:
        balr    %r1,0
choose_base:
        l       %r2,place-choose_base(%r1)
        mvc     104(8),stay_psw-choose_base(%r1)        // not installed
        mvc     0(8),moved_psw-choose_base(%r1)
        .insn   s,0xb2120000,cps_processor              // STAP
        lh      %r3,cps_processor
        x       %r3,one-choose_base(%r1)
        stm     %r0,%r15,0(%r2)
again:  .insn   rs,0xae000000,%r0,%r3,restart           // SIGP
        bc      busy,again-choose_base(%r1)
        bc      accepted,.-choose_base(%r1)             // until the other one stops it
stay:   br      %r14
moved:  balr    %r1,0
        l       %r2,place-.(%r1)
        lm      %r0,%r15,0(%r2)
        lh      %r3,cps_processor
stop_first:
        .insn   rs,0xae000000,%r0,%r3,stop
        bc      otherwise,stop_first-choose_base(%r1)
        take_channels %r3
        .insn   s,0xb2120000,cps_processor
        br      %r14

// ---- The restart key, on any processor: entered with the registers stored
// Where CP runs on another one, stops that, and goes on in its state.
        .globl  machine_restarted
        .balign 4
machine_restarted:
        balr    %r1,0
        l       %r1,base-.(%r1)
        .insn   s,0xb2120000,this_processor
        clc     this_processor(2),cps_processor
        bc      accepted,here-choose_base(%r1)
        lh      %r3,cps_processor
store:  .insn   rs,0xae000000,%r0,%r3,stop_and_store_status
        bc      busy,store-choose_base(%r1)
        slr     %r2,%r2
stops:  .insn   rs,0xae000000,%r2,%r3,sense
        bc      busy,stops-choose_base(%r1)
        n       %r2,stopped-choose_base(%r1)
        bc      accepted,stops-choose_base(%r1)         // zero
        mvc     8(8),256
        lctl    %c0,%c15,448
        lh      %r3,this_processor
        sth     %r3,cps_processor
        take_channels %r3
here:   la      %r1,2
        bc      15,machine_fail
        .size   machine_choose_processor, .-machine_choose_processor
        .balign 8
        .type   choose_constants, @object
choose_constants:
stay_psw:
        .long   0, stay
moved_psw:
        .long   0, moved
one:    .long   1
stopped:
        .long   0x00000040              // of the status
place:  .long   saved
base:   .long   choose_base
        .size   choose_constants, .-choose_constants

        .section .bss
        .balign 4
saved:  .skip   64
