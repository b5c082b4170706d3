        .include "env.inc"
        begin
        .equ own_handler, 0
        csrwi   mscratch, 3
        csrrw   a0, mscratch, zero
        check   2, a0, 3
        li      a0, 0x5a5a5a5a
        csrw    mscratch, a0
        csrrs   a1, mscratch, zero
        check   3, a1, 0x5a5a5a5a
        li      a2, 0xff
        csrrc   a1, mscratch, a2
        csrr    a1, mscratch
        check   4, a1, 0x5a5a5a00
        csrrsi  a1, mscratch, 31
        csrr    a1, mscratch
        check   5, a1, 0x5a5a5a1f
        csrrci  a1, mscratch, 15
        csrr    a1, mscratch
        check   6, a1, 0x5a5a5a10
        # misa: RV32, I M C; writes are ignored or legal
        csrr    a1, misa
        srli    a1, a1, 30
        check   7, a1, 1
        csrr    a1, misa
        andi    a1, a1, 0x104
        check   8, a1, 0x104
        csrr    a2, misa
        csrw    misa, zero
        csrr    a1, misa
        sub     a1, a1, a2
        check   9, a1, 0
        # mstatus: MIE, MPIE write and read; MPP keeps machine mode
        li      a0, 0x88
        csrs    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   10, a1, 0x88
        csrc    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   11, a1, 0
        li      a0, 0x1800
        csrc    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   12, a1, 0x1800
        # VS exists
        li      a0, 0x600
        csrs    mstatus, a0
        csrr    a1, mstatus
        and     a1, a1, a0
        check   13, a1, 0x600
        # mepc low bit is 0; mtvec keeps its base
        li      a0, -1
        csrw    mepc, a0
        csrr    a1, mepc
        andi    a1, a1, 1
        check   14, a1, 0
        csrr    a3, mtvec
        la      a4, trap
        sub     a3, a3, a4
        check   15, a3, 0
        # information registers
        csrr    a1, mvendorid
        csrr    a1, marchid
        csrr    a1, mimpid
        csrr    a1, mhartid
        check   16, a1, 0
        csrr    a1, mstatush
        check   17, a1, 0
        # counters
        csrw    mcycle, zero
        csrr    a1, mcycle
        sltiu   a1, a1, 16
        check   18, a1, 1
        li      a0, -1
        csrw    minstret, a0
        csrr    a1, minstret
        check   19, a1, -1
        csrr    a2, minstret
        csrr    a3, minstret
        sub     a3, a3, a2
        check   20, a3, 1
        li      a0, 0x12345
        csrw    mcycleh, a0
        csrr    a1, mcycleh
        check   21, a1, 0x12345
        csrw    minstreth, a0
        csrr    a1, minstreth
        check   22, a1, 0x12345
        # minstret counts to its upper half
        csrw    minstreth, zero
        li      a0, -1
        csrw    minstret, a0
        nop
        csrr    a1, minstreth
        check   23, a1, 1
        # wfi with a pending enabled interrupt or none is a hint: here an interrupt is pending
        finish
