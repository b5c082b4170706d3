# Groups, tails and masks
#
# One sum and one comparison for every SEW and LMUL: no element, few, all; with and without mask. Tails and idle lanes keep their values.

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
        vsetvli zero, t0, e8, mf4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, mf4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, mf4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, mf4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e8, mf2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, mf2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, mf2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, mf2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e8, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e8, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e8, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e8, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e8, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e16, mf2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, mf2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, mf2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e16, mf2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e16, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e16, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e16, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e16, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e16, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e16, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e16, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e32, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m2, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e32, m2, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e32, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m4, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e32, m4, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)
        li      t0, 0
        vsetvli zero, t0, e32, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m8, ta, ma
        vadd.vv v8, v16, v24
        vmsltu.vv v4, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 3
        vsetvli zero, t0, e32, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        li      t0, 1000
        vsetvli zero, t0, e32, m8, ta, ma
        vadd.vv v8, v16, v24, v0.t
        vmsltu.vv v4, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vs1r.v  v4, (s1)
        add     s1, s1, s2
        vs8r.v  v8, (s0)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
