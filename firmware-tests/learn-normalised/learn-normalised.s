# Normalised { blend: 1638, forget: 10 } for 256 rows and 256 columns, VLEN 512.
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
step:
        wfi
        lui         t0, 0x10
        csrc        mip, t0                      # the step has been seen
        lui         t0, 0x70010
        lw          s3, 4(t0)                    # does the network learn?
# the apical array, which owes the update of the last step
        beqz        s2, not_owed
        lui         t0, 0x70010
        lw          s5, 0(t0)                    # decay
        srai        s4, s5, 8                    # its mantissa
        andi        s5, s5, 31                   # its shift
        li          a4, 512
        lui         t3, 0x1
        addi        t3, t3, -1
        li          s6, 1638
        lui         s7, 0x40000
        li          s8, -256
        li          s9, -2048
        lui         s10, 0x1
        addi        s10, s10, -2048
        li          a6, -5
        li          sp, 5
        lui         t0, 0x50100
        li          t1, 1
        sw          t1, 32(t0)                   # stream of draws
        li          s1, 256
        li          s0, 0                        # offset of the strip
apical_strip:
        vsetvli     t1, s1, e16, m2, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x10000
        add         t0, t0, s11
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # the columns' own codes
        lui         t0, 0x70010
        lw          a7, 12(t0)                   # learning rate
        srai        a5, a7, 8
        andi        a7, a7, 31
        lui         a1, 0x48010
        lui         a0, 0x41000
        add         a0, a0, s0
        lui         a2, 0x51000
        add         a2, a2, s0
        lui         ra, 0x10020
        addi        ra, ra, 1024
        add         ra, ra, s0
        li          tp, 512
        lui         gp, 0x10060
        addi        gp, gp, 1024
        add         gp, gp, s0
        li          a3, 128
apical_rows_0:
        lh          t2, 0(a1)                    # the row's code
        vle16.v     v10, (a0)                    # w
        vle16.v     v12, (a2)                    # draws
        vwmul.vx    v16, v8, t2
        vnclip.wi   v16, v16, 15                 # g
        vle16.v     v14, (gp)                    # n
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v20, v14
        vadd.vi     v24, v20, 1
        vmv.v.x     v28, s7
        vdivu.vv    v28, v28, v24                # 2^30/(n + 1)
        vsll.vi     v24, v24, 4
        vsext.vf2   v0, v16
        vrsub.vi    v4, v0, 0
        vmax.vv     v0, v0, v4                   # |g|
        vmin.vv     v4, v0, v24                  # h
        vmul.vv     v4, v4, v4
        vsll.vi     v4, v4, 1
        vsll.vi     v28, v28, 1
        vmulhu.vv   v4, v4, v28
        vsub.vv     v4, v4, v20
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v18, v12, s8
        vsrl.vi     v18, v18, 5
        vwaddu.wv   v4, v4, v18
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v4, v4, 11
        vadd.vv     v4, v4, v20
        vsrl.vi     v0, v0, 5
        vmax.vv     v4, v4, v0
        vsetvli     zero, zero, e16, m2, ta, ma
        vnclip.wi   v14, v4, 0
        vse16.v     v14, (gp)                    # n
        vle16.v     v18, (ra)                    # m
        vwsub.vv    v20, v16, v18                # g - m
        vsetvli     zero, zero, e32, m4, ta, ma
        vmul.vx     v20, v20, s6
        vssra.vi    v20, v20, 14
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v20, v20, v18
        vnclip.wi   v18, v20, 0
        vse16.v     v18, (ra)                    # m + blend*(g - m)
        vmax.vx     v16, v18, a6
        vmin.vx     v16, v16, sp
        vsub.vv     v18, v18, v16                # without the dead band
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v20, v14
        vadd.vi     v20, v20, 1
        vmv.v.x     v24, s7
        vdivu.vv    v24, v24, v20                # 2^30/(n + 1)
        vsext.vf2   v20, v18
        vsll.vi     v20, v20, 13
        vmulh.vv    v20, v20, v24
        vssra.vi    v20, v20, 1
        vmax.vx     v20, v20, s9
        vmin.vx     v20, v20, s10                # m/(n + 1)
        vmul.vx     v20, v20, a5
        vssra.vx    v20, v20, a7                 # eta*signal
        vsetvli     zero, zero, e16, m2, ta, ma
        vwmul.vx    v16, v10, s4
        vsetvli     zero, zero, e32, m4, ta, ma
        vssra.vx    v16, v16, s5
        vsub.vv     v20, v20, v16                # - decay*w
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v12, v12, t3
        vwaddu.wv   v20, v20, v12
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v20, v20, 12
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v20, v20, v10
        vnclip.wi   v10, v20, 0                  # w + dw, held
        vse16.v     v10, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        add         a2, a2, a4
        add         ra, ra, tp
        add         gp, gp, tp
        addi        a3, a3, -1
        bnez        a3, apical_rows_0
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, apical_strip
not_owed:
# the somatic array
        beqz        s3, not_due
        lui         t0, 0x70010
        lw          s5, 0(t0)                    # decay
        srai        s4, s5, 8                    # its mantissa
        andi        s5, s5, 31                   # its shift
        li          a4, 512
        lui         t3, 0x1
        addi        t3, t3, -1
        li          s6, 1638
        lui         s7, 0x40000
        li          s8, -256
        li          s9, -2048
        lui         s10, 0x1
        addi        s10, s10, -2048
        li          a6, -5
        li          sp, 5
        lui         t0, 0x50100
        li          t1, 0
        sw          t1, 32(t0)                   # stream of draws
        li          s1, 256
        li          s0, 0                        # offset of the strip
