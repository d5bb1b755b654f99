// The frequent traps of a guest, done before C++ hears of them (switch.h).
//
// Lies in low storage from `fast` on, where base 0 reaches code, constants and the
// saved registers. A trap with anything unusual about it goes on to the first level
// of interruptions as if nothing had been: until `done` nothing is changed but
// registers 11 to 15, or what the simulator would store in the same place. No clock
// is read, no key set, no control register loaded, no trace entry made.
//
// The result is what cp/guest/privileged_op and reflect give. Of the virtual PSW only
// what the guest cannot change by itself is kept; the rest is in the real old PSW.
//
//   r15 VirtualCpu   r14 operand   r13 instruction   r12 kind of trap * 4   r11 work
        .set    fast, 0x3a0
        .set    current, 0x200
        .set    registers, 0x220        // of the guest; that of register 0 stays zero
        .set    work, 0x208

        // In VirtualCpu; registers 11 to 15 are its registers until they are restored.
        .set    vpsw, 112
        .set    cr0, 120
        .set    cr2, 128
        .set    pending_masks, 184      // as a system mask: what an interruption waits for
        .set    any_pending, 185
        .set    features, 186
        .set    idle_device, 188
        .set    traps, 192

        .set    feature_ec_mode, 0x80
        .set    feature_null_purge, 0x40
        .set    feature_translating, 0x20
        .set    feature_simulated_svc, 0x10

        .macro  go mask, label
        bc      \mask,\label-fast_begin+fast
        .endm
        .set    always, 15
        .set    equal, 8
        .set    unequal, 7
        .set    zeros, 8                // after TM
        .set    ones, 1
        .set    some, 7                 // mixed or ones

        .text
        .balign 8
fast_begin:
// Hercules looks an instruction's address up anew where a branch leaves a block of
// 2K: what happens often lies in the one from 800 on, but SVC, which is by itself.
        .set    supervisor_call, 0      // subsections
        .set    rare, 1
        .set    constant_part, 2
        .set    often, 3
        .set    back, often
        .subsection often
        .org    fast_begin+0x800-fast
// ---- Program interruption
// CP itself can have any but a privileged operation.
fast_program:
        stm     %r11,%r15,registers+44
        cli     143,2
        go      unequal,slow
        l       %r15,current
        tm      vpsw+1(%r15),1          // virtual problem state
        go      ones,slow
        l       %r14,44
        sh      %r14,140
        lra     %r13,0(%r14)
        go      unequal,slow
        slr     %r12,%r12
        ic      %r12,0(%r13)
        sll     %r12,2
        bc      15,table-fast_begin+fast(%r12)

// Counters count down: BCTR needs no operand.
        .macro  end_of_trap
        l       %r11,traps(%r12,%r15)
        bctr    %r11,0
        st      %r11,traps(%r12,%r15)
        lm      %r11,%r15,registers+44
        lpsw    40
        .endm
done:   end_of_trap

slow:   lm      %r11,%r15,registers+44
        bc      always,machine_program_entry

// ---- Operands
// r14: base and displacement added. An instruction may begin in the last halfword of
// a page: its end is found by the address of the next one.
        .macro  address
        tm      47,0xfd
        go      zeros,9f
8:      stm     %r1,%r10,registers+4
        lh      %r11,2(%r13)
        lr      %r14,%r11
        n       %r11,displacement-fast_begin+fast
        n       %r14,base_register-fast_begin+fast
        srl     %r14,10
        l       %r14,registers(%r14)
        la      %r14,0(%r11,%r14)
        .subsection rare
9:      tm      46,0x0f
        go      some,8b
        cli     47,0
        go      equal,8b
        go      always,slow
        .subsection back
        .endm

        .macro  aligned bytes
        lr      %r11,%r14
        n       %r11,boundary_\bytes-fast_begin+fast
        go      unequal,slow
        .endm

// r14: from the guest's address to the real one, if it may be fetched from (stored
// to) with the key in the virtual PSW.
        .macro  operand access
        lra     %r14,0(%r14)
        go      unequal,slow
        tm      vpsw+1(%r15),0xf0
        go      some,9f
8:
        .subsection rare
9:      lr      %r11,%r14
        n       %r11,key_block-fast_begin+fast
        .insn   rr,0x0900,%r11,%r11     // ISK
        stc     %r11,work
        .ifc    \access,fetch
        tm      work,8
        go      zeros,8b
        .endif
        xc      work(1),vpsw+1(%r15)
        tm      work,0xf0
        go      zeros,8b
        go      always,slow
        .subsection back
        .endm

