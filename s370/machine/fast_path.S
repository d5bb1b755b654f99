// The frequent traps of a guest, done before C++ hears of them (switch.h).
//
// Lies in low storage from `fast` on, where base 0 reaches code, constants and the
// saved registers. A trap with anything unusual about it goes on to the first level
// of interruptions as if nothing had been: until `end_of_trap` nothing is changed but
// registers 2 to 6, or what the simulator would store in the same place. No clock
// is read, no key set, no control register loaded, no trace entry made.
//
// The result is what cp/guest/privileged_op and reflect give. Of the virtual PSW only
// what the guest cannot change by itself is kept; the rest is in the real old PSW.
//
//   r6 operation code   r5 VirtualCpu   r4 operand   r3 instruction   r2 work
        .set    fast, 0x3d0
        .set    current, 48             // in the machine-check old PSW: after one CP ends;
        .set    back_to_instruction, 52 // and -4, from behind an instruction to it
        .set    registers, 0x220        // of the guest: 2 to 6, in their places
        .set    next_psw, 0x210         // switch.S

        // In VirtualCpu
        .set    operand_address, 104    // LA 4,0: room for an instruction
        .set    work, 108
        .set    vpsw, 112
        .set    cr0, 120
        .set    cr2, 128
        .set    pending_masks, 184      // as a system mask: what an interruption waits for
        .set    any_pending, 185
        .set    null_purge, 186         // PTLB, when it has nothing to purge
        .set    expected_trap, 188      // as at 140, of what can be done here; 0: nothing
        .set    idle_device, 192
        .set    successor, 196          // VirtualCpu: when this one gives way; 0: CP decides
        .set    uncharged, 200          // units of the CPU timer that it ran
        .set    charged_from, 204
        .set    real_cr1, 208
        .set    refill, 212             // Refill
        .set    features, 240
        .set    traps, 244
        .set    real_psw, 96
        .set    floating, 64

        .set    privileged_operation, 2
        .set    page_translation, 0x11

        // In Refill
        .set    refill_segments, refill
        .set    refill_page, refill+4
        .set    refill_shift, refill+8
        .set    refill_refused, refill+12
        .set    refill_frame, refill+16
        .set    refill_storage, refill+20
        .set    refill_limit, refill+24

        // In ShadowTables::PageTable
        .set    table_bytes, 68
        .set    table_entry_place, 72
        .set    table_entry, 76
        .set    table_pages, 80

        .set    feature_ec_mode, 0x80
        .set    feature_translating, 0x20
        .set    feature_simulated_svc, 0x10
        .set    feature_stores, 0x08
        .set    feature_refills, 0x04

        .macro  go mask, label
        bc      \mask,\label-fast_begin+fast
        .endm
        .set    always, 15
        .set    equal, 8
        .set    unequal, 7
        .set    low, 4
        .set    not_low, 11
        .set    zeros, 8                // after TM
        .set    ones, 1
        .set    some, 7                 // mixed or ones
        .set    not_all, 12             // mixed or zeros

        .text
        .balign 8
fast_begin:
// Hercules looks an instruction's address up anew where a branch leaves a block of
// 2K: what happens often lies in the one from 800 on.
        .set    rare, 0                 // subsections
        .set    often, 1
        .set    constant_part, 2
        .set    supervisor_call, 3
        .set    back, often
        .subsection often
        .org    fast_begin+0x800-fast
// ---- Program interruption
// A privileged operation of four bytes, in virtual supervisor state: so says the word at
// 140. Its address translates, for it was just fetched from there.
fast_program:
        stm     %r2,%r6,registers+8
        lm      %r4,%r6,44              // address in the old PSW, `current`, -4
        clc     expected_trap(4,%r5),140
        go      unequal,another_trap
        lra     %r3,0(%r6,%r4)
        lh      %r6,0(%r3)
        ch      %r6,null_purge(%r5)
        go      equal,ptlb
        sra     %r6,8
        lh      %r2,table-fast_begin+fast+2*0x80(%r6,%r6)
        br      %r2

