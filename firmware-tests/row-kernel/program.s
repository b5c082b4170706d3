# The row kernel
#
# dW = eta*e*r over 256 rows of 256 columns: 62 cycles a row, 15,896 in all.

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
        # Weights, row registers and errors are what the test puts there: zero is enough for time.
        li      a0, 0x40000000
        li      a1, 0x48000000
        li      a2, 0x50020000
        li      a3, 256
        li      a4, 512
        li      a5, 12345
        # A factor that the loop sees, so that its sums are not all zero.
        csrr    s6, mcycle
        li      t0, 256                 #  1
        vsetvli t1, t0, e16, m8, ta, ma #  1
        csrwi   vxrm, 0                 #  1   round half up
        vle16.v v8, (a2)                # 11   e, 3 + 8
        vsmul.vx v8, v8, a5             # 12   eta*e, hoisted: 4 + 8
1:      lh      t2, 0(a1)               #  2   r_j, row register
        vle16.v v16, (a0)               # 16   weight row, 8 + 8
        vsmul.vx v24, v8, t2            # 12   round(eta*e*r_j)
        vsadd.vv v16, v16, v24          # 10   saturate, 2 + 8
        vse16.v v16, (a0)               # 16
        addi    a1, a1, 2               #  1
        add     a0, a0, a4              #  1   a4 = S
        addi    a3, a3, -1              #  1
        bnez    a3, 1b                  #  3   (1 on the last row)
        csrr    s7, mcycle
        # The manual's sum, 15,896, and the read of the counter itself.
        sub     s7, s7, s6
        sw      s7, 0(s1)
        li      t0, 15897
        beq     s7, t0, 2f
        li      t0, TOHOST
        li      t1, 3
        sw      t1, 0(t0)
2:

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
