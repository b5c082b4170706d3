# Strided and indexed accesses
#
# Every instruction of the class v.stride that has one field.

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
        vlse8.v  v8, (s0), a1, v0.t
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
        vlse16.v v8, (s0), a1
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
        vlse32.v v8, (s0), a1, v0.t
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
        vsse8.v  v8, (s4), a1
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
        vsse16.v v8, (s4), a1, v0.t
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
        vsse32.v v8, (s4), a1
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
        vluxei8.v v8, (s0), v4, v0.t
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
        vluxei16.v v8, (s0), v4
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
        vluxei32.v v8, (s0), v4, v0.t
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
        vloxei8.v v8, (s0), v4
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
        vloxei16.v v8, (s0), v4, v0.t
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
        vloxei32.v v8, (s0), v4
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
        vsuxei8.v v8, (s4), v4, v0.t
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
        vsuxei16.v v8, (s4), v4
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
        vsuxei32.v v8, (s4), v4, v0.t
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
        vsoxei8.v v8, (s4), v4
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
        vsoxei16.v v8, (s4), v4, v0.t
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
        vsoxei32.v v8, (s4), v4
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