soma_strip:
        vsetvli     t1, s1, e16, m2, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x50050
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # the columns' own codes
        lui         t0, 0x70010
        lw          a7, 8(t0)                    # learning rate
        srai        a5, a7, 8
        andi        a7, a7, 31
        lui         a1, 0x48000
        lui         a0, 0x40000
        add         a0, a0, s0
        lui         a2, 0x51000
        add         a2, a2, s0
        lui         ra, 0x10000
        addi        ra, ra, 1024
        add         ra, ra, s0
        li          tp, 512
        lui         gp, 0x10040
        addi        gp, gp, 1024
        add         gp, gp, s0
        li          a3, 128
soma_rows_0:
        lh          t2, 0(a1)                    # the row's code
        vle16.v     v10, (a0)                    # w
        vle16.v     v12, (a2)                    # draws
        vwmul.vx    v16, v8, t2
        vnclip.wi   v16, v16, 15                 # g
        vle16.v     v14, (gp)                    # n
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v20, v14
        vadd.vi     v24, v20, 1
        vmv.v.x     v28, s7
        vdivu.vv    v28, v28, v24                # 2^30/(n + 1)
        vsll.vi     v24, v24, 4
        vsext.vf2   v0, v16
        vrsub.vi    v4, v0, 0
        vmax.vv     v0, v0, v4                   # |g|
        vmin.vv     v4, v0, v24                  # h
        vmul.vv     v4, v4, v4
        vsll.vi     v4, v4, 1
        vsll.vi     v28, v28, 1
        vmulhu.vv   v4, v4, v28
        vsub.vv     v4, v4, v20
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v18, v12, s8
        vsrl.vi     v18, v18, 5
        vwaddu.wv   v4, v4, v18
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v4, v4, 11
        vadd.vv     v4, v4, v20
        vsrl.vi     v0, v0, 5
        vmax.vv     v4, v4, v0
        vsetvli     zero, zero, e16, m2, ta, ma
        vnclip.wi   v14, v4, 0
        vse16.v     v14, (gp)                    # n
        vle16.v     v18, (ra)                    # m
        vwsub.vv    v20, v16, v18                # g - m
        vsetvli     zero, zero, e32, m4, ta, ma
        vmul.vx     v20, v20, s6
        vssra.vi    v20, v20, 14
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v20, v20, v18
        vnclip.wi   v18, v20, 0
        vse16.v     v18, (ra)                    # m + blend*(g - m)
        vmax.vx     v16, v18, a6
        vmin.vx     v16, v16, sp
        vsub.vv     v18, v18, v16                # without the dead band
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v20, v14
        vadd.vi     v20, v20, 1
        vmv.v.x     v24, s7
        vdivu.vv    v24, v24, v20                # 2^30/(n + 1)
        vsext.vf2   v20, v18
        vsll.vi     v20, v20, 13
        vmulh.vv    v20, v20, v24
        vssra.vi    v20, v20, 1
        vmax.vx     v20, v20, s9
        vmin.vx     v20, v20, s10                # m/(n + 1)
        vmul.vx     v20, v20, a5
        vssra.vx    v20, v20, a7                 # eta*signal
        vsetvli     zero, zero, e16, m2, ta, ma
        vwmul.vx    v16, v10, s4
        vsetvli     zero, zero, e32, m4, ta, ma
        vssra.vx    v16, v16, s5
        vsub.vv     v20, v20, v16                # - decay*w
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v12, v12, t3
        vwaddu.wv   v20, v20, v12
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v20, v20, 12
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v20, v20, v10
        vnclip.wi   v10, v20, 0                  # w + dw, held
        vse16.v     v10, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        add         a2, a2, a4
        add         ra, ra, tp
        add         gp, gp, tp
        addi        a3, a3, -1
        bnez        a3, soma_rows_0
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, soma_strip
not_due:
        mv          s2, s3
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x50040
        vle16.v     v8, (t0)                     # this step's
        lui         t0, 0x10000
        add         t0, t0, s11
        vse16.v     v8, (t0)                     # kept
        li          t0, 512
        xor         s11, s11, t0                 # exchange the two old vectors
        j           step
