# Integer instructions
#
# Every integer instruction of 32 bits on ordinary operands and limits.

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
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        add     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        sub     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        sll     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        slt     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        sltu    a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        xor     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        srl     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        sra     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        or      a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        li      a1, 3
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        li      a1, 3
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        li      a1, 1
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        li      a1, -1
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        li      a1, 4095
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 0
        li      a1, 0
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 7
        li      a1, 0
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -1
        li      a1, 31
        and     a2, a0, a1
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        addi    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        addi    a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        addi    a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        addi    a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        slti    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        slti    a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        slti    a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        slti    a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        sltiu   a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        sltiu   a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        sltiu   a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        sltiu   a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        xori    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        xori    a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        xori    a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        xori    a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        ori     a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        ori     a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        ori     a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        ori     a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        andi    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        andi    a2, a0, -3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 2147483647
        andi    a2, a0, 2047
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -2147483648
        andi    a2, a0, -2048
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        slli    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        slli    a2, a0, 31
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        slli    a2, a0, 0
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        srli    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        srli    a2, a0, 31
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        srli    a2, a0, 0
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 5
        srai    a2, a0, 3
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, -5
        srai    a2, a0, 31
        sw      a2, 0(s1)
        addi    s1, s1, 4
        li      a0, 305419896
        srai    a2, a0, 0
        sw      a2, 0(s1)
        addi    s1, s1, 4
        lui     a0, 0xabcde
        sw      a0, 0(s1)
        lui     a0, 0
        sw      a0, 4(s1)
        auipc   a1, 0
        auipc   a2, 0x12345
        sub     a2, a2, a1
        sw      a2, 8(s1)
        fence

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