// Counters count down: BCTR needs no operand. `kind`: cp/guest/virtual_cpu.h.
        .macro  count kind
        l       %r2,traps+4*\kind(%r5)
        bctr    %r2,0
        st      %r2,traps+4*\kind(%r5)
        .endm
        .macro  end_of_trap kind
        count   \kind
        lm      %r2,%r6,registers+8
        lpsw    40
        .endm

slow:   lm      %r2,%r6,registers+8
        bc      always,machine_program_entry

// ---- Page translation: the shadow tables had no entry yet (ShadowTables::refill)
        .subsection rare
another_trap:
        cli     143,page_translation
        go      unequal,slow
        tm      features(%r5),feature_refills
        go      zeros,slow
        l       %r4,144
        lr      %r3,%r4
        n       %r3,segment_number-fast_begin+fast
        srl     %r3,14
        l       %r6,refill_segments(%r5)
        l       %r6,0(%r3,%r6)
        la      %r2,7                   // not there, or protected
        nr      %r2,%r6
        go      equal,known_segment
        go      always,slow
        .subsection supervisor_call
known_segment:
        l       %r2,table_entry_place(%r6)
        clc     table_entry(4,%r6),0(%r2)
        go      unequal,slow
        n       %r4,refill_page(%r5)
        l       %r2,refill_shift(%r5)
        srl     %r4,0(%r2)
        cl      %r4,table_bytes(%r6)
        go      not_low,slow
        l       %r2,table_pages(%r6)
        alr     %r6,%r4
        lh      %r3,0(%r4,%r2)
        lr      %r2,%r3
        n       %r2,refill_refused(%r5)
        go      unequal,slow
        n       %r3,refill_frame(%r5)
        cl      %r3,refill_limit(%r5)
        go      not_low,slow
        lr      %r2,%r3                 // r3: the guest's page, in 256 bytes; r6: the shadow entry
        srl     %r2,8
        sll     %r2,2
        l       %r4,refill_storage(%r5)
        l       %r4,0(%r2,%r4)
        la      %r2,1
        nr      %r2,%r4
        go      unequal,slow
        la      %r2,0xf0
        nr      %r2,%r3
        srl     %r2,3
        lh      %r4,0(%r2,%r4)
        la      %r2,8
        nr      %r2,%r4
        go      unequal,slow
        n       %r3,low_four-fast_begin+fast
        or      %r4,%r3
        sth     %r4,0(%r6)
        end_of_trap 0
        .subsection often

// ---- Operands
// r4: base and displacement added: the guest's own base register does it, but for those
// that are in use here. An instruction may begin in the last halfword of a page: its end
// is found by the address of the next one.
        .macro  address
        tm      47,0xfd
        go      zeros,9f
8:      cli     2(%r3),0x70
        go      low,7f
6:      mvc     operand_address+2(2,%r5),2(%r3)
        ex      0,operand_address(%r5)
5:
        .subsection rare
9:      tm      46,0x07
        go      some,8b
        cli     47,0
        go      equal,8b
        go      always,slow
7:      cli     2(%r3),0x20
        go      low,6b
        la      %r2,5b-fast_begin+fast
        go      always,saved_base
        .subsection back
        .endm

        .subsection rare
saved_base:
        lh      %r6,2(%r3)
        lr      %r4,%r6
        n       %r6,displacement-fast_begin+fast
        n       %r4,base_register-fast_begin+fast
        srl     %r4,10
        l       %r4,registers(%r4)
        la      %r4,0(%r6,%r4)
        br      %r2
        .subsection back

        .macro  aligned bytes
        la      %r2,\bytes-1
        nr      %r2,%r4
        go      unequal,slow
        .endm

// r4: from the guest's address to the real one, if it may be fetched from (stored
// to) with the key in the virtual PSW.
        .macro  operand access
        lra     %r4,0(%r4)
        go      unequal,slow
        tm      vpsw+1(%r5),0xf0
        go      some,9f
8:
        .subsection rare
9:      lr      %r2,%r4
        n       %r2,key_block-fast_begin+fast
        .insn   rr,0x0900,%r2,%r2     // ISK
        stc     %r2,work(%r5)
        .ifc    \access,fetch
        tm      work(%r5),8
        go      zeros,8b
        .endif
        xc      work(1,%r5),vpsw+1(%r5)
        tm      work(%r5),0xf0
        go      zeros,8b
        go      always,slow
        .subsection back
        .endm

