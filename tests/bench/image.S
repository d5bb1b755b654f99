// The program for bench.cpp to load into a virtual machine.
        .section .rodata
        .balign 4096                    // as there
        .globl  bench_image, bench_image_end
bench_image:
        .incbin BENCH_IMAGE
bench_image_end:

// void bench_call(u32 address): a routine of that program where CP has it.
        .text
        .globl  bench_call
        .type   bench_call, @function
        .balign 4
bench_call:
        stm     %r6,%r14,24(%r15)
        balr    %r14,%r2
        lm      %r6,%r14,24(%r15)
        br      %r14
        .size   bench_call, .-bench_call
