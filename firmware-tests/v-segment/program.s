# Segment accesses
#
# Every segment load and store, two to eight fields.

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
        li      a4, 0x01000193
        li      s4, 0x10000800
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg2e8.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg2e16.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg2e32.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg2e8ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg2e16ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg2e32ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg2e8.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg2e16.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg2e32.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg2e8.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg2e16.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg2e32.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg2e8.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg2e16.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg2e32.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg2ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg2ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg2ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg2ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg2ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg2ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg2ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg2ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg2ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg2ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg2ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg2ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg3e8.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg3e16.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg3e32.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg3e8ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg3e16ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg3e32ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg3e8.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg3e16.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg3e32.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg3e8.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg3e16.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg3e32.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg3e8.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg3e16.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg3e32.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg3ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg3ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg3ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg3ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg3ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg3ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg3ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg3ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg3ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg3ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg3ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg3ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg4e8.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg4e16.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg4e32.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg4e8ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg4e16ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg4e32ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg4e8.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg4e16.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg4e32.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg4e8.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg4e16.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg4e32.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg4e8.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg4e16.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg4e32.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg4ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg4ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg4ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg4ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg4ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg4ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg4ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg4ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg4ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg4ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg4ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg4ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg5e8.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg5e16.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg5e32.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg5e8ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg5e16ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg5e32ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg5e8.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg5e16.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg5e32.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg5e8.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg5e16.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg5e32.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg5e8.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg5e16.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg5e32.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg5ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg5ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg5ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg5ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg5ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg5ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg5ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg5ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg5ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg5ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg5ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg5ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg6e8.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg6e16.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg6e32.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg6e8ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg6e16ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg6e32ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg6e8.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg6e16.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg6e32.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg6e8.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg6e16.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg6e32.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg6e8.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg6e16.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg6e32.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg6ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg6ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg6ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg6ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg6ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg6ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg6ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg6ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg6ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg6ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg6ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg6ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg7e8.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg7e16.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg7e32.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg7e8ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg7e16ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg7e32ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg7e8.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg7e16.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg7e32.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg7e8.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg7e16.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg7e32.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg7e8.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg7e16.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg7e32.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg7ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg7ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg7ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg7ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg7ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg7ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg7ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg7ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg7ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg7ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg7ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg7ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg8e8.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg8e16.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg8e32.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlseg8e8ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlseg8e16ff.v v8, (s0), v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlseg8e32ff.v v8, (s0)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vsseg8e8.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vsseg8e16.v v8, (s4)
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vsseg8e32.v v8, (s4), v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vlsseg8e8.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vlsseg8e16.v v8, (s0), a1, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vlsseg8e32.v v8, (s0), a1
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e8, m1, ta, ma
        vssseg8e8.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 5
        vsetvli zero, t0, e16, m1, ta, ma
        vssseg8e16.v v8, (s4), a1
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 5
        vsetvli zero, t0, e32, m1, ta, ma
        vssseg8e32.v v8, (s4), a1, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg8ei8.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg8ei16.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vluxseg8ei32.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg8ei8.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg8ei16.v v8, (s0), v4
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vloxseg8ei32.v v8, (s0), v4, v0.t
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg8ei8.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg8ei16.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsuxseg8ei32.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e8, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg8ei8.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg8ei16.v v8, (s4), v4
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 8
        vsetvli zero, t0, e32, m2, ta, ma
        vid.v   v4
        vsll.vi v4, v4, 4
        li      t0, 8
        vsetvli zero, t0, e16, m1, ta, ma
        vsoxseg8ei32.v v8, (s4), v4, v0.t
        vl8re8.v v8, (s4)
        vsetvli t0, zero, e32, m1, ta, ma
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v8
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v9
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v10
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v11
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v12
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v13
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v14
        vmul.vx v16, v16, a4
        vadd.vv v16, v16, v15
        vs1r.v  v16, (s1)
        add     s1, s1, s2

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
