# A rule for 256 rows and 256 columns, VLEN 512.
# parameter 0: eta : q15 = 655
# parameter 1: decay : q15 = 8
_start:
        li          t0, 0x200
        csrs        mstatus, t0                  # vector unit on
        lui         t0, 0x10
        csrw        mie, t0                      # a step wakes the core
        lui         t0, 0x70010
        li          t1, 655
        sw          t1, 0(t0)                    # eta
        li          t1, 8
        sw          t1, 4(t0)                    # decay
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
        lw          a6, 4(t0)                    # decay
        li          t0, 256                      # rows
        vsetvli     t1, t0, e16, m8, ta, ma
        lui         t0, 0x48010
        vle16.v     v8, (t0)                     # e
        csrwi       vxrm, 0                      # round half up
        vsmul.vx    v8, v8, a5
        lui         t0, 0x10000
        addi        t0, t0, 1024
        vse16.v     v8, (t0)                     # eta*e
        lui         a2, 0x10000
        add         a2, a2, s11
        li          a4, 512
        lui         a1, 0x10000
        addi        a1, a1, 1024
        lui         a0, 0x41000
        li          a3, 256
apical:
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        vle16.v     v8, (a2)                     # r
        csrwi       vxrm, 0                      # round half up
apical_row:
        lh          t2, 0(a1)                    # eta*e
        vle16.v     v16, (a0)                    # w
        vsmul.vx    v24, v8, t2
        vsmul.vx    v0, v16, a6
        vssub.vv    v24, v24, v0
        vsadd.vv    v16, v16, v24                # w + dw, held
        vse16.v     v16, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        addi        a3, a3, -1
        bnez        a3, apical_row
not_owed:
# the somatic array
        lui         t0, 0x70010
        lw          a5, 0(t0)                    # eta
        lw          a6, 4(t0)                    # decay
        lui         a2, 0x50020
        li          a4, 512
        lui         a1, 0x48000
        lui         a0, 0x40000
        li          a3, 256
somatic:
        li          t0, 256                      # columns
        vsetvli     t1, t0, e16, m8, ta, ma
        vle16.v     v8, (a2)                     # e
        csrwi       vxrm, 0                      # round half up
        vsmul.vx    v8, v8, a5
soma_row:
        lh          t2, 0(a1)                    # r
        vle16.v     v16, (a0)                    # w
        vsmul.vx    v24, v8, t2
        vsmul.vx    v0, v16, a6
        vssub.vv    v24, v24, v0
        vsadd.vv    v16, v16, v24                # w + dw, held
        vse16.v     v16, (a0)                    # w
        addi        a1, a1, 2
        add         a0, a0, a4
        addi        a3, a3, -1
        bnez        a3, soma_row
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
