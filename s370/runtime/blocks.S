# Blocks of storage: memcpy, memmove, memset, memcmp, which GCC calls by itself, and
# memchr and strlen, which the standard headers call.
#
# r2, r3, r4 as in C; all return in r2, none needs a stack. MVCL and CLCL take
# lengths of 24 bits, which is all there is.

    .text

    .globl memcpy
    .type memcpy, @function
memcpy:
    ltr %r4,%r4
    bcr 8,%r14
    balr %r1,0
.Lcopy:
    la %r5,256
    clr %r4,%r5
    bc 2,.Llong-.Lcopy(%r1)
    bctr %r4,0
    ex %r4,.Lmove-.Lcopy(%r1)
    br %r14
.Llong:
    lr %r5,%r4
    lr %r4,%r3
    lr %r0,%r2
    lr %r1,%r5
    mvcl %r0,%r4
    br %r14
.Lmove:
    mvc 0(1,%r2),0(%r3)
    .size memcpy, .-memcpy

# From the end, in pieces no longer than the distance, when the target lies inside
# the source or behind it; else MVC and MVCL do it right.
    .globl memmove
    .type memmove, @function
memmove:
    la %r2,0(%r2)               # addresses are compared, so without their top byte
    la %r3,0(%r3)
    balr %r1,0
.Lmemmove:
    lr %r5,%r2
    slr %r5,%r3
    clr %r5,%r4                 # below the source the distance looks enormous
    bc 4,.Lbackwards-.Lmemmove(%r1)
    l %r1,.Lmemcpy-.Lmemmove(%r1)
    br %r1
.Lbackwards:
    ltr %r5,%r5
    bcr 8,%r14
    la %r0,256
    clr %r5,%r0
    bc 12,.Lpiece-.Lmemmove(%r1)
    lr %r5,%r0
.Lpiece:                        # r5: length of a piece, r4: what is left
    stm %r6,%r8,24(%r15)
    lr %r8,%r5
    bctr %r8,0
.Lmore:
    clr %r4,%r5
    bc 12,.Llast-.Lmemmove(%r1)
    slr %r4,%r5
    la %r6,0(%r4,%r2)
    la %r7,0(%r4,%r3)
    ex %r8,.Lpart-.Lmemmove(%r1)
    bc 15,.Lmore-.Lmemmove(%r1)
.Llast:
    bctr %r4,0
    lr %r6,%r2
    lr %r7,%r3
    ex %r4,.Lpart-.Lmemmove(%r1)
    lm %r6,%r8,24(%r15)
    br %r14
.Lpart:
    mvc 0(1,%r6),0(%r7)
    .size memmove, .-memmove

    .globl memset
    .type memset, @function
memset:
    lr %r0,%r2
    lr %r1,%r4
    lr %r5,%r3
    sll %r5,24                  # the padding byte, and a source of length zero
    mvcl %r0,%r4
    br %r14
    .size memset, .-memset

    .globl memcmp
    .type memcmp, @function
memcmp:
    lr %r0,%r2
    lr %r1,%r4
    lr %r5,%r4
    lr %r4,%r3
    clcl %r0,%r4
    la %r2,0
    bcr 8,%r14
    la %r2,1
    bcr 2,%r14
    lcr %r2,%r2
    br %r14
    .size memcmp, .-memcmp

    .globl memchr
    .type memchr, @function
memchr:
    balr %r1,0
.Lmemchr:
    ltr %r4,%r4
    bc 8,.Labsent-.Lmemchr(%r1)
.Lother:
    clm %r3,1,0(%r2)
    bcr 8,%r14
    la %r2,1(%r2)
    bct %r4,.Lother-.Lmemchr(%r1)
.Labsent:
    slr %r2,%r2
    br %r14
    .size memchr, .-memchr

    .globl strlen
    .type strlen, @function
strlen:
    lr %r3,%r2
    slr %r2,%r2
    balr %r1,0
.Lstrlen:
    cli 0(%r3),0
    bcr 8,%r14
    la %r2,1(%r2)
    la %r3,1(%r3)
    bc 15,.Lstrlen-.Lstrlen(%r1)
    .size strlen, .-strlen

    .balign 4
    .type blocks_constants, @object
blocks_constants:
.Lmemcpy:
    .long memcpy
    .size blocks_constants, .-blocks_constants
