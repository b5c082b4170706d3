# Compressed instructions against their long forms' results.
        .include "env.inc"
        begin
        .equ    own_handler, 0
        .option rvc
        c.li    a0, -17
        check   2, a0, -17
        c.addi  a0, 31
        check   3, a0, 14
        c.lui   a1, 0xfffe1
        check   4, a1, 0xfffe1000
        c.srli  a1, 4
        check   5, a1, 0x0fffe100
        li      a1, 0x80000000
        c.srai  a1, 31
        check   6, a1, -1
        c.andi  a1, 21
        check   7, a1, 21
        c.mv    a2, a1
        c.add   a2, a0
        check   8, a2, 35
        c.sub   a2, a0
        check   9, a2, 21
        c.xor   a2, a0
        check   10, a2, 27
        c.or    a2, a1
        check   11, a2, 31
        c.and   a2, a0
        check   12, a2, 14
        c.slli  a2, 28
        check   13, a2, 0xe0000000
        la      sp, words
        c.lwsp  a3, 4(sp)
        check   14, a3, 0x55667788
        c.swsp  a0, 8(sp)
        c.addi4spn a4, sp, 8
        c.lw    a5, 0(a4)
        check   15, a5, 14
        c.sw    a1, 4(a4)
        lw      a5, 4(a4)
        check   16, a5, 21
        c.addi16sp sp, -64
        c.addi16sp sp, 64
        la      a4, words
        sub     a4, a4, sp
        check   17, a4, 0
        c.li    a3, 0
        c.li    a4, 1
        c.beqz  a3, 3f
        c.li    a4, 0
3:      check   18, a4, 1
        c.bnez  a3, 4f
        c.li    a4, 2
4:      check   19, a4, 2
        c.j     5f
        c.li    a4, 0
5:      check   20, a4, 2
        c.li    a4, 0
        c.jal   6f
7:      c.li    a4, 0
6:      la      a5, 7b
        sub     a5, a5, ra
        check   21, a5, 0
        la      a5, 8f
        c.jr    a5
        c.li    a0, 0
8:      la      a5, 9f
        c.jalr  a5
10:     c.li    a0, 0
9:      la      a5, 10b
        sub     a5, a5, ra
        check   22, a5, 0
        c.nop
        # a long instruction over a 4-byte boundary
        .balign 4
        c.nop
        lui     a5, 0x12345
        check   23, a5, 0x12345000
        .option norvc
        finish
        .section .data
        .balign 16
words:  .word   0x11223344, 0x55667788, 0, 0
