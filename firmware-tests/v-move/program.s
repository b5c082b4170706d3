# Whole registers
#
# Every instruction of the class v.move.

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
        li      t0, 7
        vsetvli zero, t0, e8, m1, ta, ma
        vmv1r.v  v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e16, m1, ta, ma
        vmv1r.v  v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e32, m1, ta, ma
        vmv1r.v  v8, v16
        vs1r.v  v8, (s1)
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e8, m1, ta, ma
        vmv2r.v  v8, v16
        vs2r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e16, m1, ta, ma
        vmv2r.v  v8, v16
        vs2r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e32, m1, ta, ma
        vmv2r.v  v8, v16
        vs2r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e8, m1, ta, ma
        vmv4r.v  v8, v16
        vs4r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e16, m1, ta, ma
        vmv4r.v  v8, v16
        vs4r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 7
        vsetvli zero, t0, e32, m1, ta, ma
        vmv4r.v  v8, v16
        vs4r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 100
        vsetvli zero, t0, e8, m1, ta, ma
        vmv8r.v  v8, v16
        vs8r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 12
        vsetvli zero, t0, e16, m1, ta, ma
        vmv8r.v  v8, v16
        vs8r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        li      t0, 19
        vsetvli zero, t0, e32, m1, ta, ma
        vmv8r.v  v8, v16
        vs8r.v  v8, (s1)
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        add     s1, s1, s2
        vl8re8.v v8, (s0)
        csrr    t0, vcsr
        sw      t0, 0(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
