# Traps and legality
#
# Every family of reserved instructions and refused accesses, each with cause and value as the handler sees them; sleep, control registers, fence.i.

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
        la      t0, handler
        csrw    mtvec, t0
        li      s5, 0
        .option norvc
        .word 0                  # the word 0
        .word 0xffffffff         # all bits set
        .word 0x0000000b         # custom-0
        .word 0x0000202f         # an atomic instruction
        .word 0x02001057         # vfadd.vv
        .word 0x00000053         # fadd.s
        .word 0x00002007         # flw
        vsetvli t0, zero, e8, m1, ta, ma
        .word 0x0205f407         # vle64.v
        csrr t0, 0x320           # a control register that is not there
        csrw vlenb, t0           # a read-only register
        .word 0x10200073         # sret
        vsetvli t0, zero, e8, m2, ta, ma
        .word 0x02c804d7         # vadd.vv v9, v12, v16 at m2
        vsetvli t0, zero, e8, m2, ta, ma
        .word 0x02d80457         # vadd.vv v8, v13, v16 at m2
        vsetvli t0, zero, e8, m2, ta, ma
        .word 0x02c88457         # vadd.vv v8, v12, v17 at m2
        vsetvli t0, zero, e8, m8, ta, ma
        .word 0x02c80457         # vadd.vv v8, v12, v16 at m8
        vsetvli t0, zero, e32, m1, ta, ma
        .word 0xc6c82457         # vwadd.vv to 64 bits
        vsetvli t0, zero, e16, m8, ta, ma
        .word 0xc7082457         # vwadd.vv at m8
        vsetvli t0, zero, e8, m1, ta, ma
        .word 0xb28034d7         # vnsrl.wi v9, v8: upper part of the source
        vsetvli t0, zero, e8, m1, ta, ma
        .word 0x4a832457         # vzext.vf2 from 4 bits
        vsetvli t0, zero, e8, m1, ta, ma
        .word 0x4a822457         # vzext.vf4 from 2 bits
        vsetvli t0, zero, e8, m8, ta, ma
        .word 0x0205e407         # vle32.v with EMUL 32
        vsetvli t0, zero, e16, m4, ta, ma
        .word 0x6205d407         # vlseg4e16.v with sixteen registers
        vsetvli t0, zero, e16, m1, ta, ma
        .word 0x00c80057         # vadd.vv v0, v12, v16, v0.t
        vsetvli t0, zero, e8, m1, ta, ma
        li t1, 0x18
        vsetvl t0, zero, t1
        .word 0x02c80457         # vadd.vv without a type
        vsetvli t0, zero, e8, m1, ta, ma
        csrwi vstart, 1
        .word 0x02c80457         # vadd.vv with vstart 1
        csrwi vstart, 0
        li t1, 0x600
        csrc mstatus, t1
        .word 0x02c80457         # vadd.vv with VS off
        li t1, 0x600
        csrc mstatus, t1
        csrr t0, vl              # vl with VS off
        li t1, 0x600
        csrs mstatus, t1
        .word 0x00000073         # ecall
        .word 0x00100073         # ebreak
        li a0, 0x10000002
        lw t0, 0(a0)             # a misaligned load
        li a0, 0x10000001
        sh t0, 0(a0)             # a misaligned store
        li a0, 0x20000000
        lw t0, 0(a0)             # a load from nowhere
        li a0, 0x50000000
        sh t0, 0(a0)             # a store to the converters
        li a0, 0x5003f000
        lh t0, 0(a0)             # a load from behind the columns
        li a0, 0x50100008
        lb t0, 0(a0)             # a byte of a control register
        vsetvli t0, zero, e16, m8, ta, ma
        li a0, 0x40000002
        vle16.v v8, (a0)         # a row access beyond its row
        vsetvli t0, zero, e8, m1, ta, ma
        li a0, 0x40000000
        vle8.v v8, (a0)          # a row access of another width
        vsetvli t0, zero, e16, m1, ta, ma
        li a0, 0x40000000
        li a1, 2
        vlse16.v v8, (a0), a1    # a strided access to a row
        vsetvli t0, zero, e16, m1, ta, ma
        li a0, 0x48000000
        vse16.v v8, (a0)         # a store to the row registers
        vsetvli t0, zero, e16, m1, ta, ma
        li a0, 0x10000001
        vle16.v v8, (a0)         # a misaligned vector
        vsetvli t0, zero, e8, m1, ta, ma
        li a0, 0x1000fffd
        vle8.v v8, (a0)          # a vector beyond memory
        vsetvli t0, zero, e8, m1, ta, ma
        li a0, 0x1000fffd
        li a1, 2
        vlse8.v v8, (a0), a1     # strided beyond memory
        li      t0, 43
        .option rvc
        c.ebreak
        .option norvc
        bne     s5, t0, failed
        # The step interrupt wakes a sleeping program whatever mstatus.MIE is, and is then cleared.
        li      t0, 0x10000
        csrw    mie, t0
        csrs    mie, t0
        wfi
        csrr    t1, mip
        sw      t1, 0(s1)
        csrc    mip, t0
        csrr    t1, mip
        sw      t1, 4(s1)
        csrrsi  t1, mstatus, 8
        csrrci  t1, mstatus, 8
        csrrwi  t1, mscratch, 21
        csrrw   t1, mscratch, t0
        sw      t1, 8(s1)
        # A store to instruction memory is fetched after fence.i.
        la      a0, patched
        lw      a1, 0(a0)
        li      a2, 0x00100000
        add     a1, a1, a2
        sw      a1, 0(a0)
        fence.i
patched: li     a3, 41
        sw      a3, 12(s1)
        j       done
handler: addi   s5, s5, 1
        csrr    t3, mcause
        csrr    t4, mtval
        csrr    t5, mepc
        sw      t3, 0(s1)
        sw      t4, 4(s1)
        sw      t5, 8(s1)
        addi    s1, s1, 12
        addi    t5, t5, 4
        li      t4, 0x9002
        lhu     t6, -4(t5)
        bne     t6, t4, 1f
        addi    t5, t5, -2
1:      csrw    mepc, t5
        mret
failed: li      t0, TOHOST
        li      t1, 3
        sw      t1, 0(t0)
done:

        li      t0, TOHOST
        li      t1, 1
        sw      t1, 0(t0)
1:      wfi
        j       1b
