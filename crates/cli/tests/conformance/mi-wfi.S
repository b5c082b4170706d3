        .include "env.inc"
        begin
        .equ own_handler, 0
        # riscv-tests set a software interrupt pending before wfi; a hart without MSIP reads mie.MSIE as 0
        csrwi   mie, 8
        csrr    a0, mie
        andi    a0, a0, 8
        check   2, a0, 0
        csrsi   mip, 8
        csrr    a0, mip
        check   3, a0, 0
        wfi
        li      gp, 4
        finish
