        .include "env.inc"
        begin
        .equ own_handler, 0
        li      a0, 3
        check   6, a0, 3
        check   7, a0, 4
        finish
