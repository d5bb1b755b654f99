# The lowering pass's helpers: unsigned multiplication and division of register pairs.
#
# s370_mlrN, s370_dlrN stand for MLR and DLR on the pair N, N+1. Caller's state: r12
# points here, r14 is the link with the condition code in it, its old value is in
# 0(15), operand 1 in 4(15). Everything else, the condition code too, is given back.

    .set save, 8              # r0 to r11
    .set frame, 64
    .set source, frame + 4

    .text

# The operands in r0, r1 and r2, the result from r0, r1.
    .macro helper name, even
    .globl \name\even
    .type \name\even, @function
\name\even:
    sh %r15, .Lframe_length-\name\even(%r12)
    stm %r0,%r11,save(%r15)
    lm %r0,%r1,save+4*\even(%r15)
    l %r2,source(%r15)
    bal %r10,.L\name-\name\even(%r12)
    stm %r0,%r1,save+4*\even(%r15)
    lm %r0,%r11,save(%r15)
    la %r15,frame(%r15)
    spm %r14
    br %r14
    .size \name\even, .-\name\even
    .endm

    .irp even, 0, 2, 4, 6, 8, 10
    helper s370_mlr, \even
    helper s370_dlr, \even
    .endr

# r1 times r2, to r0 and r1. The signed product lacks the other operand, times two
# to the 32nd, for each operand that looks negative.
    .type multiply_core, @function
multiply_core:
.Ls370_mlr:
    balr %r11,0
.Lm:
    lr %r3,%r1
    mr %r0,%r2
    ltr %r3,%r3
    bc 10,.Lfirst_positive-.Lm(%r11)
    alr %r0,%r2
.Lfirst_positive:
    ltr %r2,%r2
    bcr 10,%r10
    alr %r0,%r3
    br %r10
    .size multiply_core, .-multiply_core

# r0, r1 by r2: remainder to r0, quotient to r1.
    .type divide_core, @function
divide_core:
.Ls370_dlr:
    balr %r11,0
.Ld:
    ltr %r2,%r2
    bc 4,.Llarge-.Ld(%r11)
    # Half the dividend is within reach of the signed DR; then the last bit.
    # Where the quotient has no room, so has that of DR: its exception is ours.
    lr %r3,%r1
    sll %r3,31
    srl %r3,31
    srdl %r0,1
    dr %r0,%r2
    alr %r0,%r0
    alr %r0,%r3
    alr %r1,%r1
    clr %r0,%r2
    bcr 4,%r10
    slr %r0,%r2
    al %r1,.Lone-.Ld(%r11)
    br %r10
.Llarge:                        # a divisor from X'80000000' on
    ltr %r0,%r0
    bc 7,.Lwide-.Ld(%r11)
    lr %r0,%r1
    slr %r1,%r1
    clr %r0,%r2
    bcr 4,%r10
    slr %r0,%r2
    la %r1,1
    br %r10
.Lwide:
    clr %r0,%r2
    bc 4,.Lbits-.Ld(%r11)
    slr %r2,%r2
    dr %r0,%r2                  # fixed-point divide exception
.Lbits:
    la %r4,32
.Lnext:
    ltr %r0,%r0
    sldl %r0,1
    bc 4,.Lsubtract-.Ld(%r11)   # the bit shifted out makes it larger than any divisor
    clr %r0,%r2
    bc 4,.Lsmaller-.Ld(%r11)
.Lsubtract:
    slr %r0,%r2
    al %r1,.Lone-.Ld(%r11)
.Lsmaller:
    bct %r4,.Lnext-.Ld(%r11)
    br %r10
    .size divide_core, .-divide_core

    .balign 4
    .type divide_constants, @object
divide_constants:
.Lone:
    .long 1
.Lframe_length:
    .short frame
    .size divide_constants, .-divide_constants
