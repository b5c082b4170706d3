# Momentum { blend: 1638 } for 256 rows and 256 columns, VLEN 512.
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
        li          a3, 128
apical_rows_0:
        lh          t2, 0(a1)                    # the row's code
        vle16.v     v12, (a0)                    # w
        vle16.v     v16, (a2)                    # draws
        vwmul.vx    v24, v8, t2
        vnclip.wi   v24, v24, 15                 # g
        vle16.v     v20, (ra)                    # m
        vwsub.vv    v0, v24, v20                 # g - m
        vsetvli     zero, zero, e32, m8, ta, ma
        vmul.vx     v0, v0, s6
        vssra.vi    v0, v0, 14
        vsetvli     zero, zero, e16, m4, ta, ma
        vwadd.wv    v0, v0, v20
        vnclip.wi   v20, v0, 0
        vse16.v     v20, (ra)                    # m + blend*(g - m)
        vwmul.vx    v24, v20, a5
        vsetvli     zero, zero, e32, m8, ta, ma
        vssra.vx    v24, v24, a7                 # eta*signal
        vsetvli     zero, zero, e16, m4, ta, ma
        vwmul.vx    v0, v12, s4
        vsetvli     zero, zero, e32, m8, ta, ma
        vssra.vx    v0, v0, s5
        vsub.vv     v24, v24, v0                 # - decay*w
        vsetvli     zero, zero, e16, m4, ta, ma
        vand.vx     v16, v16, t3
        vwaddu.wv   v24, v24, v16
        vsetvli     zero, zero, e32, m8, ta, ma
        vsra.vi     v24, v24, 12
        vsetvli     zero, zero, e16, m4, ta, ma
        vwadd.wv    v24, v24, v12
        vnclip.wi   v12, v24, 0                  # w + dw, held
        vse16.v     v12, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        add         a2, a2, a4
        add         ra, ra, tp
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
        li          a3, 128
soma_rows_0:
        lh          t2, 0(a1)                    # the row's code
        vle16.v     v12, (a0)                    # w
        vle16.v     v16, (a2)                    # draws
        vwmul.vx    v24, v8, t2
        vnclip.wi   v24, v24, 15                 # g
        vle16.v     v20, (ra)                    # m
        vwsub.vv    v0, v24, v20                 # g - m
        vsetvli     zero, zero, e32, m8, ta, ma
        vmul.vx     v0, v0, s6
        vssra.vi    v0, v0, 14
        vsetvli     zero, zero, e16, m4, ta, ma
        vwadd.wv    v0, v0, v20
        vnclip.wi   v20, v0, 0
        vse16.v     v20, (ra)                    # m + blend*(g - m)
        vwmul.vx    v24, v20, a5
        vsetvli     zero, zero, e32, m8, ta, ma
        vssra.vx    v24, v24, a7                 # eta*signal
        vsetvli     zero, zero, e16, m4, ta, ma
        vwmul.vx    v0, v12, s4
        vsetvli     zero, zero, e32, m8, ta, ma
        vssra.vx    v0, v0, s5
        vsub.vv     v24, v24, v0                 # - decay*w
        vsetvli     zero, zero, e16, m4, ta, ma
        vand.vx     v16, v16, t3
        vwaddu.wv   v24, v24, v16
        vsetvli     zero, zero, e32, m8, ta, ma
        vsra.vi     v24, v24, 12
        vsetvli     zero, zero, e16, m4, ta, ma
        vwadd.wv    v24, v24, v12
        vnclip.wi   v12, v24, 0                  # w + dw, held
        vse16.v     v12, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        add         a2, a2, a4
        add         ra, ra, tp
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