// ---- System mask
// `work` has the new mask, work+1 room: may it be set without an interruption, and is
// it valid where the old one was? (In EC mode bits 0-5 may not change: PER, translation.)
        .macro  mask_is_simple
        cli     pending_masks(%r15),0
        go      unequal,9f
8:      tm      vpsw+1(%r15),8
        go      ones,7f
6:
        .subsection rare
9:      mvc     work+1(1),work
        nc      work+1(1),pending_masks(%r15)
        go      equal,8b
        go      always,slow
7:      mvc     work+1(1),work
        xc      work+1(1),vpsw(%r15)
        tm      work+1,0xfc
        go      zeros,6b
        go      always,slow
        .subsection back
        .endm

ssm:    tm      cr0(%r15),0x40          // SSM suppression
        go      ones,slow
        address
        operand fetch
        clc     vpsw(1,%r15),0(%r14)
        go      equal,done
        mvc     work(1),0(%r14)
        mask_is_simple
        mvc     vpsw(1,%r15),work
        go      always,done

        .macro  store_then change
        tm      features(%r15),feature_ec_mode
        go      zeros,slow
        address
        operand store
        mvc     work(1),vpsw(%r15)
        \change work(1),1(%r13)
        mask_is_simple
        mvc     0(1,%r14),vpsw(%r15)
        mvc     vpsw(1,%r15),work
        go      always,done
        .endm
stnsm:  store_then nc
stosm:  store_then oc

// ---- PSW
// The PSW at r14 (real) becomes the virtual one, in force with the next LPSW 40.
        .macro  take_psw escape
        tm      features(%r15),feature_translating
        go      ones,\escape
        tm      1(%r14),0x0a            // EC mode, wait
        go      some,9f
        cli     pending_masks(%r15),0
        go      unequal,7f
8:      l       %r12,0(%r14)
        n       %r12,bc_word_0-fast_begin+fast
        l       %r13,4(%r14)
        n       %r13,bc_word_1-fast_begin+fast
        stm     %r12,%r13,vpsw(%r15)
        n       %r12,key_field-fast_begin+fast
        o       %r12,guest_psw-fast_begin+fast
        lr      %r11,%r13
        srl     %r11,16
        n       %r11,cc_and_mask-fast_begin+fast
        or      %r12,%r11
        la      %r13,0(%r13)
6:      stm     %r12,%r13,40
        .subsection rare
7:      tm      vpsw+1(%r15),8          // masks of another mode mean other things
        go      ones,\escape
        mvc     work(1),0(%r14)
        nc      work(1),pending_masks(%r15)
        go      equal,8b
        go      always,\escape
9:      tm      1(%r14),2
        go      ones,\escape
        tm      features(%r15),feature_ec_mode
        go      zeros,\escape
        tm      0(%r14),0xfc
        go      some,\escape
        tm      2(%r14),0xc0
        go      some,\escape
        clc     3(2,%r14),zero-fast_begin+fast
        go      unequal,\escape
        cli     pending_masks(%r15),0
        go      unequal,5f
4:      l       %r12,0(%r14)
        l       %r13,4(%r14)
        stm     %r12,%r13,vpsw(%r15)
        n       %r12,ec_fields-fast_begin+fast
        o       %r12,guest_psw-fast_begin+fast
        go      always,6b
5:      tm      vpsw+1(%r15),8
        go      zeros,\escape
        mvc     work(1),0(%r14)
        nc      work(1),pending_masks(%r15)
        go      equal,4b
        go      always,\escape
        .subsection back
        .endm

lpsw:   address
        aligned 8
        operand fetch
        take_psw slow
        la      %r12,4*0x82
        go      always,done

// ---- Supervisor call
        .subsection supervisor_call
        .set    back, supervisor_call
fast_svc:
        tm      33,1
        go      zeros,to_svc_entry
        stm     %r11,%r15,registers+44
        l       %r15,current
        tm      features(%r15),feature_translating+feature_simulated_svc
        go      some,slow_svc
        lra     %r14,0
        go      unequal,slow_svc
        l       %r12,vpsw(%r15)
        l       %r13,32
        n       %r13,cc_and_mask-fast_begin+fast
        tm      vpsw+1(%r15),8
        go      ones,svc_ec
        n       %r12,bc_word_0-fast_begin+fast
        slr     %r11,%r11
        ic      %r11,139
        or      %r12,%r11
        sll     %r13,16
        ic      %r11,137                // instruction length in bytes
        sll     %r11,29
        or      %r13,%r11
        o       %r13,36
svc_stored:
        stm     %r12,%r13,32(%r14)
        la      %r14,96(%r14)
        take_psw slow_svc
        la      %r12,4*0x0a
        end_of_trap
