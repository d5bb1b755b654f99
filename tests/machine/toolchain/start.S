# A test image from address 0: runs s370_test(results) and stops.
#
# Ends in a disabled wait at X'000000' when all is well; a program interruption ends
# at X'00BAD', with the old PSW at X'28' for whoever looks.

    .section .low, "ax"
    .type low_storage, @object
low_storage:
    .long 0x00000000, start         # restart new PSW
    .space 0x58 - 8
    .long 0x00020000, 0xBAD0        # external
    .long 0x00020000, 0xBAD1        # supervisor call
    .long 0x00020000, 0xBAD         # program
    .long 0x00020000, 0xBAD2        # machine check
    .long 0x00020000, 0xBAD3        # input/output
    .space 0x200 - 0x80
    .size low_storage, .-low_storage

    .globl start
    .type start, @function
start:
    balr %r12,0
.Lbase:
    l %r15,.Lstack-.Lbase(%r12)
    l %r1,.Linitialise-.Lbase(%r12)
    balr %r14,%r1
    l %r2,.Lresults-.Lbase(%r12)
    l %r1,.Ltest-.Lbase(%r12)
    balr %r14,%r1
    lpsw .Ldone-.Lbase(%r12)
    .size start, .-start

    .balign 8
    .type start_constants, @object
start_constants:
.Ldone:
    .long 0x00020000, 0
.Lstack:
    .long 0x7FFF00
.Lresults:
    .long 0x600000
.Ltest:
    .long s370_test
.Linitialise:
    .long s370_run_static_initialisers
    .size start_constants, .-start_constants
