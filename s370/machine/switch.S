// Between CP and what it runs (switch.h): the first level of all interruptions.
//
// The handlers lie in low storage from `low` on, where base 0 reaches
// them: a trap finds its way without losing a register first. CP's own words:
//   30 VirtualCpu that runs    204 CP's stack     208 register 1 or 2
//   20C the same               210 PSW to load    220-25F, 3D0 and up: fast_path.S
//   260 processor.S
        .set    low, 0x280
        .set    current, 48
        .set    cp_stack, 0x204
        .set    save, 0x208
        .set    psw, 0x210
        .set    saved_registers, 384
        .set    real_psw, 96            // in VirtualCpu

        .set    class_program, 1
        .set    class_svc, 2
        .set    class_external, 3
        .set    class_io, 4
        .set    class_gives_way, 5

        .text
// ---- copied to `low`
        .balign 8
first_level:
        .macro  guest_interrupted old
        st      %r1,save
        l       %r1,current
        stm     %r0,%r15,0(%r1)
        mvc     4(4,%r1),save
        mvc     real_psw(8,%r1),\old
        .endm

        .macro  to_cp class
        l       %r15,cp_stack
        la      %r2,\class
        lm      %r6,%r14,24(%r15)
        br      %r14
        .endm

        .globl  machine_program_entry, machine_svc_entry
        .set    machine_program_entry, program_entry-first_level+low
        .set    machine_svc_entry, svc_entry-first_level+low
        .globl  machine_give_way
        .set    machine_give_way, give_way-first_level+low
program_entry:
        tm      41,1                    // problem state: a guest's
        bc      8,program_in_cp-first_level+low
        guest_interrupted 40
        to_cp   class_program

give_way:
        guest_interrupted 40
        to_cp   class_gives_way

svc_entry:
        tm      33,1
        bc      8,svc_in_cp-first_level+low
        guest_interrupted 32
        to_cp   class_svc

external_entry:
        tm      25,1
        bc      8,external_idle-first_level+low
        guest_interrupted 24
external_idle:
        to_cp   class_external

io_entry:
        tm      57,1
        bc      8,io_idle-first_level+low
        guest_interrupted 56
io_idle:
        to_cp   class_io

machine_check_entry:
        lctl    %c0,%c0,cp_cr0-first_level+low  // a guest's protects low addresses
        stm     %r0,%r15,saved_registers
        la      %r1,3
        b       fail-first_level+low
program_in_cp:
        stm     %r0,%r15,saved_registers
        la      %r1,0
        b       fail-first_level+low
svc_in_cp:
        stm     %r0,%r15,saved_registers
        la      %r1,1
        b       fail-first_level+low
restart_entry:
        lctl    %c0,%c0,cp_cr0-first_level+low
        stm     %r0,%r15,saved_registers
        l       %r1,restarted-first_level+low
        br      %r1
        .globl  machine_fail
        .set    machine_fail, fail-first_level+low
fail:   sll     %r1,2
        l       %r2,failures-first_level+low(%r1)
        l       %r15,failure_stack-first_level+low
        br      %r2
        .balign 8
        .type   failures, @object
failures:
        .long   cp_program_check, cp_unexpected_svc, cp_restart_key, cp_machine_check
cp_cr0: .long   0x00800c00
failure_stack:
        .long   machine_failure_stack_top
restarted:
        .long   machine_restarted
        .size   failures, .-failures

// ---- void machine_prepare_interruptions()
        .globl  machine_prepare_interruptions
        .type   machine_prepare_interruptions, @function
        .balign 4
machine_prepare_interruptions:
        balr    %r1,0
prepare_base:
        l       %r2,first_level_address-prepare_base(%r1)
        la      %r3,low
        mvc     0(256,%r3),0(%r2)
        mvc     256(256,%r3),256(%r2)
        mvc     0(8),new_psws-prepare_base(%r1)
        mvc     88(40),new_psws+8-prepare_base(%r1)
        l       %r1,fast_path_address-prepare_base(%r1)
        br      %r1
        .size   machine_prepare_interruptions, .-machine_prepare_interruptions
        .balign 8
        .type   new_psws, @object
new_psws:
        .long   0x00080000, restart_entry-first_level+low
        .long   0x00080000, external_entry-first_level+low
        .long   0x00080000, svc_entry-first_level+low
        .long   0x00080000, program_entry-first_level+low
        .long   0x00080000, machine_check_entry-first_level+low
        .long   0x00080000, io_entry-first_level+low
first_level_address:
        .long   first_level
fast_path_address:
        .long   machine_prepare_fast_path
        .size   new_psws, .-new_psws

// ---- u32 machine_run(void* registers)
        .globl  machine_run
        .type   machine_run, @function
        .balign 4
machine_run:
        stm     %r6,%r15,24(%r15)
        st      %r15,cp_stack
        mvc     psw(8),real_psw(%r2)
        lm      %r0,%r15,0(%r2)
        lpsw    psw

// ---- u32 machine_wait()
        .globl  machine_wait
        .type   machine_wait, @function
        .balign 4
machine_wait:
        stm     %r6,%r15,24(%r15)
        st      %r15,cp_stack
        balr    %r1,0
        lpsw    wait_psw-.(%r1)
        .size   machine_wait, .-machine_wait
        .balign 8
        .type   wait_psw, @object
wait_psw:
        .long   0x030E0000, 0
        .size   wait_psw, .-wait_psw

// ---- void machine_stop(u32 code)
        .globl  machine_stop
        .type   machine_stop, @function
        .balign 4
machine_stop:
        balr    %r1,0
stop_base:
        mvc     psw(8),stop_psw-stop_base(%r1)
        st      %r2,psw+4
        lpsw    psw
        .size   machine_stop, .-machine_stop
        .balign 8
        .type   stop_psw, @object
stop_psw:
        .long   0x000A0000, 0
        .size   stop_psw, .-stop_psw

// ---- u32 machine_storage_size()
// A block that is not there ends the search with an addressing exception.
        .globl  machine_storage_size
        .type   machine_storage_size, @function
        .balign 4
machine_storage_size:
        balr    %r1,0
size_base:
        mvc     save(8),104
        mvc     104(8),size_psw-size_base(%r1)
        la      %r3,size_found-size_base(%r1)
        st      %r3,108
        slr     %r2,%r2
        l       %r4,megabyte-size_base(%r1)
        l       %r5,limit-size_base(%r1)
next:   .insn   rr,0x0900,%r3,%r2               // ISK
        alr     %r2,%r4
        clr     %r2,%r5
        bc      4,next-size_base(%r1)
size_found:
        mvc     104(8),save
        br      %r14
        .size   machine_storage_size, .-machine_storage_size
        .balign 8
        .type   size_psw, @object
size_psw:
        .long   0x00080000, 0
megabyte:
        .long   0x00100000
limit:  .long   0x01000000
        .size   size_psw, .-size_psw

        .section .bss
        .balign 8
        .skip   8192
machine_failure_stack_top:
        .skip   160
