# vtype and vl
#
# Every type that can be asked for, with 0, few and many elements.

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
        # All vector registers from the inputs.
        csrr    t0, vlenb
        slli    t0, t0, 3
        mv      a0, s0
        vl8re8.v v0, (a0)
        add     a0, a0, t0
        vl8re8.v v8, (a0)
        add     a0, a0, t0
        vl8re8.v v16, (a0)
        add     a0, a0, t0
        vl8re8.v v24, (a0)
        csrr    s2, vlenb
        slli    s3, s2, 1
        li      a1, 8
        li      a2, -37
        li      t0, 0
        li      t1, 0
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 0
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 0
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 1
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 1
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 1
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 2
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 2
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 2
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 3
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 3
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 3
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 4
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 4
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 4
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 5
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 5
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 5
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 6
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 6
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 6
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 7
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 7
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 7
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 8
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 8
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 8
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 9
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 9
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 9
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 10
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 10
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 10
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 11
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 11
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 11
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 12
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 12
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 12
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 13
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 13
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 13
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 14
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 14
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 14
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 15
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 15
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 15
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 16
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 16
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 16
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 17
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 17
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 17
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 18
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 18
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 18
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 19
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 19
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 19
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 20
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 20
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 20
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 21
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 21
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 21
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 22
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 22
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 22
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 23
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 23
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 23
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 24
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 24
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 24
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 25
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 25
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 25
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 26
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 26
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 26
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 27
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 27
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 27
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 28
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 28
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 28
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 29
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 29
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 29
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 30
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 30
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 30
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 31
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 31
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 31
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 32
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 32
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 32
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 33
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 33
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 33
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 34
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 34
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 34
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 35
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 35
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 35
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 36
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 36
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 36
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 37
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 37
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 37
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 38
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 38
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 38
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 39
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 39
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 39
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 40
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 40
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 40
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 41
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 41
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 41
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 42
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 42
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 42
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 43
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 43
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 43
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 44
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 44
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 44
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 45
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 45
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 45
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 46
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 46
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 46
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 47
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 47
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 47
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 48
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 48
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 48
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 49
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 49
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 49
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 50
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 50
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 50
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 51
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 51
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 51
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 52
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 52
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 52
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 53
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 53
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 53
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 54
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 54
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 54
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 55
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 55
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 55
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 56
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 56
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 56
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 57
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 57
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 57
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 58
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 58
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 58
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 59
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 59
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 59
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 60
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 60
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 60
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 61
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 61
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 61
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 62
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 62
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 62
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 63
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 63
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 63
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 70
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 70
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 70
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 77
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 77
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 77
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 84
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 84
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 84
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 91
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 91
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 91
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 98
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 98
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 98
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 105
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 105
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 105
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 112
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 112
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 112
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 119
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 119
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 119
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 126
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 126
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 126
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 133
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 133
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 133
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 140
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 140
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 140
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 147
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 147
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 147
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 154
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 154
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 154
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 161
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 161
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 161
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 168
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 168
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 168
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 175
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 175
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 175
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 182
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 182
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 182
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 189
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 189
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 189
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 196
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 196
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 196
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 203
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 203
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 203
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 210
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 210
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 210
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 217
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 217
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 217
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 224
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 224
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 224
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 231
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 231
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 231
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 238
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 238
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 238
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 245
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 245
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 245
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 0
        li      t1, 252
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 5
        li      t1, 252
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        li      t0, 1000
        li      t1, 252
        vsetvl  t2, t0, t1
        csrr    t3, vtype
        sw      t2, 0(s1)
        sw      t3, 4(s1)
        addi    s1, s1, 8
        vsetvli t2, zero, e16, m4, tu, mu
        sw      t2, 0(s1)
        vsetivli t2, 17, e8, mf2, ta, mu
        sw      t2, 4(s1)
        vsetvli zero, zero, e16, m1, ta, ma
        csrr    t2, vl
        sw      t2, 8(s1)
        csrr    t2, vlenb
        sw      t2, 12(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
