# Vector pseudo-instructions and vector types.
    vsetvli t1, t0, e16, m8, ta, ma
    vsetvli t1, t0, e8, mf4, tu, mu
    vsetvli t1, t0, e32, m1    # clang differs
    vsetvli t1, t0, e8, mf2, ta, mu
    vsetvli zero, zero, e32, m2, tu, ma
    vsetivli a0, 17, e8, mf8, ta, ma
    vsetivli zero, 31, e32, m4, tu, mu
    vsetvli a0, a1, 0x7f
    vsetvl a0, a1, a2
    vneg.v v1, v2
    vneg.v v1, v2, v0.t
    vnot.v v1, v2
    vnot.v v1, v2, v0.t
    vncvt.x.x.w v1, v2
    vncvt.x.x.w v1, v2, v0.t
    vwcvt.x.x.v v2, v4
    vwcvtu.x.x.v v2, v4, v0.t
    vmsgt.vv v1, v2, v3
    vmsgtu.vv v1, v2, v3, v0.t
    vmsge.vv v1, v2, v3
    vmsgeu.vv v1, v2, v3, v0.t
    vmslt.vi v1, v2, 5
    vmslt.vi v1, v2, -15, v0.t
    vmsltu.vi v1, v2, 1
    vmsltu.vi v1, v2, 0
    vmsge.vi v1, v2, 16
    vmsgeu.vi v1, v2, 0
    vmsgeu.vi v1, v2, 16, v0.t
    vmsge.vx v1, v2, a0
    vmsgeu.vx v1, v2, a0
    vmsge.vx v1, v2, a0, v0.t
    vmsgeu.vx v1, v2, a0, v0.t
    vmsge.vx v0, v2, a0, v0.t, v3    # clang differs
    vmmv.m v1, v2
    vmclr.m v1
    vmset.m v1
    vmnot.m v1, v2
    vcpop.m a0, v1
    vpopc.m a0, v1, v0.t
    vfirst.m a0, v1
    vmandnot.mm v1, v2, v3
    vmornot.mm v1, v2, v3
    vl1r.v v1, (a0)
    vl2r.v v2, (a0)
    vl4r.v v4, (a0)
    vl8r.v v8, (a0)
    vle1.v v1, (a0)
    vse1.v v1, (a0)
    vlm.v v1, 0(a0)
    vmv.v.v v1, v2
    vmv.v.x v1, a0
    vmv.v.i v1, -16
    vmerge.vim v1, v2, 15, v0
    vadc.vvm v1, v2, v3, v0
    vmadc.vx v1, v2, a0
    vsll.vi v1, v2, 31
    vrgather.vi v1, v2, 31
    vmacc.vx v1, a0, v2
    vwmaccus.vx v2, a0, v4, v0.t
    vlsseg3e16.v v3, (a0), a1, v0.t
    vluxseg2ei32.v v4, (a0), v8