svc_ec: n       %r12,without_cc-fast_begin+fast
        or      %r12,%r13
        l       %r13,36
        mvc     136(4,%r14),136
        go      always,svc_stored
slow_svc:
        lm      %r11,%r15,registers+44
to_svc_entry:
        bc      always,machine_svc_entry
        .subsection often
        .set    back, often

// ---- Control registers: one, and of those that are loaded only such as nothing hangs on
stctl:  address
        aligned 4
        operand store
        slr     %r11,%r11
        ic      %r11,1(%r13)
        lr      %r13,%r11
        srl     %r13,4
        n       %r11,low_four-fast_begin+fast
        cr      %r11,%r13
        go      unequal,slow
        sll     %r11,2
        l       %r11,cr0(%r11,%r15)
        st      %r11,0(%r14)
        go      always,done

lctl:   address
        aligned 4
        operand fetch
        cli     1(%r13),0x22
        go      equal,lctl_2
        cli     1(%r13),0
        go      unequal,slow
        l       %r11,0(%r14)
        x       %r11,cr0(%r15)
        go      equal,done
        n       %r11,cr0_that_matters-fast_begin+fast
        go      unequal,slow
        cli     any_pending(%r15),0
        go      unequal,slow
        mvc     cr0(4,%r15),0(%r14)
        go      always,done
lctl_2: tm      features(%r15),feature_ec_mode
        go      zeros,slow
        clc     cr2(4,%r15),0(%r14)
        go      equal,done
        cli     any_pending(%r15),0
        go      unequal,slow
        mvc     cr2(4,%r15),0(%r14)
        go      always,done

// ---- TIO of the device that the simulator found idle last
tio:    cli     1(%r13),0
        go      unequal,slow
        address
        n       %r14,device_bits-fast_begin+fast
        c       %r14,idle_device(%r15)
        go      unequal,slow
        ni      42,0xcf                 // condition code 0
        go      always,done

// ---- B2
b2:     cli     1(%r13),0x0d
        go      equal,ptlb
        cli     1(%r13),0x0a
        go      equal,spka
        cli     1(%r13),0x0b
        go      unequal,slow
        slr     %r11,%r11               // IPK
        ic      %r11,vpsw+1(%r15)
        n       %r11,key_byte-fast_begin+fast
        n       %r2,but_low_byte-fast_begin+fast
        or      %r2,%r11
        la      %r12,4*0xcb
        go      always,done
ptlb:   tm      features(%r15),feature_null_purge
        go      zeros,slow
        la      %r12,4*0xcd
        go      always,done
spka:   address
        n       %r14,key_byte-fast_begin+fast
        ni      vpsw+1(%r15),0x0f
        ni      41,0x0f
        stc     %r14,work
        oc      vpsw+1(1,%r15),work
        oc      41(1),work
        la      %r12,4*0xca
        go      always,done

        .subsection constant_part
        .balign 8
        .type   constants, @object
constants:
zero:   .long   0
displacement:
        .long   0x00000fff
base_register:
        .long   0x0000f000
boundary_8:
        .long   7
boundary_4:
        .long   3
key_block:
        .long   0xfffff800
bc_word_0:
        .long   0xffff0000              // without interruption code
bc_word_1:
        .long   0x3fffffff              // without instruction length
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
but_low_byte:
        .long   0xffffff00
device_bits:
        .long   0x0000ffff
// Bits of CR0 that open masks for what is not pending; all others are the simulator's.
cr0_that_matters:
        .long   ~0x000008e0
        .size   constants, .-constants
        .subsection often
        .balign 4
// By operation code.
table:
        .macro  entry code, label
        .rept   \code-((.-table)/4)
        go      always,slow
        .endr
        go      always,\label
        .endm
        entry   0x80,ssm
        entry   0x82,lpsw
        entry   0x9d,tio
        entry   0xac,stnsm
        entry   0xad,stosm
        entry   0xb2,b2
        entry   0xb6,stctl
        entry   0xb7,lctl
        entry   0xff,slow
        .subsection 4
fast_end:

// ---- void machine_prepare_fast_path(); void machine_use_fast_path(u32 yes)
        .subsection 5
        .globl  machine_prepare_fast_path
        .type   machine_prepare_fast_path, @function
        .balign 4
machine_prepare_fast_path:
        balr    %r1,0
prepare_base:
        stm     %r4,%r5,work
        la      %r2,fast
        l       %r3,fast_size-prepare_base(%r1)
        l       %r4,fast_address-prepare_base(%r1)
        lr      %r5,%r3
        mvcl    %r2,%r4
        lm      %r4,%r5,work
        xc      registers(4),registers
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
