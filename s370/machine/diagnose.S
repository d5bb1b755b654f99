// void machine_diagnose(u32 code, Diagnose*) (diagnose.h)
//
// The code is the instruction's displacement with base 0, as CP wants it, so
// there is one instruction for each code up to X'FC'. Rx is r4 and Ry is r6.
// r15 is a parameter of some codes, so that the stack pointer waits in r2
// meanwhile: an interruption must not find it changed, callers run disabled.
        .text
        .globl  machine_diagnose
        .type   machine_diagnose, @function
        .balign 8
machine_diagnose:
        stm     %r6,%r8,24(%r15)
        lr      %r1,%r2
        alr     %r1,%r1                 // eight bytes for every fourth code
        lr      %r2,%r15
        balr    %r8,0
base:   l       %r15,16(%r3)
        lm      %r4,%r7,0(%r3)
        b       codes-base(%r1,%r8)
done:   balr    %r0,0
        st      %r15,16(%r3)
        lr      %r15,%r2
        stm     %r4,%r7,0(%r3)
        sll     %r0,2
        srl     %r0,30
        st      %r0,20(%r3)
        lm      %r6,%r8,24(%r15)
        br      %r14
        .balign 8
codes:
        .set    code, 0
        .rept   64
        .insn   rs,0x83000000,%r4,%r6,code(0)
        b       done-base(%r8)
        .set    code, code+4
        .endr