// ---- System mask
// `change` (an operation, its operand) makes the virtual one's byte. In BC mode with nothing
// pending that is all; else the new one is made in `work` first: an interruption may
// come with it, and in EC mode it must be valid where the old one was (bits 0-5 may not
// change: PER, translation).
        .macro  change_mask kind, operation, operand, before:vararg
        cli     pending_masks(%r5),0
        go      unequal,9f
        tm      vpsw+1(%r5),8
        go      ones,9f
8:      \before
        \operation vpsw(1,%r5),\operand
        end_of_trap \kind
        .subsection rare
9:      mvc     work(1,%r5),vpsw(%r5)
        \operation work(1,%r5),\operand
        tm      vpsw+1(%r5),8
        go      zeros,7f
        mvc     work+1(1,%r5),work(%r5)
        xc      work+1(1,%r5),vpsw(%r5)
        tm      work+1(%r5),0xfc
        go      some,slow
7:      nc      work(1,%r5),pending_masks(%r5)
        go      equal,8b
        go      always,slow
        .subsection back
        .endm

ssm:    tm      cr0(%r5),0x40           // SSM suppression
        go      ones,slow
        address
        operand fetch
        change_mask 0x80, mvc, 0(%r4)

        .macro  store_then kind, change
        tm      features(%r5),feature_ec_mode+feature_stores
        go      not_all,slow
        address
        operand store
        change_mask \kind, \change, 1(%r3), mvc 0(1,%r4),vpsw(%r5)
        .endm
stnsm:  store_then 0xac, nc
stosm:  store_then 0xad, oc

// ---- PSW
// The PSW at r4 (real) becomes the virtual one, in force with the next LPSW 40.
        .macro  take_psw escape
        tm      features(%r5),feature_translating
        go      ones,\escape
        tm      1(%r4),0x0b             // EC mode, wait, problem state
        go      some,9f
        cli     pending_masks(%r5),0
        go      unequal,7f
8:      lm      %r3,%r4,0(%r4)
        stm     %r3,%r4,vpsw(%r5)
        n       %r3,key_field-fast_begin+fast
        o       %r3,guest_psw-fast_begin+fast
        lr      %r2,%r4
        srl     %r2,16
        n       %r2,cc_and_mask-fast_begin+fast
        or      %r3,%r2
        la      %r4,0(%r4)
6:      stm     %r3,%r4,40
        .subsection rare
7:      tm      vpsw+1(%r5),8           // masks of another mode mean other things
        go      ones,\escape
5:      mvc     work(1,%r5),0(%r4)
        nc      work(1,%r5),pending_masks(%r5)
        go      unequal,\escape
        tm      1(%r4),8
        go      zeros,8b
4:      lm      %r3,%r4,0(%r4)
        stm     %r3,%r4,vpsw(%r5)
        n       %r3,ec_fields-fast_begin+fast
        o       %r3,guest_psw-fast_begin+fast
        go      always,6b
9:      tm      1(%r4),3
        go      some,2f
3:      tm      features(%r5),feature_ec_mode
        go      zeros,\escape
        tm      0(%r4),0xfc
        go      some,\escape
        tm      2(%r4),0xc0
        go      some,\escape
        clc     3(2,%r4),zero-fast_begin+fast
        go      unequal,\escape
        cli     pending_masks(%r5),0
        go      equal,4b
        tm      vpsw+1(%r5),8
        go      zeros,\escape
        go      always,5b
2:      tm      1(%r4),2
        go      ones,\escape
        mvi     expected_trap+3(%r5),0
        tm      1(%r4),8
        go      ones,3b
        cli     pending_masks(%r5),0
        go      equal,8b
        go      always,7b
        .subsection back
        .endm

lpsw:   address
        aligned 8
        operand fetch
        take_psw slow
        end_of_trap 0x82

// ---- Supervisor call
        .subsection supervisor_call
        .set    back, supervisor_call
