# Short instructions
#
# Every 16-bit instruction but c.ebreak, which is in the test of traps.

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
        .option rvc
        li      s5, 0
        addi    sp, s0, 64
        c.addi4spn a0, sp, 8
        c.lw    a1, 4(a0)
        c.sw    a1, 8(a0)
        c.nop
        c.addi  a1, -9
        c.li    a2, 21
        c.lui   a3, 0xfffe1
        c.addi16sp sp, 32
        c.srli  a1, 3
        c.srai  a3, 2
        c.andi  a2, -3
        c.sub   a1, a2
        c.xor   a1, a3
        c.or    a2, a1
        c.and   a3, a2
        c.slli  a3, 4
        c.lwsp  a4, 12(sp)
        c.swsp  a4, 16(sp)
        c.mv    a5, a4
        c.add   a5, a3
        c.j     1f
        c.addi  s5, 1
1:      c.li    a0, 0
        c.beqz  a0, 1f
        c.addi  s5, 2
1:      c.bnez  a0, 1f
        c.addi  s5, 4
1:      c.jal   1f
        c.addi  s5, 8
1:      auipc   a0, 0
        sub     ra, ra, a0
        sw      ra, 20(s1)
        addi    a0, a0, 19
        c.jr    a0
        c.addi  s5, 8
        c.nop
        auipc   a0, 0
        addi    a0, a0, 11
        c.jalr  a0
        c.addi  s5, 16
        sub     ra, ra, a0
        sw      ra, 24(s1)
        sw      a1, 0(s1)
        sw      a2, 4(s1)
        sw      a3, 8(s1)
        sw      a5, 12(s1)
        sw      s5, 16(s1)
        sub     sp, sp, s0
        sw      sp, 28(s1)

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
