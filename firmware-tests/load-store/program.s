# Scalar loads and stores
#
# Every scalar access, in data memory and in a synapse row.

        .equ    DATA, 0x10000000
        .equ    RESULTS, 0x10001000
        .equ    TOHOST, 0x70010f00

_start:
        li      t0, 0x600               # mstatus.VS
        csrs    mstatus, t0
        li      s0, DATA
        li      s1, RESULTS
        # The inputs: 4096 bytes of a linear congruential generator.
        li      t0, 12345
        li      t1, 1664525
        li      t2, 1013904223
        mv      t3, s0
1:      mul     t0, t0, t1
        add     t0, t0, t2
        sw      t0, 0(t3)
        addi    t3, t3, 4
        bne     t3, s1, 1b
        .option norvc
        lb      a2, 0(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lb      a2, 4(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lb      a2, 8(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lb      a2, 12(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lh      a2, 0(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lh      a2, 4(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lh      a2, 8(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lh      a2, 12(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lw      a2, 0(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lw      a2, 4(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lw      a2, 8(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lw      a2, 12(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lbu     a2, 0(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lbu     a2, 4(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lbu     a2, 8(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lbu     a2, 12(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lhu     a2, 0(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lhu     a2, 4(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lhu     a2, 8(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lhu     a2, 12(s0)
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a2, 0x89abcdef
        sb      a2, 4(s1)
        sb      a2, 8(s1)
        addi    s1, s1, 12
        li      a2, 0x89abcdef
        sh      a2, 4(s1)
        sh      a2, 8(s1)
        addi    s1, s1, 12
        li      a2, 0x89abcdef
        sw      a2, 4(s1)
        sw      a2, 8(s1)
        addi    s1, s1, 12
        # A synapse row and its neighbours: row words cost 9 cycles either way.
        li      a0, 0x40000200
        li      a1, -123
        sh      a1, 6(a0)
        lh      a2, 6(a0)
        lhu     a3, 6(a0)
        lw      a4, 4(a0)
        sw      a2, 0(s1)
        sw      a3, 4(s1)
        sw      a4, 8(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