fast_svc:
        tm      33,1
        go      zeros,to_svc_entry
        stm     %r2,%r6,registers+8
        l       %r5,current
        tm      features(%r5),feature_translating+feature_simulated_svc
        go      some,slow_svc
        lra     %r4,0
        go      unequal,slow_svc
        l       %r2,vpsw(%r5)
        l       %r3,32
        n       %r3,cc_and_mask-fast_begin+fast
        tm      vpsw+1(%r5),8
        go      ones,svc_ec
        slr     %r6,%r6
        sll     %r3,16
        ic      %r6,137                 // instruction length in bytes
        sll     %r6,29
        or      %r3,%r6
        o       %r3,36
        stm     %r2,%r3,32(%r4)
        mvc     34(2,%r4),138
svc_stored:
        la      %r4,96(%r4)
        mvi     expected_trap+3(%r5),privileged_operation
        take_psw slow_svc
        end_of_trap 0x0a
svc_ec: n       %r2,without_cc-fast_begin+fast
        or      %r2,%r3
        l       %r3,36
        mvc     136(4,%r4),136
        stm     %r2,%r3,32(%r4)
        go      always,svc_stored
slow_svc:
        lm      %r2,%r6,registers+8
to_svc_entry:
        bc      always,machine_svc_entry
        .subsection often
        .set    back, often

// ---- Control registers: one, and of those that are loaded only such as nothing hangs on
stctl:  tm      features(%r5),feature_stores
        go      zeros,slow
        address
        aligned 4
        operand store
        slr     %r2,%r2
        ic      %r2,1(%r3)
        lr      %r3,%r2
        srl     %r3,4
        n       %r2,low_four-fast_begin+fast
        cr      %r2,%r3
        go      unequal,slow
        sll     %r2,2
        l       %r2,cr0(%r2,%r5)
        st      %r2,0(%r4)
        end_of_trap 0xb6

lctl:   address
        aligned 4
        operand fetch
        cli     1(%r3),0x22
        go      equal,lctl_2
        cli     1(%r3),0
        go      unequal,slow
        l       %r2,0(%r4)
        x       %r2,cr0(%r5)
        go      equal,lctl_done
        n       %r2,cr0_that_matters-fast_begin+fast
        go      unequal,slow
        cli     any_pending(%r5),0
        go      unequal,slow
        mvc     cr0(4,%r5),0(%r4)
lctl_done:
        end_of_trap 0xb7
lctl_2: tm      features(%r5),feature_ec_mode
        go      zeros,slow
        clc     cr2(4,%r5),0(%r4)
        go      equal,lctl_done
        cli     any_pending(%r5),0
        go      unequal,slow
        mvc     cr2(4,%r5),0(%r4)
        go      always,lctl_done

// ---- TIO of the device that the simulator found idle last
tio:    cli     1(%r3),0
        go      unequal,slow
        address
        n       %r4,device_bits-fast_begin+fast
        c       %r4,idle_device(%r5)
        go      unequal,slow
        ni      42,0xcf                 // condition code 0
        end_of_trap 0x9d

// ---- DIAGNOSE 44: the next in turn goes on, unless that is the dispatcher's business
diagnose:
        address
        n       %r4,device_bits-fast_begin+fast
        la      %r2,0x44
        cr      %r4,%r2
        go      unequal,slow
        count   0x83
        l       %r6,successor(%r5)
        ltr     %r6,%r6
        go      equal,give_way
        .insn   s,0xb2090000,real_psw(%r5)      // STPT
        tm      real_psw(%r5),0x80
        go      ones,give_way           // the alarm is due; else a word holds what has passed
        l       %r4,timer-fast_begin+fast
        l       %r3,4(%r4)
        sl      %r3,real_psw+4(%r5)
        mvc     0(8,%r4),real_psw(%r5)
        al      %r3,uncharged(%r5)
        st      %r3,uncharged(%r5)
        cl      %r3,charged_from(%r5)
        go      not_low,give_way
        stm     %r0,%r1,0(%r5)
        mvc     8(20,%r5),registers+8
        stm     %r7,%r15,28(%r5)
        mvc     real_psw(8,%r5),40
        .irp    n,0,2,4,6
        std     \n,floating+4*\n(%r5)
        ld      \n,floating+4*\n(%r6)
        .endr
        lctl    %c1,%c1,real_cr1(%r6)
        st      %r6,current
        mvc     next_psw(8),real_psw(%r6)
        lm      %r0,%r15,0(%r6)
        lpsw    next_psw
