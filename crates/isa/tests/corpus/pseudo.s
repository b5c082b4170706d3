# Pseudo-instructions and choices of short forms.
_start:
    nop
    li a0, 0
    li a1, 31
    li a2, -32
    li a3, 32
    li a4, 2047
    li a5, -2048
    li a6, 2048    # clang differs
    li a7, 0x12345678
    li s2, 0xfffff000
    li s3, -1
    li s4, -2147483648
    li s5, 0x1000
    li s6, 0x1f000
    li s7, 0x20000
    li sp, 0x10000
    li zero, 5
    li t0, 'a'
    li t1, 1 << 4 + 1
    li t2, (3 | 4) * 2 - 1
    mv a0, a1
    mv a0, zero    # clang differs
    mv zero, a0
    addi a0, a1, 0
    addi a0, a0, 0
    addi a0, a0, 31
    addi a0, a0, -33
    addi zero, zero, 0
    addi zero, zero, 1
    addi sp, sp, 16
    addi sp, sp, -512
    addi sp, sp, -64
    addi sp, sp, 496
    addi sp, sp, 4
    addi a0, sp, 4
    addi a0, sp, 1020
    addi a0, sp, 1024
    addi t0, sp, 8
    not a0, a1
    neg a0, a1
    neg a0, a0
    seqz a0, a1
    snez a0, a1
    sltz a0, a1
    sgtz a0, a1
    sgt a0, a1, a2
    sgtu a0, a1, a2
    add a0, a0, a1
    add a0, a1, a0
    add a0, a1, zero    # clang differs
    add a0, zero, a1
    add a0, a1, a2
    add zero, a0, a1
    add a0, a0, zero    # clang differs
    add a0, a1, 5
    add a0, a0, 5
    and a0, a0, a1
    and a0, a1, a0
    and t0, t0, t1
    and a0, a0, 15
    and a0, a0, 255
    or a0, a1, a0
    or a0, a0, 1
    xor a0, a1, a0
    xor a0, a0, 1
    sub a0, a0, a1
    sub a0, a1, a0
    sll a0, a0, 3
    slli a0, a0, 0
    slli a0, a0, 31
    slli zero, zero, 1
    slli t0, t0, 4
    srli a0, a0, 4
    srli a0, a0, 0
    srai a0, a0, 4
    srli t0, t0, 4
    slt a0, a1, 3
    sltu a0, a1, 3
    lui a0, 1
    lui a0, 31
    lui a0, 32
    lui a0, 0xfffff
    lui a0, 0xfffe0
    lui a0, 0xfffdf
    lui a0, 0
    lui sp, 1
    lui zero, 1
    lw a0, 0(a1)
    lw a0, 124(a1)
    lw a0, 128(a1)
    lw a0, -4(a1)
    lw a0, 2(a1)
    lw a0, (a1)
    lw a0, 0(sp)
    lw t0, 252(sp)
    lw t0, 256(sp)
    lw zero, 0(sp)
    sw a0, 0(a1)
    sw a0, 124(a1)
    sw a0, 252(sp)
    sw t0, 252(sp)
    sw zero, 4(sp)
    sw a0, -1(a1)
    jr a0
    jr 4(a0)
    jalr a0
    jalr ra, a0    # clang differs
    jalr zero, 0(a0)    # clang differs
    jalr t0, 0(a0)
    jalr ra, 8(a0)
    jalr a0, a1, 4
    ret
    ebreak
    ecall
    fence
    fence rw, w
    fence.i
    fence.tso
    unimp
    csrr a0, mstatus
    csrw mtvec, a0
    csrs mie, a0
    csrc mip, a0
    csrwi vxrm, 0
    csrsi mstatus, 8
    csrci mstatus, 8
    csrw vxrm, 2
    csrrw a0, mscratch, a0
    csrrw a0, mscratch, 3
    csrrs a0, 0xb00, zero
    rdcycle a0
    rdinstreth a0
    rdtime a0
    zext.b a0, a1
    zext.b a0, a0
    mret
    wfi
    .option push
    .option norvc
    mv a0, a1
    li a0, 1
    ret
    nop
    .option pop
    mv a0, a1
    c.nop
    c.addi4spn a0, sp, 16
    c.addi16sp sp, -32
    c.lui a0, 0xfffff
    c.srai a0, 3
    c.andi a0, -1
    c.jr ra
    c.ebreak
    c.lwsp a0, 4(sp)
    c.swsp a0, 8(sp)
    c.lw a0, 4(a1)
