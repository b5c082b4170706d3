# A rule for 256 rows and 256 columns, VLEN 512.
# parameter 0: eta : q15 = 655
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
        lui         t0, 0x70010
        li          t1, 655
        sw          t1, 0(t0)                    # eta
step:
        wfi
        lui         t0, 0x10
        csrc        mip, t0                      # the step has been seen
        lui         t0, 0x50100
        lui         t2, 0x50020
        li          t1, 6
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
# registers of the columns
        lui         t0, 0x70010
        lw          a5, 0(t0)                    # eta
        li          t0, 1
        vsetvli     zero, t0, e16, m8, ta, ma
        vmv.v.x     v8, zero
        vssub.vx    v8, v8, a5
        vmv.x.s     a6, v8                       # -eta
        lui         a2, 0x50020
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        vle16.v     v8, (a2)                     # e
        csrwi       vxrm, 0                      # round half up
        vsmul.vx    v8, v8, a6
        lui         t0, 0x50010
        vle16.v     v16, (t0)                    # u, to become du
        lui         t0, 0x10000
        vle16.v     v24, (t0)                    # u of the step before
        vssub.vv    v16, v16, v24
        vsmul.vv    v8, v8, v16
        lui         t0, 0x60040
        vle16.v     v16, (t0)                    # tau_m code
        vsadd.vv    v16, v16, v8
        vse16.v     v16, (t0)                    # dtau
# in every step
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x50010
        vle16.v     v8, (t0)                     # this step's
        lui         t0, 0x10000
        vse16.v     v8, (t0)                     # kept
        j           step
