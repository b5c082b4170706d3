# Rounding and saturation
#
# Fixed-point instructions on limits, in the four rounding modes, with vxsat after each.

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
        mv      t3, s0
        li      t0, 0
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 1
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 2
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 3
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 127
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 128
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 255
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, -1
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, -2
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, -3
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 32767
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 32768
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 65535
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, -32768
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, 2147483647
        sw      t0, 0(t3)
        addi    t3, t3, 4
        li      t0, -2147483648
        sw      t0, 0(t3)
        addi    t3, t3, 4
        vl1re8.v v16, (s0)
        addi    t3, s0, 20
        vl1re8.v v24, (t3)
        vl2re8.v v18, (s0)
        csrwi   vxsat, 0
        csrwi   vxrm, 0
        li      t0, 16
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 0
        li      t0, 16
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 0
        li      t0, 16
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 1
        li      t0, 16
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 1
        li      t0, 16
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 1
        li      t0, 16
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 2
        li      t0, 16
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 2
        li      t0, 16
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 2
        li      t0, 16
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 3
        li      t0, 16
        vsetvli zero, t0, e8, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 3
        li      t0, 16
        vsetvli zero, t0, e16, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclip.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vnclipu.wi v8, v18, 3
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        csrwi   vxsat, 0
        csrwi   vxrm, 3
        li      t0, 16
        vsetvli zero, t0, e32, m1, ta, ma
        vsadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaadd.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vaaddu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasub.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vasubu.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vsmul.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssra.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4
        vssrl.vv v8, v16, v24
        vs1r.v  v8, (s1)
        addi    s1, s1, 16
        csrr    t0, vxsat
        sw      t0, 0(s1)
        addi    s1, s1, 4

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
