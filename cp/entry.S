// Where the loader branches to: BC mode, disabled, the IPL device at location 2.
// Makes the state in which CP's C++ runs: EC mode, disabled, DAT off, its stack.
        .text
        .globl  cp_entry
        .type   cp_entry, @function
        .balign 8
cp_entry:
        balr    %r12,0
base:   lh      %r11,2                          // before low storage is laid out
        lm      %r2,%r3,bss-base(%r12)
        slr     %r4,%r4
        slr     %r5,%r5
        mvcl    %r2,%r4
        l       %r15,stack-base(%r12)
        l       %r1,choose-base(%r12)
        balr    %r14,%r1
        l       %r1,prepare-base(%r12)
        balr    %r14,%r1
        lctl    %c0,%c15,control-base(%r12)
        la      %r1,in_ec_mode-base(%r12)
        st      %r1,ec_psw+4-base(%r12)
        lpsw    ec_psw-base(%r12)
in_ec_mode:
        l       %r1,initialise-base(%r12)
        balr    %r14,%r1
        lr      %r2,%r11
        l       %r1,start-base(%r12)
        balr    %r14,%r1
        .size   cp_entry, .-cp_entry

        .balign 8
        .type   entry_constants, @object
entry_constants:
ec_psw: .long   0x00080000, 0
bss:    .long   __bss_start, __bss_size
stack:  .long   cp_stack_top
choose: .long   machine_choose_processor
prepare:
        .long   machine_prepare_interruptions
initialise:
        .long   s370_run_static_initialisers
start:  .long   cp_start
// 4K pages, 64K segments; clock comparator and CPU timer; every channel.
control:
        .long   0x00800c00, 0, 0xffffffff, 0, 0, 0, 0, 0
        .long   0, 0, 0, 0, 0, 0, 0xc2000000, 0
        .size   entry_constants, .-entry_constants

        .section .bss
        .balign 8
        .globl  cp_stack_end
cp_stack_end:
        .skip   65536
        .globl  cp_stack_top
cp_stack_top:
        .skip   160
