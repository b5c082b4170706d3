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
        lui         t0, 0x50100
        lui         t2, 0x50010
        li          t1, 2
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
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
        vsetvli     t1, s1, e16, m4, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x10000
        add         t0, t0, s11
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # the columns' own codes
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
        vsetvli     t1, s1, e16, m4, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x50050
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # the columns' own codes
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, soma_strip
# the time constants
        lui         t3, 0x1
        addi        t3, t3, -1
        lui         t4, 0x8
        lui         t5, 0x7
        addi        t5, t5, 820
        li          s6, 1638
        lui         s7, 0x40000
        li          s8, -256
        li          s9, -2048
        lui         s10, 0x1
        addi        s10, s10, -2048
        li          a6, -5
        li          sp, 5
        lui         t0, 0x50100
        li          t1, 3
        sw          t1, 32(t0)                   # stream of draws
        lui         t0, 0x70010
        lw          a7, 8(t0)                    # learning rate
        srai        a5, a7, 8
        andi        a7, a7, 31
        li          s1, 256
        li          s0, 0                        # offset of the strip
tau_strip:
        vsetvli     t1, s1, e16, m2, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x50050
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # e
        lui         t0, 0x10080
        addi        t0, t0, 1024
        add         t0, t0, s0
        vle16.v     v10, (t0)                    # u before
        lui         t0, 0x50010
        add         t0, t0, s0
        vle16.v     v12, (t0)                    # u
        vssub.vv    v10, v10, v12                # - du
        vwmul.vv    v12, v8, v10
        vnclip.wi   v12, v12, 12                 # g
        lui         ra, 0x10080
        addi        ra, ra, 1536
        add         ra, ra, s0
        lui         gp, 0x10081
        addi        gp, gp, -2048
        add         gp, gp, s0
        lui         a2, 0x51000
        add         a2, a2, s0
        vle16.v     v8, (a2)                     # draws
        vle16.v     v10, (gp)                    # n
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v16, v10
        vadd.vi     v20, v16, 1
        vmv.v.x     v24, s7
        vdivu.vv    v24, v24, v20                # 2^30/(n + 1)
        vsll.vi     v20, v20, 4
        vsext.vf2   v28, v12
        vrsub.vi    v0, v28, 0
        vmax.vv     v28, v28, v0                 # |g|
        vmin.vv     v0, v28, v20                 # h
        vmul.vv     v0, v0, v0
        vsll.vi     v0, v0, 1
        vsll.vi     v24, v24, 1
        vmulhu.vv   v0, v0, v24
        vsub.vv     v0, v0, v16
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v14, v8, s8
        vsrl.vi     v14, v14, 5
        vwaddu.wv   v0, v0, v14
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v0, v0, 11
        vadd.vv     v0, v0, v16
        vsrl.vi     v28, v28, 5
        vmax.vv     v0, v0, v28
        vsetvli     zero, zero, e16, m2, ta, ma
        vnclip.wi   v10, v0, 0
        vse16.v     v10, (gp)                    # n
        vle16.v     v14, (ra)                    # m
        vwsub.vv    v16, v12, v14                # g - m
        vsetvli     zero, zero, e32, m4, ta, ma
        vmul.vx     v16, v16, s6
        vssra.vi    v16, v16, 14
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v16, v16, v14
        vnclip.wi   v14, v16, 0
        vse16.v     v14, (ra)                    # m + blend*(g - m)
        vmax.vx     v12, v14, a6
        vmin.vx     v12, v12, sp
        vsub.vv     v14, v14, v12                # without the dead band
        vsetvli     zero, zero, e32, m4, ta, ma
        vzext.vf2   v16, v10
        vadd.vi     v16, v16, 1
        vmv.v.x     v20, s7
        vdivu.vv    v20, v20, v16                # 2^30/(n + 1)
        vsext.vf2   v16, v14
        vsll.vi     v16, v16, 13
        vmulh.vv    v16, v16, v20
        vssra.vi    v16, v16, 1
        vmax.vx     v16, v16, s9
        vmin.vx     v16, v16, s10                # m/(n + 1)
        vmul.vx     v16, v16, a5
        vssra.vx    v16, v16, a7                 # eta*signal
        vsll.vi     v16, v16, 4
        lui         t0, 0x60040
        add         t0, t0, s0
        vsetvli     zero, zero, e16, m2, ta, ma
        vle16.v     v10, (t0)                    # tau_m code
        vmax.vx     v12, v10, zero
        vsetvli     zero, zero, e32, m4, ta, ma
        vsext.vf2   v20, v12
        vrsub.vx    v20, v20, t4                 # dt/tau
        vmul.vv     v20, v20, v20
        vsll.vi     v20, v20, 1
        vmulhsu.vv  v16, v16, v20
        vssra.vi    v16, v16, 1                  # in fine units of the code
        vsetvli     zero, zero, e16, m2, ta, ma
        vand.vx     v8, v8, t3
        vwaddu.wv   v16, v16, v8
        vsetvli     zero, zero, e32, m4, ta, ma
        vsra.vi     v16, v16, 12
        vsetvli     zero, zero, e16, m2, ta, ma
        vwadd.wv    v16, v16, v10
        vnclip.wi   v10, v16, 0
        vmax.vx     v10, v10, t5                 # not below the least
        lui         t0, 0x60040
        add         t0, t0, s0
        vse16.v     v10, (t0)                    # tau_m code
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, tau_strip
not_due:
        mv          s2, s3
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x50040
        vle16.v     v8, (t0)                     # this step's
        lui         t0, 0x10000
        add         t0, t0, s11
        vse16.v     v8, (t0)                     # kept
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x50010
        vle16.v     v8, (t0)                     # this step's
        lui         t0, 0x10080
        addi        t0, t0, 1024
        vse16.v     v8, (t0)                     # kept
        li          t0, 512
        xor         s11, s11, t0                 # exchange the two old vectors
        j           step
