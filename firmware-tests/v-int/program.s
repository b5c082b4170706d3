# Integer vector instructions
#
# Every instruction of the class v.int at 8, 16 and 32 bits, with and without mask.

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
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vadd.vi  v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vadd.vi  v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vadd.vi  v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vsub.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vsub.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vsub.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vsub.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vsub.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vsub.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vrsub.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vrsub.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vrsub.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vrsub.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vrsub.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vrsub.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vminu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vminu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vminu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vminu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vminu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vminu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmin.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmin.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmin.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmin.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmin.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmin.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmaxu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmaxu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmaxu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmaxu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmaxu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmaxu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmax.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmax.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmax.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmax.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmax.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmax.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vand.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vand.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vand.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vand.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vand.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vand.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vand.vi  v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vand.vi  v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vand.vi  v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vor.vv   v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vor.vv   v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vor.vv   v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vor.vx   v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vor.vx   v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vor.vx   v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vor.vi   v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vor.vi   v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vor.vi   v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vxor.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vxor.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vxor.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vxor.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vxor.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vxor.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vxor.vi  v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vxor.vi  v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vxor.vi  v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vsll.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vsll.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vsll.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vsll.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vsll.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vsll.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vsll.vi  v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsll.vi  v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsll.vi  v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vsrl.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vsrl.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vsrl.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vsrl.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vsrl.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vsrl.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vsrl.vi  v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vsrl.vi  v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vsrl.vi  v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vsra.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsra.vv  v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsra.vv  v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vsra.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vsra.vx  v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vsra.vx  v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vsra.vi  v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vsra.vi  v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vsra.vi  v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnsrl.wv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnsrl.wv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnsrl.wx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnsrl.wx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnsrl.wi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnsrl.wi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnsra.wv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnsra.wv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnsra.wx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnsra.wx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnsra.wi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnsra.wi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vzext.vf4 v8, v16, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsext.vf4 v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vzext.vf2 v8, v16, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vzext.vf2 v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsext.vf2 v8, v16, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsext.vf2 v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwaddu.vv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwaddu.vv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwaddu.vx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwaddu.vx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwaddu.wv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwaddu.wv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwaddu.wx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwaddu.wx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwadd.vv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwadd.vv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwadd.vx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwadd.vx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwadd.wv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwadd.wv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwadd.wx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwadd.wx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwsubu.vv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwsubu.vv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwsubu.vx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwsubu.vx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwsubu.wv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwsubu.wv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwsubu.wx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwsubu.wx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwsub.vv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwsub.vv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwsub.vx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwsub.vx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vwsub.wv v8, v16, v24, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vwsub.wv v8, v16, v24
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vwsub.wx v8, v16, a2, v0.t
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vwsub.wx v8, v16, a2
        vs2r.v  v8, (s1)
        add     s1, s1, s3
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmseq.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmseq.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmseq.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmseq.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmseq.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmseq.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmseq.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmseq.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmseq.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsne.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsne.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsne.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmsne.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmsne.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmsne.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmsne.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmsne.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmsne.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmsltu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmsltu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmsltu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsltu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsltu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsltu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmslt.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmslt.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmslt.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmslt.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmslt.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmslt.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmsleu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmsleu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmsleu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsleu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsleu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsleu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmsleu.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmsleu.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmsleu.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmsle.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmsle.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmsle.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmsle.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmsle.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmsle.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsle.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsle.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsle.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmsgtu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmsgtu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmsgtu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmsgtu.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmsgtu.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmsgtu.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmsgt.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmsgt.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmsgt.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsgt.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsgt.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsgt.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmerge.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmerge.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmerge.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmerge.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmerge.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmerge.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmerge.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmerge.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmerge.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmv.v.v  v8, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmv.v.v  v8, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmv.v.v  v8, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmv.v.x  v8, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmv.v.x  v8, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmv.v.x  v8, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmv.v.i  v8, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmv.v.i  v8, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmv.v.i  v8, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vsaddu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vsaddu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vsaddu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsaddu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsaddu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vsaddu.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vsaddu.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vsaddu.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vi v8, v16, -7, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vssubu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vssubu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vssubu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vssubu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vssubu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vssub.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vssub.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vssub.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vssub.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vssub.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vaaddu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vaaddu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vaaddu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vaaddu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vaaddu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vaadd.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vaadd.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vaadd.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vaadd.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vaadd.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vasubu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vasubu.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vasubu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vasubu.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vasubu.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vasub.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vasub.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vasub.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vasub.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vasub.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vssrl.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vssrl.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vssrl.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vssrl.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vssrl.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vssrl.vi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vssrl.vi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vssrl.vi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vssra.vv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vssra.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vssra.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vssra.vx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vssra.vi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vssra.vi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vssra.vi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnclipu.wv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnclipu.wv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnclipu.wx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnclipu.wx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnclipu.wi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnclipu.wi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnclip.wv v8, v16, v24, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnclip.wv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vnclip.wx v8, v16, a2, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vnclip.wx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vnclip.wi v8, v16, 3, v0.t
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vnclip.wi v8, v16, 3
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vim v8, v16, -7, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmadc.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmadc.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmadc.vi v8, v16, -7
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 0
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 1
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmsbc.vvm v8, v16, v24, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrwi   vxrm, 2
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmsbc.vxm v8, v16, a2, v0
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmsbc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmsbc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmsbc.vv v8, v16, v24
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmsbc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl2re8.v v8, (s0)
        csrwi   vxrm, 3
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmsbc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmsbc.vx v8, v16, a2
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        csrr    t0, vcsr
        sw      t0, 0(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
