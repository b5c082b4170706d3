        .include "env.inc"
        begin
        .macro  traps number, cause, value:vararg
        li      gp, \number
        li      s0, 0
        li      s1, \cause
        la      s2, 7f
        la      s3, \value
        .endm
        .macro  did
        li      t2, 1
        bne     s0, t2, fail
        .endm
        la      a1, words
        # misaligned accesses
        li      gp, 2
        li      s0, 0
        li      s1, 4
        la      s2, 7f
        addi    s3, a1, 1
7:      lh      a0, 1(a1)
        did
        li      gp, 3
        li      s0, 0
        la      s2, 7f
        addi    s3, a1, 2
7:      lw      a0, 2(a1)
        did
        li      gp, 4
        li      s0, 0
        li      s1, 6
        la      s2, 7f
        addi    s3, a1, 3
7:      sh      a0, 3(a1)
        did
        li      gp, 5
        li      s0, 0
        la      s2, 7f
        addi    s3, a1, 1
7:      sw      a0, 1(a1)
        did
        lw      a0, 0(a1)
        check   6, a0, 0x11223344
        # nowhere
        li      gp, 7
        li      s0, 0
        li      s1, 5
        li      s3, 0x20000000
        la      s2, 7f
7:      lw      a0, 0(s3)
        did
        li      gp, 8
        li      s0, 0
        li      s1, 7
        la      s2, 7f
7:      sw      a0, 0(s3)
        did
        # ebreak
        li      gp, 9
        li      s0, 0
        li      s1, 3
        la      s2, 7f
        mv      s3, s2
7:      ebreak
        did
        # fetch from nowhere: mepc is the target
        li      gp, 10
        li      s0, 0
        li      s1, 1
        li      s2, 0x20000000
        mv      s3, s2
        la      s4, 8f
        jr      s2
        j       fail
8:      did
        li      s4, 0
        # mstatus over a trap: MPIE takes MIE, MIE 0, MPP machine; mret restores
        li      gp, 11
        li      s0, 0
        csrwi   mip, 0
        csrwi   mie, 0
        csrsi   mstatus, 8
        li      s1, 3
        la      s2, 7f
        mv      s3, s2
7:      ebreak
        did
        li      t2, 0x1880
        bne     s5, t2, fail
        csrr    a0, mstatus
        li      t2, 0x1888
        and     a0, a0, t2
        check   12, a0, 0x1888
        csrci   mstatus, 8
        # mret with MPIE 0 clears MIE
        li      gp, 13
        csrsi   mstatus, 8
        li      a0, 0x80
        csrc    mstatus, a0
        la      a0, 1f
        csrw    mepc, a0
        mret
        j       fail
        .balign 4
1:      csrr    a0, mstatus
        andi    a0, a0, 0x88
        check   14, a0, 0x80
        # mcause and mtval are writable
        li      a0, 5
        csrw    mcause, a0
        csrr    a0, mcause
        check   15, a0, 5
        li      a0, 0x12345678
        csrw    mtval, a0
        csrr    a0, mtval
        check   16, a0, 0x12345678
        # an instruction that traps does not retire
        li      gp, 17
        li      s0, 0
        li      s1, 2
        la      s2, 7f
        li      s3, 0
        csrw    minstret, zero
7:      .word   0
        csrr    a0, minstret
        addi    a0, a0, -27
        check   18, a0, 1
        # jalr clears the low bit
        li      gp, 19
        la      a0, 2f
        jalr    a1, 1(a0)
        j       fail
        .balign 4
2:      # self-modifying code and fence.i
        la      a0, patch
        lw      a1, 0(a0)
        lw      a2, 4(a0)
        la      a3, here
        sw      a2, 0(a3)
        fence.i
here:   addi    a4, zero, 111
        check   20, a4, 222
        finish
patch:  addi    a4, zero, 111
        addi    a4, zero, 222
own_handler:
        csrr    t5, mcause
        bne     t5, s1, fail
        csrr    t5, mepc
        bne     t5, s2, fail
        csrr    t5, mtval
        bne     t5, s3, fail
        li      s0, 1
        csrr    s5, mstatus
        li      t6, 0x1888
        and     s5, s5, t6
        csrr    t5, mepc
        addi    t5, t5, 4
        beqz    s4, 1f
        mv      t5, s4
1:      csrw    mepc, t5
        mret
        .section .data
        .balign 4
words:  .word   0x11223344, 0x55667788
