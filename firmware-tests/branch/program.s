# Branches and jumps
#
# Every branch taken and not taken, both jumps with their links.

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
        li      s5, 0
        li      a0, 5
        li      a1, 3
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        beq     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        bne     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        blt     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        bge     a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        bltu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        bgeu    a0, a1, 1f
        addi    s5, s5, 1
1:      slli    s5, s5, 1
        sw      s5, 0(s1)
        addi    s1, s1, 4
        jal     a0, 1f
        addi    s5, s5, 100
1:      auipc   a1, 0
        sub     a0, a0, a1
        sw      a0, 0(s1)
        addi    a1, a1, 29
        jalr    a2, 0(a1)
        addi    s5, s5, 100
        addi    s5, s5, 100
        sub     a2, a2, a1
        sw      a2, 4(s1)
        sw      s5, 8(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
