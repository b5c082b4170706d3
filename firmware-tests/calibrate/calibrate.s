# A rule for 256 rows and 256 columns, VLEN 512.
# parameter 0: goal : q15 = 8192
# parameter 1: eta : q15 = 4096
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
        li          s3, 16
        lui         t0, 0x70010
        lui         t1, 0x2
        sw          t1, 0(t0)                    # goal
        lui         t1, 0x1
        sw          t1, 4(t0)                    # eta
step:
        wfi
        lui         t0, 0x10
        csrc        mip, t0                      # the step has been seen
        lui         t0, 0x50100
        lui         t2, 0x50010
        li          t1, 2
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
        addi        s3, s3, -1
        bnez        s3, not_due
        li          s3, 16
# registers of the columns
        lui         t0, 0x70010
        lw          a5, 4(t0)                    # eta
        lw          a6, 0(t0)                    # goal
        lui         a2, 0x50010
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        vle16.v     v8, (a2)                     # u
        vssub.vx    v8, v8, a6
        csrwi       vxrm, 0                      # round half up
        vsmul.vx    v8, v8, a5
        lui         t0, 0x60040
        vle16.v     v16, (t0)                    # tau_m code
        vsadd.vv    v16, v16, v8
        vse16.v     v16, (t0)                    # dtau
not_due:
        j           step
