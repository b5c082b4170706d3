        .include "env.inc"
        begin
        .equ own_handler, 0
        li      a0, 0x600
        csrs    mstatus, a0
        csrw    vstart, zero
        csrwi   vcsr, 0
        csrwi   vxrm, 0
        csrwi   vxsat, 0
        li      t0, -1
        vsetvli t1, t0, e32, m1, ta, ma
        csrr    a1, vlenb
        srli    a1, a1, 2
        sub     a1, a1, t1
        check   2, a1, 0
        la      a1, data
        vsetivli t1, 4, e16, m1, tu, mu
        check   3, t1, 4
        csrr    a0, vtype
        check   4, a0, 8
        vle16.v v8, (a1)
        addi    a2, a1, 8
        vle16.v v16, (a2)
        vsadd.vv v24, v8, v16
        la      a3, signature
        vse16.v v24, (a3)
        lw      a0, 0(a3)
        check   5, a0, 0x80007fff
        csrr    a0, vxsat
        check   6, a0, 1
        csrwi   vxrm, 2
        csrr    a0, vcsr
        check   7, a0, 5
        # dirty
        csrr    a0, mstatus
        srli    a0, a0, 9
        andi    a0, a0, 3
        check   8, a0, 3
        csrr    a0, mstatus
        srli    a0, a0, 31
        check   9, a0, 1
        # 64-bit elements do not exist
        vsetvli t1, t0, e64, m1, ta, ma
        csrr    a0, vtype
        check   10, a0, 0x80000000
        check   11, t1, 0
        # vl of the maximum; whole registers
        vsetvli t1, zero, e8, m8, ta, ma
        csrr    a0, vlenb
        slli    a0, a0, 3
        sub     a0, a0, t1
        check   12, a0, 0
        vl1re8.v v1, (a1)
        vs1r.v  v1, (a3)
        lw      a0, 0(a3)
        check   13, a0, 0x80007fff
        # the first mask bits, and a reduction
        vsetivli t1, 8, e8, m1, ta, ma
        vmv.v.i v2, 1
        vmv.s.x v3, zero
        vredsum.vs v4, v2, v3
        vmv.x.s a0, v4
        check   14, a0, 8
        vmseq.vi v0, v2, 1
        vcpop.m a0, v0
        check   15, a0, 8
        finish
        .section .data
        .balign 64
data:   .half   0x7fff, 0x8000, 1, 2, 1, 0xffff, 3, 4
        .fill   512, 1, 7
        .balign 64
signature: .fill 1024, 1, 0
