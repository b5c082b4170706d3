        .include "env.inc"
        begin
        # every case: t4 = expected mtval or -1, the handler checks mcause 2 and steps over
        .macro  illegal number, word
        li      gp, \number
        li      s0, 0
        li      s1, 2
        la      s2, 7f
        li      s3, \word
7:      .word   \word
        li      t2, 1
        bne     s0, t2, fail
        .endm
        .macro  nocsr number, csr
        li      gp, \number
        li      s0, 0
        li      s1, 2
        la      s2, 7f
        lw      s3, 7f
7:      csrr    a0, \csr
        li      t2, 1
        bne     s0, t2, fail
        li      s0, 0
        la      s2, 7f
        lw      s3, 7f
7:      csrw    \csr, zero
        li      t2, 1
        bne     s0, t2, fail
        .endm
        .macro  readonly number, csr
        li      gp, \number
        csrr    a0, \csr
        csrrs   a0, \csr, zero
        csrrci  a0, \csr, 0
        li      s0, 0
        li      s1, 2
        la      s2, 7f
        lw      s3, 7f
7:      csrw    \csr, zero
        li      t2, 1
        bne     s0, t2, fail
        li      s0, 0
        la      s2, 7f
        lw      s3, 7f
7:      csrrsi  a0, \csr, 1
        li      t2, 1
        bne     s0, t2, fail
        .endm
        illegal 2, 0x00000000
        illegal 3, 0xffffffff
        illegal 4, 0x00000053            # fadd.s
        illegal 5, 0x1005a52f            # lr.w
        illegal 6, 0x02b5053b            # mulw
        illegal 7, 0x10200073            # sret
        illegal 8, 0x12000073            # sfence.vma
        illegal 9, 0x0000000b            # custom-0
        illegal 10, 0x00003003           # ld
        illegal 11, 0x00200073           # uret
        nocsr   12, satp
        nocsr   13, medeleg
        nocsr   14, mideleg
        nocsr   15, pmpcfg0
        nocsr   16, pmpaddr0
        nocsr   17, 0x744
        nocsr   18, fcsr
        nocsr   19, sstatus
        nocsr   20, mcounteren
        nocsr   21, menvcfg
        nocsr   22, tselect
        nocsr   23, 0x7c0
        nocsr   36, cycle
        nocsr   37, instret
        nocsr   38, time
        nocsr   39, cycleh
        nocsr   40, instreth
        nocsr   41, stvec
        nocsr   42, mcountinhibit
        illegal 43, 0x02051513           # slli a0, a0, 32
        illegal 44, 0xc0001073           # unimp
        readonly 24, mhartid
        readonly 25, mvendorid
        readonly 26, marchid
        readonly 27, mimpid
        # vector: off, then on
        li      a0, 0x600
        csrc    mstatus, a0
        nocsr   28, vxrm
        illegal 29, 0x0c057557           # vsetvli a0, a0, e8, m1, ta, ma
        illegal 30, 0x02058007           # vle8.v v0, (a1)
        csrs    mstatus, a0
        readonly 31, vl
        readonly 32, vtype
        readonly 33, vlenb
        csrr    a0, vxrm
        li      gp, 34
        vsetvli a0, zero, e8, m1, ta, ma
        beqz    a0, fail
        # 16-bit illegal: all zeros has mtval 0
        li      gp, 35
        finish
own_handler:
        csrr    t5, mcause
        bne     t5, s1, fail
        csrr    t5, mepc
        bne     t5, s2, fail
        csrr    t5, mtval
        bne     t5, s3, fail
        li      s0, 1
        csrr    t5, mepc
        addi    t5, t5, 4
        csrw    mepc, t5
        mret
