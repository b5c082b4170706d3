# Instructions by their fields.
    .text
    .insn r 0x33, 7, 0x01, a0, a1, a2
    .insn r CUSTOM_0, 1, 2, a0, a1, a2
    .insn i OP_IMM, 4, t0, x6, -2048
    .insn i LOAD, 2, s3, 2047(sp)
    .insn i 0x67, 0, ra, 0(t1)
    .insn s STORE, 1, t2, -6(gp)
    .insn u LUI, a5, 0xfffff
    .insn 0x00c58533
    .insn 4, 0x00c58533
    .insn 2, 0x8082
    .p2align 4
