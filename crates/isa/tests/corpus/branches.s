# Branches and jumps at the limits of their reach.
_start:
    beqz a0, near1
    .space 252
near1:
    beqz a0, near2
    .space 254
near2:
    bnez a0, near3
    .space 256
near3:
back1:
    .space 256
    beqz a0, back1
    .space 2
back2:
    .space 258
    bnez s1, back2
    beqz t0, mid
    bne a0, a1, mid
    .space 4080
mid:
    beqz a0, mid2
    blt a0, a1, mid2
    .space 4070
mid2:
    beqz a0, far
    bnez a5, far
    beqz t0, far
    beq a0, a1, far
    bne a0, a1, far
    blt a0, a1, far
    bge a0, a1, far
    bltu a0, a1, far
    bgeu a0, a1, far
    bgt a0, a1, far
    bleu a0, a1, far
    blez a0, far
    bgtz t3, far
    j near4
    .space 2036
near4:
    j near5
    .space 2046
near5:
    jal near6
    .space 2048
near6:
    .space 4096
far:
    beqz a0, _start
    bnez a5, _start
    beqz t0, _start
    beq a0, a1, _start
    bgeu a0, a1, _start
    j _start
    jal _start
    jal t0, _start
    j far
    .option norvc
    beqz a0, _start
    beqz a0, far
    bnez a5, _start
    bnez a5, far
    blt a0, a1, _start
    blt a0, a1, far
    j far
    .align 3
    .option rvc
    nop
    .align 4
    nop
    # GNU as fills the end of a section up to its alignment.
    .text
    .p2align 4
