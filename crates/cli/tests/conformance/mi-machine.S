        .include "env.inc"
        begin
        # a hart of one mode: misa names neither S nor U, and mstatus.MPP keeps machine mode
        csrr    a0, misa
        li      a1, 0x00140000
        and     a0, a0, a1
        check   2, a0, 0
        li      a0, 0x1800
        csrc    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   3, a1, 0x1800
        li      a2, 0x0800               # supervisor mode cannot be had either
        csrc    mstatus, a0
        csrs    mstatus, a2
        csrr    a1, mstatus
        and     a1, a1, a0
        check   4, a1, 0x1800
        # bits for memory as lower modes see it, and for traps of theirs, read 0
        li      a0, 0x007e0000           # TSR, TW, TVM, MXR, SUM, MPRV
        csrs    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   5, a1, 0
        # mret with MPP "cleared" comes back to machine mode: its registers are there
        la      t0, after
        csrw    mepc, t0
        li      a0, 0x1800
        csrc    mstatus, a0
        mret
        .balign 4
after:  csrr    a1, mscratch
        # ecall: cause 11, mepc at it, mtval 0
        li      gp, 6
        la      t0, caught
        csrw    mtvec, t0
        li      a0, -1
        csrw    mtval, a0
call:   ecall
        j       fail
        .balign 4
caught: csrr    a0, mcause
        csrr    a1, mepc
        csrr    a2, mtval
        la      a3, call
        sub     a1, a1, a3
        check   7, a0, 11
        check   8, a1, 0
        check   9, a2, 0
        csrr    a0, mstatus
        li      a1, 0x1800
        and     a0, a0, a1
        check   10, a0, 0x1800
        # jalr to an odd halfword is a jump to the halfword, and there are no misaligned fetches
        la      t0, trap
        csrw    mtvec, t0
        li      gp, 11
        la      t0, 1f
        li      t1, 0
        jalr    t1, 2(t0)
1:      .option rvc
        c.j     fail
        c.j     2f
        .option norvc
        j       fail
2:      la      t2, 1b
        sub     t1, t1, t2
        check   12, t1, 0
        li      gp, 13
        la      t0, 3f
        jalr    t1, 3(t0)
3:      .option rvc
        c.j     fail
        c.j     4f
        .option norvc
        j       fail
4:      # shifts by 32 and more do not exist
        li      gp, 14
        la      t0, refused
        csrw    mtvec, t0
        .word   0x02051513               # slli a0, a0, 32
        j       fail
        .balign 4
refused: csrr   a0, mcause
        check   15, a0, 2
        csrr    a0, mtval
        check   16, a0, 0x02051513
        # the low two bits of mtvec are 0: direct mode and nothing else
        la      t0, trap + 1
        csrw    mtvec, t0
        csrr    a0, mtvec
        la      t0, trap
        sub     a0, a0, t0
        check   17, a0, 0
        # a write to half of a counter takes the place of the increment of both halves
        li      t0, -1
        csrw    minstret, t0
        csrw    minstreth, t0
        nop
        csrr    a0, minstret
        check   18, a0, 0
        li      t0, -1
        csrw    minstret, t0
        csrw    minstreth, t0
        nop
        csrr    a0, minstreth
        check   19, a0, 0
        csrwi   minstret, 0
        csrr    a0, minstret
        check   20, a0, 0
        # the same of the cycle counter, where a CSR instruction takes one cycle
        li      t0, -2
        csrwi   mcycleh, 7
        csrw    mcycle, t0
        csrwi   mcycleh, 7
        csrr    a0, mcycle
        csrr    a1, mcycleh
        csrr    a2, mcycleh
        check   21, a0, -2
        check   22, a1, 7
        check   23, a2, 8
        finish
        .equ    own_handler, 0
