# A rule for 256 rows and 256 columns, VLEN 512.
# parameter 0: beta : q15 = 16384
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
        lui         t0, 0x70010
        lui         t1, 0x4
        sw          t1, 0(t0)                    # beta
step:
        wfi
        lui         t0, 0x10
        csrc        mip, t0                      # the step has been seen
        lui         t0, 0x50100
        lui         t2, 0x50000
        li          t1, 1
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
# in every step
        lui         t0, 0x70010
        lw          a5, 0(t0)                    # beta
        lui         a2, 0x70000
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        vle16.v     v8, (a2)                     # target
        lui         t0, 0x50000
        vle16.v     v16, (t0)                    # r
        vssub.vv    v8, v8, v16
        csrwi       vxrm, 0                      # round half up
        vsmul.vx    v8, v8, a5
        lui         t0, 0x50030
        vse16.v     v8, (t0)                     # inj
        j           step
