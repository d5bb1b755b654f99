// The system mask and PSW (psw.h).
        .text

// void machine_ssm(const u8*)
        .globl  machine_ssm
        .type   machine_ssm, @function
        .balign 4
machine_ssm:
        ssm     0(%r2)
        br      %r14

// void machine_lpsw(const u64*)
        .globl  machine_lpsw
        .type   machine_lpsw, @function
        .balign 4
machine_lpsw:
        lpsw    0(%r2)
