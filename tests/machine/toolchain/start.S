# A test image from address 0: runs s370_test(results) and stops.
#
# Ends in a disabled wait at X'000000' when all is well; a program interruption ends
# at X'00BAD', with the old PSW at X'28' for whoever looks.
#
# All the while the interval timer interrupts, at any instruction, and the handler
# spoils everything below the stack pointer, as a handler in C++ would.

    .set external_old, 0x18
    .set timer, 0x50
    .set saved, 0x180               # the handler's registers
    .set ticks, 0x5FFFFC            # interruptions so far: the word before the results

    .section .low, "ax"
    .type low_storage, @object
low_storage:
    .long 0, start                  # restart new PSW
    .space 0x58 - 8
    .long 0, interruption           # external
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
    mvc timer(4),.Linterval-.Lbase(%r12)
    ssm .Lexternal-.Lbase(%r12)
    l %r1,.Linitialise-.Lbase(%r12)
    balr %r14,%r1
    l %r2,.Lresults-.Lbase(%r12)
    l %r1,.Ltest-.Lbase(%r12)
    balr %r14,%r1
    ssm .Ldone-.Lbase(%r12)
    lpsw .Ldone-.Lbase(%r12)
    .size start, .-start

    .type interruption, @function
interruption:
    stm %r0,%r15,saved
    balr %r12,0
.Lhandler:
    l %r1,.Lticks-.Lhandler(%r12)
    l %r2,0(%r1)
    la %r2,1(%r2)
    st %r2,0(%r1)
    mvc timer(4),.Linterval-.Lhandler(%r12)
    lr %r1,%r15
    sh %r1,.Lspoilt-.Lhandler(%r12)
    mvi 0(%r1),0xEE
    mvc 1(255,%r1),0(%r1)
    lm %r0,%r15,saved
    lpsw external_old
    .size interruption, .-interruption

    .balign 8
    .type start_constants, @object
start_constants:
.Ldone:
    .long 0x00020000, 0
.Lstack:
    .long 0x7FFF00
.Lresults:
    .long ticks + 4
.Lticks:
    .long ticks
.Ltest:
    .long s370_test
.Linitialise:
    .long s370_run_static_initialisers
.Linterval:
    .long 1                         # 13 microseconds, or the next look of the timer thread
.Lspoilt:
    .short 256
.Lexternal:
    .byte 0x01, 0
    .size start_constants, .-start_constants
