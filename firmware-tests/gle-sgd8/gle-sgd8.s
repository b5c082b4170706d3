# A rule for 256 rows and 256 columns, VLEN 512.
# parameter 0: eta : q16/16 = 1311
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
        lui         t0, 0x70010
        li          t1, 1311
        sw          t1, 0(t0)                    # eta
step:
        wfi
        lui         t0, 0x10
        csrc        mip, t0                      # the step has been seen
        lui         t0, 0x50100
        lui         t2, 0x50020
        li          t1, 5
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
        beqz        s2, not_owed
# the apical array, which owes the update of the last step
        lui         t0, 0x70010
        lw          a5, 0(t0)                    # eta
        li          t0, 256                      # rows
        vsetvli     t1, t0, e8, m4, ta, ma
        lui         t0, 0x48010
        vle16.v     v8, (t0)                     # e
        csrwi       vxrm, 0                      # round half up
        vsetvli     zero, zero, e16, m8, ta, ma
        vsmul.vx    v8, v8, a5
        vsetvli     zero, zero, e8, m4, ta, ma
        vnclip.wi   v8, v8, 8
        lui         t0, 0x10000
        addi        t0, t0, 1024
        vse8.v      v8, (t0)                     # narrow(eta*e, 8)
        lui         a2, 0x10000
        add         a2, a2, s11
        li          a4, 512
        lui         a1, 0x10000
        addi        a1, a1, 1024
        lui         a0, 0x41000
        lui         t0, 0x50100
        li          t1, 1
        sw          t1, 32(t0)                   # stream of draws
        lui         a6, 0x51000
        lui         a3, 0x41020
apical:
        li          t0, 256                      # columns
        vsetvli     t1, t0, e8, m4, ta, ma
        vle16.v     v8, (a2)                     # r
        csrwi       vxrm, 0                      # round half up
        vnclip.wi   v8, v8, 8
        csrwi       vxrm, 2                      # cut off
apical_row:
        lb          t2, 0(a1)                    # narrow(eta*e, 8)
        vle8.v      v12, (a0)                    # w
        vwmul.vx    v16, v8, t2
        vle8.v      v24, (a6)                    # draws
        vwaddu.wv   v16, v16, v24
        vnclip.wi   v16, v16, 8
        vsadd.vv    v12, v12, v16                # w + dw, held
        vse8.v      v12, (a0)                    # w
        addi        a1, a1, 1
        add         a0, a0, a4
        add         a6, a6, a4
        bne         a0, a3, apical_row
not_owed:
# the somatic array
        lui         t0, 0x70010
        lw          a5, 0(t0)                    # eta
        li          t0, 256                      # rows
        vsetvli     t1, t0, e8, m4, ta, ma
        lui         t0, 0x48000
        vle16.v     v8, (t0)                     # r
        csrwi       vxrm, 0                      # round half up
        vnclip.wi   v8, v8, 8
        lui         t0, 0x10000
        addi        t0, t0, 1024
        vse8.v      v8, (t0)                     # narrow(r, 8)
        lui         a2, 0x50020
        li          a4, 512
        lui         a1, 0x10000
        addi        a1, a1, 1024
        lui         a0, 0x40000
        lui         t0, 0x50100
        li          t1, 0
        sw          t1, 32(t0)                   # stream of draws
        lui         a6, 0x51000
        lui         a3, 0x40020
somatic:
        li          t0, 256                      # columns
        vsetvli     t1, t0, e8, m4, ta, ma
        vle16.v     v8, (a2)                     # e
        csrwi       vxrm, 0                      # round half up
        vsetvli     zero, zero, e16, m8, ta, ma
        vsmul.vx    v8, v8, a5
        vsetvli     zero, zero, e8, m4, ta, ma
        vnclip.wi   v8, v8, 8
        csrwi       vxrm, 2                      # cut off
soma_row:
        lb          t2, 0(a1)                    # narrow(r, 8)
        vle8.v      v12, (a0)                    # w
        vwmul.vx    v16, v8, t2
        vle8.v      v24, (a6)                    # draws
        vwaddu.wv   v16, v16, v24
        vnclip.wi   v16, v16, 8
        vsadd.vv    v12, v12, v16                # w + dw, held
        vse8.v      v12, (a0)                    # w
        addi        a1, a1, 1
        add         a0, a0, a4
        add         a6, a6, a4
        bne         a0, a3, soma_row
        li          s2, 1                        # the apical array follows in the next step
# in every step
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x50000
        vle16.v     v8, (t0)                     # this step's
        lui         t0, 0x10000
        add         t0, t0, s11
        vse16.v     v8, (t0)                     # kept
        li          t0, 512
        xor         s11, s11, t0                 # exchange the two old vectors
        j           step
