// The I/O instructions (io.h). u32 machine_sio(u32 device) and its like:
// device address in r2, the condition code comes back in r2.
        .text

        .macro  io_instruction name, code
        .globl  \name
        .type   \name, @function
        .balign 4
\name:  lr      %r1,%r2
        .insn   s,\code,0(%r1)
        balr    %r2,0                   // CC to bits 2-3
        sll     %r2,2
        srl     %r2,30
        br      %r14
        .endm

        io_instruction machine_sio,   0x9c000000
        io_instruction machine_clrio, 0x9d010000
        io_instruction machine_tio,   0x9d000000
        io_instruction machine_hio,   0x9e000000
        io_instruction machine_hdv,   0x9e010000
        io_instruction machine_tch,   0x9f000000
