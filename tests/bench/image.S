// The program for bench.cpp to load into a virtual machine.
        .section .rodata
        .balign 8
        .globl  bench_image, bench_image_end
bench_image:
        .incbin BENCH_IMAGE
bench_image_end:
