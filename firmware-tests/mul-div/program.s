# Products and quotients
#
# The M extension, division by zero and overflow included.

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
        li      a0, 5
        li      a1, 3
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        mul     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        mulh    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        mulhsu  a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        mulhu   a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        div     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        divu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        rem     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        remu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
