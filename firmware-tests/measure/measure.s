# means of conversions
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
        lui         t2, 0x50000
        li          t1, 1
        sw          t1, 0(t0)                    # convert
        lh          zero, 0(t2)                  # wait for the last code
        li          s1, 256
        li          s0, 0                        # offset of the strip
sum_strip:
        vsetvli     t1, s1, e16, m4, ta, ma
        lui         t0, 0x50000
        add         t0, t0, s0
        vle16.v     v8, (t0)                     # code
        lui         t0, 0x10000
        slli        t1, s0, 1
        add         t0, t0, t1
        vle32.v     v16, (t0)                    # sum
        vwadd.wv    v16, v16, v8
        vse32.v     v16, (t0)                    # sum
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, sum_strip
        addi        s2, s2, 1                    # conversions so far
        li          t0, 16
        sltu        s3, s2, t0
        bnez        s3, more
        li          s1, 256
        li          s0, 0                        # offset of the strip
mean_strip:
        vsetvli     t1, s1, e16, m4, ta, ma
        csrwi       vxrm, 0                      # round half up
        lui         t0, 0x10000
        slli        t1, s0, 1
        add         t0, t0, t1
        vle32.v     v8, (t0)                     # sum
        vsetvli     zero, zero, e32, m8, ta, ma
        vmv.v.x     v16, zero
        vse32.v     v16, (t0)                    # nothing
        vsetvli     zero, zero, e16, m4, ta, ma
        vnclip.wi   v8, v8, 4
        lui         t0, 0x70000
        add         t0, t0, s0
        vse16.v     v8, (t0)                     # mean
        csrr        t1, vl
        sub         s1, s1, t1
        slli        t1, t1, 1
        add         s0, s0, t1
        bnez        s1, mean_strip
        li          s2, 0
        lui         t0, 0x70010
        lw          t1, 0x200(t0)
        addi        t1, t1, 1
        sw          t1, 0x200(t0)                # one more mean
more:
        j           step