give_way:
        lm      %r2,%r6,registers+8
        bc      always,machine_give_way

// ---- B2
ptlb:   end_of_trap 0xcd
b2:     cli     1(%r3),0x0b
        go      unequal,not_ipk
        ic      %r2,vpsw+1(%r5)
        n       %r2,key_byte-fast_begin+fast
        stc     %r2,registers+11
        end_of_trap 0xcb
not_ipk:
        cli     1(%r3),0x0a
        go      unequal,slow
        address                         // SPKA
        n       %r4,key_byte-fast_begin+fast
        ic      %r2,vpsw+1(%r5)
        n       %r2,low_four-fast_begin+fast
        or      %r2,%r4
        stc     %r2,vpsw+1(%r5)
        la      %r2,13                  // EC mode, problem state, enabled for machine checks
        or      %r2,%r4
        stc     %r2,41
        end_of_trap 0xca

        .subsection constant_part
        .balign 8
        .type   constants, @object
constants:
zero:   .long   0
displacement:
        .long   0x00000fff
base_register:
        .long   0x0000f000
segment_number:
        .long   0x00ff0000
key_block:
        .long   0xfffff800
key_field:
        .long   0x00f00000
ec_fields:
        .long   0x00f03f00
guest_psw:
        .long   0x070d0000              // EC mode, translation, problem state, enabled
cc_and_mask:
        .long   0x00003f00
without_cc:
        .long   0xffffc0ff
low_four:
        .long   15
key_byte:
        .long   0x000000f0
device_bits:                            // and of a DIAGNOSE code
        .long   0x0000ffff
// Bits of CR0 that open masks for what is not pending; all others are the simulator's.
cr0_that_matters:
        .long   ~0x000008e0
timer:  .long   machine_timer_at_lap
        .size   constants, .-constants
        .subsection often
        .balign 4
// By operation code, from 80 to FF and from 0 to 7F: where to.
        .type   table, @object
table:
        .macro  entry code, label
        .rept   (\code^0x80)-((.-table)/2)
        .short  slow-fast_begin+fast
        .endr
        .short  \label-fast_begin+fast
        .endm
        entry   0x80,ssm
        entry   0x82,lpsw
        entry   0x83,diagnose
        entry   0x9d,tio
        entry   0xac,stnsm
        entry   0xad,stosm
        entry   0xb2,b2
        entry   0xb6,stctl
        entry   0xb7,lctl
        entry   0x7f,slow
        .size   table, .-table
        .subsection 4
        .org    fast_begin+0x1000-fast  // there is no room for more
fast_end:

// ---- void machine_prepare_fast_path(); void machine_use_fast_path(u32 yes)
        .subsection 5
        .globl  machine_prepare_fast_path
        .type   machine_prepare_fast_path, @function
        .balign 4
machine_prepare_fast_path:
        balr    %r1,0
prepare_base:
        stm     %r4,%r5,registers
        la      %r2,4
        lcr     %r2,%r2
        st      %r2,back_to_instruction
        la      %r2,fast
        l       %r3,fast_size-prepare_base(%r1)
        l       %r4,fast_address-prepare_base(%r1)
        lr      %r5,%r3
        mvcl    %r2,%r4
        lm      %r4,%r5,registers
        br      %r14
        .size   machine_prepare_fast_path, .-machine_prepare_fast_path
        .balign 4
        .type   prepare_constants, @object
prepare_constants:
fast_size:
        .long   fast_end-fast_begin
fast_address:
        .long   fast_begin
        .size   prepare_constants, .-prepare_constants

        .globl  machine_use_fast_path
        .type   machine_use_fast_path, @function
        .balign 4
machine_use_fast_path:
        la      %r0,machine_program_entry
        la      %r1,machine_svc_entry
        ltr     %r2,%r2
        balr    %r3,0
use_base:
        bc      8,set_new_psws-use_base(%r3)
        la      %r0,fast_program-fast_begin+fast
        la      %r1,fast_svc-fast_begin+fast
set_new_psws:
        st      %r0,108
        st      %r1,100
        br      %r14
        .size   machine_use_fast_path, .-machine_use_fast_path

        .section .bss
        .balign 8
        .globl  machine_timer_at_lap
machine_timer_at_lap:
        .skip   8
