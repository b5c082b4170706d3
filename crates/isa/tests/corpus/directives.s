# Data, sections, symbols, relocation functions.
    .equ SIZE, 12
    .set next, SIZE + 4
    limit = next * 2
    .globl _start
    .text
_start:
    la a0, table
    la a1, text_end
    lla a2, word
    lui a3, %hi(table)
    addi a3, a3, %lo(table)
    lw a4, %lo(word)(a3)
    sw a4, %lo(word)(a3)
    lw a5, word
    sw a5, word, t0
1:  auipc t1, %pcrel_hi(table)
    addi t1, t1, %pcrel_lo(1b)
2:  auipc t2, %pcrel_hi(word)
    sw t1, %pcrel_lo(2b)(t2)
    addi a0, a0, SIZE
    addi a0, a0, limit - next
    li a0, limit
    call function
    call t0, function    # clang differs
    tail function
    jal function    # clang differs
    j 3f
    .byte 1, 2, 3
    .align 2
3:  bnez a0, 1b
    .p2align 4
    nop
    .balign 8
    beq a0, a1, 3b
    .half 0x1234, -1
    .byte 'a', '\n', 0x80
    .p2align 1, 0xff
function:
    ret
text_end:
    .word . - _start
    .word text_end - function
    .word 1f, 1b
1:  .word 0xdeadbeef
    .data
    .byte 1
    .align 2
table:
    .word 1, 2, 3, -1, table, function
    .half 7
    .ascii "ab\tc", "d"
    .asciz "end\0\x41\101"
    .string "s"
    .balign 16
word:
    .word word - table
    .dword 0x0123456789abcdef
    .zero 3
    .space 5, 0xaa
    .skip 2
    .fill 3, 2, 0x1234
    .org 0x100
    .byte 0xff
    .set SIZE2, word - table
    .byte SIZE2
    # GNU as fills the end of a section up to its alignment.
    .text
    .p2align 4
