# Edge cases of RV32I; the values follow from the unprivileged specification.
        .include "env.inc"
        begin
        .equ    own_handler, 0
        li      a0, 0x0
        li      a1, 0x0
        add     a2, a0, a1
        check   2, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        add     a2, a0, a1
        check   3, a2, 0x80000000
        li      a0, 0x0
        li      a1, 0xffff8000
        add     a2, a0, a1
        check   4, a2, 0xffff8000
        li      a0, 0x1
        li      a1, 0x1
        add     a2, a0, a1
        check   5, a2, 0x2
        li      a0, 0x1
        li      a1, 0x7fffffff
        add     a2, a0, a1
        check   6, a2, 0x80000000
        li      a0, 0x1
        li      a1, 0x21
        add     a2, a0, a1
        check   7, a2, 0x22
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        add     a2, a0, a1
        check   8, a2, 0xfffffffe
        li      a0, 0xffffffff
        li      a1, 0x12345678
        add     a2, a0, a1
        check   9, a2, 0x12345677
        li      a0, 0x80000000
        li      a1, 0x0
        add     a2, a0, a1
        check   10, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        add     a2, a0, a1
        check   11, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        add     a2, a0, a1
        check   12, a2, 0x7fff8000
        li      a0, 0x7fffffff
        li      a1, 0x1
        add     a2, a0, a1
        check   13, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        add     a2, a0, a1
        check   14, a2, 0xfffffffe
        li      a0, 0x7fffffff
        li      a1, 0x21
        add     a2, a0, a1
        check   15, a2, 0x80000020
        li      a0, 0x12345678
        li      a1, 0xffffffff
        add     a2, a0, a1
        check   16, a2, 0x12345677
        li      a0, 0x12345678
        li      a1, 0x12345678
        add     a2, a0, a1
        check   17, a2, 0x2468acf0
        li      a0, 0xffff8000
        li      a1, 0x0
        add     a2, a0, a1
        check   18, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        add     a2, a0, a1
        check   19, a2, 0x7fff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        add     a2, a0, a1
        check   20, a2, 0xffff0000
        li      a0, 0x21
        li      a1, 0x1
        add     a2, a0, a1
        check   21, a2, 0x22
        li      a0, 0x21
        li      a1, 0x7fffffff
        add     a2, a0, a1
        check   22, a2, 0x80000020
        li      a0, 0x21
        li      a1, 0x21
        add     a2, a0, a1
        check   23, a2, 0x42
        li      a0, 0x12345678
        li      a1, 0xffff8000
        add     a0, a0, a1
        check   24, a0, 0x1233d678
        add     zero, a0, a1
        check   25, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        sub     a2, a0, a1
        check   26, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        sub     a2, a0, a1
        check   27, a2, 0x80000000
        li      a0, 0x0
        li      a1, 0xffff8000
        sub     a2, a0, a1
        check   28, a2, 0x8000
        li      a0, 0x1
        li      a1, 0x1
        sub     a2, a0, a1
        check   29, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        sub     a2, a0, a1
        check   30, a2, 0x80000002
        li      a0, 0x1
        li      a1, 0x21
        sub     a2, a0, a1
        check   31, a2, 0xffffffe0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        sub     a2, a0, a1
        check   32, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        sub     a2, a0, a1
        check   33, a2, 0xedcba987
        li      a0, 0x80000000
        li      a1, 0x0
        sub     a2, a0, a1
        check   34, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        sub     a2, a0, a1
        check   35, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        sub     a2, a0, a1
        check   36, a2, 0x80008000
        li      a0, 0x7fffffff
        li      a1, 0x1
        sub     a2, a0, a1
        check   37, a2, 0x7ffffffe
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        sub     a2, a0, a1
        check   38, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        sub     a2, a0, a1
        check   39, a2, 0x7fffffde
        li      a0, 0x12345678
        li      a1, 0xffffffff
        sub     a2, a0, a1
        check   40, a2, 0x12345679
        li      a0, 0x12345678
        li      a1, 0x12345678
        sub     a2, a0, a1
        check   41, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        sub     a2, a0, a1
        check   42, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        sub     a2, a0, a1
        check   43, a2, 0x7fff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        sub     a2, a0, a1
        check   44, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        sub     a2, a0, a1
        check   45, a2, 0x20
        li      a0, 0x21
        li      a1, 0x7fffffff
        sub     a2, a0, a1
        check   46, a2, 0x80000022
        li      a0, 0x21
        li      a1, 0x21
        sub     a2, a0, a1
        check   47, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        sub     a0, a0, a1
        check   48, a0, 0x1234d678
        sub     zero, a0, a1
        check   49, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        sll     a2, a0, a1
        check   50, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        sll     a2, a0, a1
        check   51, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        sll     a2, a0, a1
        check   52, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        sll     a2, a0, a1
        check   53, a2, 0x2
        li      a0, 0x1
        li      a1, 0x7fffffff
        sll     a2, a0, a1
        check   54, a2, 0x80000000
        li      a0, 0x1
        li      a1, 0x21
        sll     a2, a0, a1
        check   55, a2, 0x2
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        sll     a2, a0, a1
        check   56, a2, 0x80000000
        li      a0, 0xffffffff
        li      a1, 0x12345678
        sll     a2, a0, a1
        check   57, a2, 0xff000000
        li      a0, 0x80000000
        li      a1, 0x0
        sll     a2, a0, a1
        check   58, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        sll     a2, a0, a1
        check   59, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        sll     a2, a0, a1
        check   60, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x1
        sll     a2, a0, a1
        check   61, a2, 0xfffffffe
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        sll     a2, a0, a1
        check   62, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x21
        sll     a2, a0, a1
        check   63, a2, 0xfffffffe
        li      a0, 0x12345678
        li      a1, 0xffffffff
        sll     a2, a0, a1
        check   64, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        sll     a2, a0, a1
        check   65, a2, 0x78000000
        li      a0, 0xffff8000
        li      a1, 0x0
        sll     a2, a0, a1
        check   66, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        sll     a2, a0, a1
        check   67, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        sll     a2, a0, a1
        check   68, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        sll     a2, a0, a1
        check   69, a2, 0x42
        li      a0, 0x21
        li      a1, 0x7fffffff
        sll     a2, a0, a1
        check   70, a2, 0x80000000
        li      a0, 0x21
        li      a1, 0x21
        sll     a2, a0, a1
        check   71, a2, 0x42
        li      a0, 0x12345678
        li      a1, 0xffff8000
        sll     a0, a0, a1
        check   72, a0, 0x12345678
        sll     zero, a0, a1
        check   73, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        srl     a2, a0, a1
        check   74, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        srl     a2, a0, a1
        check   75, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        srl     a2, a0, a1
        check   76, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        srl     a2, a0, a1
        check   77, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        srl     a2, a0, a1
        check   78, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        srl     a2, a0, a1
        check   79, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        srl     a2, a0, a1
        check   80, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0x12345678
        srl     a2, a0, a1
        check   81, a2, 0xff
        li      a0, 0x80000000
        li      a1, 0x0
        srl     a2, a0, a1
        check   82, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        srl     a2, a0, a1
        check   83, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        srl     a2, a0, a1
        check   84, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x1
        srl     a2, a0, a1
        check   85, a2, 0x3fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        srl     a2, a0, a1
        check   86, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        srl     a2, a0, a1
        check   87, a2, 0x3fffffff
        li      a0, 0x12345678
        li      a1, 0xffffffff
        srl     a2, a0, a1
        check   88, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        srl     a2, a0, a1
        check   89, a2, 0x12
        li      a0, 0xffff8000
        li      a1, 0x0
        srl     a2, a0, a1
        check   90, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        srl     a2, a0, a1
        check   91, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        srl     a2, a0, a1
        check   92, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        srl     a2, a0, a1
        check   93, a2, 0x10
        li      a0, 0x21
        li      a1, 0x7fffffff
        srl     a2, a0, a1
        check   94, a2, 0x0
        li      a0, 0x21
        li      a1, 0x21
        srl     a2, a0, a1
        check   95, a2, 0x10
        li      a0, 0x12345678
        li      a1, 0xffff8000
        srl     a0, a0, a1
        check   96, a0, 0x12345678
        srl     zero, a0, a1
        check   97, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        sra     a2, a0, a1
        check   98, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        sra     a2, a0, a1
        check   99, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        sra     a2, a0, a1
        check   100, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        sra     a2, a0, a1
        check   101, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        sra     a2, a0, a1
        check   102, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        sra     a2, a0, a1
        check   103, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        sra     a2, a0, a1
        check   104, a2, 0xffffffff
        li      a0, 0xffffffff
        li      a1, 0x12345678
        sra     a2, a0, a1
        check   105, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x0
        sra     a2, a0, a1
        check   106, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        sra     a2, a0, a1
        check   107, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        sra     a2, a0, a1
        check   108, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x1
        sra     a2, a0, a1
        check   109, a2, 0x3fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        sra     a2, a0, a1
        check   110, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        sra     a2, a0, a1
        check   111, a2, 0x3fffffff
        li      a0, 0x12345678
        li      a1, 0xffffffff
        sra     a2, a0, a1
        check   112, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        sra     a2, a0, a1
        check   113, a2, 0x12
        li      a0, 0xffff8000
        li      a1, 0x0
        sra     a2, a0, a1
        check   114, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        sra     a2, a0, a1
        check   115, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        sra     a2, a0, a1
        check   116, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        sra     a2, a0, a1
        check   117, a2, 0x10
        li      a0, 0x21
        li      a1, 0x7fffffff
        sra     a2, a0, a1
        check   118, a2, 0x0
        li      a0, 0x21
        li      a1, 0x21
        sra     a2, a0, a1
        check   119, a2, 0x10
        li      a0, 0x12345678
        li      a1, 0xffff8000
        sra     a0, a0, a1
        check   120, a0, 0x12345678
        sra     zero, a0, a1
        check   121, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        slt     a2, a0, a1
        check   122, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        slt     a2, a0, a1
        check   123, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        slt     a2, a0, a1
        check   124, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        slt     a2, a0, a1
        check   125, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        slt     a2, a0, a1
        check   126, a2, 0x1
        li      a0, 0x1
        li      a1, 0x21
        slt     a2, a0, a1
        check   127, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        slt     a2, a0, a1
        check   128, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        slt     a2, a0, a1
        check   129, a2, 0x1
        li      a0, 0x80000000
        li      a1, 0x0
        slt     a2, a0, a1
        check   130, a2, 0x1
        li      a0, 0x80000000
        li      a1, 0x80000000
        slt     a2, a0, a1
        check   131, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        slt     a2, a0, a1
        check   132, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x1
        slt     a2, a0, a1
        check   133, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        slt     a2, a0, a1
        check   134, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        slt     a2, a0, a1
        check   135, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffffffff
        slt     a2, a0, a1
        check   136, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        slt     a2, a0, a1
        check   137, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        slt     a2, a0, a1
        check   138, a2, 0x1
        li      a0, 0xffff8000
        li      a1, 0x80000000
        slt     a2, a0, a1
        check   139, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        slt     a2, a0, a1
        check   140, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        slt     a2, a0, a1
        check   141, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        slt     a2, a0, a1
        check   142, a2, 0x1
        li      a0, 0x21
        li      a1, 0x21
        slt     a2, a0, a1
        check   143, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        slt     a0, a0, a1
        check   144, a0, 0x0
        slt     zero, a0, a1
        check   145, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        sltu    a2, a0, a1
        check   146, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        sltu    a2, a0, a1
        check   147, a2, 0x1
        li      a0, 0x0
        li      a1, 0xffff8000
        sltu    a2, a0, a1
        check   148, a2, 0x1
        li      a0, 0x1
        li      a1, 0x1
        sltu    a2, a0, a1
        check   149, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        sltu    a2, a0, a1
        check   150, a2, 0x1
        li      a0, 0x1
        li      a1, 0x21
        sltu    a2, a0, a1
        check   151, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        sltu    a2, a0, a1
        check   152, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        sltu    a2, a0, a1
        check   153, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x0
        sltu    a2, a0, a1
        check   154, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        sltu    a2, a0, a1
        check   155, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        sltu    a2, a0, a1
        check   156, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x1
        sltu    a2, a0, a1
        check   157, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        sltu    a2, a0, a1
        check   158, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        sltu    a2, a0, a1
        check   159, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffffffff
        sltu    a2, a0, a1
        check   160, a2, 0x1
        li      a0, 0x12345678
        li      a1, 0x12345678
        sltu    a2, a0, a1
        check   161, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        sltu    a2, a0, a1
        check   162, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        sltu    a2, a0, a1
        check   163, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        sltu    a2, a0, a1
        check   164, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        sltu    a2, a0, a1
        check   165, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        sltu    a2, a0, a1
        check   166, a2, 0x1
        li      a0, 0x21
        li      a1, 0x21
        sltu    a2, a0, a1
        check   167, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        sltu    a0, a0, a1
        check   168, a0, 0x1
        sltu    zero, a0, a1
        check   169, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        xor     a2, a0, a1
        check   170, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        xor     a2, a0, a1
        check   171, a2, 0x80000000
        li      a0, 0x0
        li      a1, 0xffff8000
        xor     a2, a0, a1
        check   172, a2, 0xffff8000
        li      a0, 0x1
        li      a1, 0x1
        xor     a2, a0, a1
        check   173, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        xor     a2, a0, a1
        check   174, a2, 0x7ffffffe
        li      a0, 0x1
        li      a1, 0x21
        xor     a2, a0, a1
        check   175, a2, 0x20
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        xor     a2, a0, a1
        check   176, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        xor     a2, a0, a1
        check   177, a2, 0xedcba987
        li      a0, 0x80000000
        li      a1, 0x0
        xor     a2, a0, a1
        check   178, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        xor     a2, a0, a1
        check   179, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        xor     a2, a0, a1
        check   180, a2, 0x7fff8000
        li      a0, 0x7fffffff
        li      a1, 0x1
        xor     a2, a0, a1
        check   181, a2, 0x7ffffffe
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        xor     a2, a0, a1
        check   182, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        xor     a2, a0, a1
        check   183, a2, 0x7fffffde
        li      a0, 0x12345678
        li      a1, 0xffffffff
        xor     a2, a0, a1
        check   184, a2, 0xedcba987
        li      a0, 0x12345678
        li      a1, 0x12345678
        xor     a2, a0, a1
        check   185, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        xor     a2, a0, a1
        check   186, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        xor     a2, a0, a1
        check   187, a2, 0x7fff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        xor     a2, a0, a1
        check   188, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        xor     a2, a0, a1
        check   189, a2, 0x20
        li      a0, 0x21
        li      a1, 0x7fffffff
        xor     a2, a0, a1
        check   190, a2, 0x7fffffde
        li      a0, 0x21
        li      a1, 0x21
        xor     a2, a0, a1
        check   191, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        xor     a0, a0, a1
        check   192, a0, 0xedcbd678
        xor     zero, a0, a1
        check   193, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        or      a2, a0, a1
        check   194, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        or      a2, a0, a1
        check   195, a2, 0x80000000
        li      a0, 0x0
        li      a1, 0xffff8000
        or      a2, a0, a1
        check   196, a2, 0xffff8000
        li      a0, 0x1
        li      a1, 0x1
        or      a2, a0, a1
        check   197, a2, 0x1
        li      a0, 0x1
        li      a1, 0x7fffffff
        or      a2, a0, a1
        check   198, a2, 0x7fffffff
        li      a0, 0x1
        li      a1, 0x21
        or      a2, a0, a1
        check   199, a2, 0x21
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        or      a2, a0, a1
        check   200, a2, 0xffffffff
        li      a0, 0xffffffff
        li      a1, 0x12345678
        or      a2, a0, a1
        check   201, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x0
        or      a2, a0, a1
        check   202, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        or      a2, a0, a1
        check   203, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        or      a2, a0, a1
        check   204, a2, 0xffff8000
        li      a0, 0x7fffffff
        li      a1, 0x1
        or      a2, a0, a1
        check   205, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        or      a2, a0, a1
        check   206, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x21
        or      a2, a0, a1
        check   207, a2, 0x7fffffff
        li      a0, 0x12345678
        li      a1, 0xffffffff
        or      a2, a0, a1
        check   208, a2, 0xffffffff
        li      a0, 0x12345678
        li      a1, 0x12345678
        or      a2, a0, a1
        check   209, a2, 0x12345678
        li      a0, 0xffff8000
        li      a1, 0x0
        or      a2, a0, a1
        check   210, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        or      a2, a0, a1
        check   211, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        or      a2, a0, a1
        check   212, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        or      a2, a0, a1
        check   213, a2, 0x21
        li      a0, 0x21
        li      a1, 0x7fffffff
        or      a2, a0, a1
        check   214, a2, 0x7fffffff
        li      a0, 0x21
        li      a1, 0x21
        or      a2, a0, a1
        check   215, a2, 0x21
        li      a0, 0x12345678
        li      a1, 0xffff8000
        or      a0, a0, a1
        check   216, a0, 0xffffd678
        or      zero, a0, a1
        check   217, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        and     a2, a0, a1
        check   218, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        and     a2, a0, a1
        check   219, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        and     a2, a0, a1
        check   220, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        and     a2, a0, a1
        check   221, a2, 0x1
        li      a0, 0x1
        li      a1, 0x7fffffff
        and     a2, a0, a1
        check   222, a2, 0x1
        li      a0, 0x1
        li      a1, 0x21
        and     a2, a0, a1
        check   223, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        and     a2, a0, a1
        check   224, a2, 0xffffffff
        li      a0, 0xffffffff
        li      a1, 0x12345678
        and     a2, a0, a1
        check   225, a2, 0x12345678
        li      a0, 0x80000000
        li      a1, 0x0
        and     a2, a0, a1
        check   226, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        and     a2, a0, a1
        check   227, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        and     a2, a0, a1
        check   228, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x1
        and     a2, a0, a1
        check   229, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        and     a2, a0, a1
        check   230, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x21
        and     a2, a0, a1
        check   231, a2, 0x21
        li      a0, 0x12345678
        li      a1, 0xffffffff
        and     a2, a0, a1
        check   232, a2, 0x12345678
        li      a0, 0x12345678
        li      a1, 0x12345678
        and     a2, a0, a1
        check   233, a2, 0x12345678
        li      a0, 0xffff8000
        li      a1, 0x0
        and     a2, a0, a1
        check   234, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        and     a2, a0, a1
        check   235, a2, 0x80000000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        and     a2, a0, a1
        check   236, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        and     a2, a0, a1
        check   237, a2, 0x1
        li      a0, 0x21
        li      a1, 0x7fffffff
        and     a2, a0, a1
        check   238, a2, 0x21
        li      a0, 0x21
        li      a1, 0x21
        and     a2, a0, a1
        check   239, a2, 0x21
        li      a0, 0x12345678
        li      a1, 0xffff8000
        and     a0, a0, a1
        check   240, a0, 0x12340000
        and     zero, a0, a1
        check   241, zero, 0
        li      a0, 0x0
        addi    a2, a0, -2048
        check   5000, a2, 0xfffff800
        li      a0, 0x0
        addi    a2, a0, -1
        check   5001, a2, 0xffffffff
        li      a0, 0x0
        addi    a2, a0, 0
        check   5002, a2, 0x0
        li      a0, 0x0
        addi    a2, a0, 2047
        check   5003, a2, 0x7ff
        li      a0, 0x1
        addi    a2, a0, -2048
        check   5004, a2, 0xfffff801
        li      a0, 0x1
        addi    a2, a0, -1
        check   5005, a2, 0x0
        li      a0, 0x1
        addi    a2, a0, 0
        check   5006, a2, 0x1
        li      a0, 0x1
        addi    a2, a0, 2047
        check   5007, a2, 0x800
        li      a0, 0xffffffff
        addi    a2, a0, -2048
        check   5008, a2, 0xfffff7ff
        li      a0, 0xffffffff
        addi    a2, a0, -1
        check   5009, a2, 0xfffffffe
        li      a0, 0xffffffff
        addi    a2, a0, 0
        check   5010, a2, 0xffffffff
        li      a0, 0xffffffff
        addi    a2, a0, 2047
        check   5011, a2, 0x7fe
        li      a0, 0x80000000
        addi    a2, a0, -2048
        check   5012, a2, 0x7ffff800
        li      a0, 0x80000000
        addi    a2, a0, -1
        check   5013, a2, 0x7fffffff
        li      a0, 0x80000000
        addi    a2, a0, 0
        check   5014, a2, 0x80000000
        li      a0, 0x80000000
        addi    a2, a0, 2047
        check   5015, a2, 0x800007ff
        li      a0, 0x7fffffff
        addi    a2, a0, -2048
        check   5016, a2, 0x7ffff7ff
        li      a0, 0x7fffffff
        addi    a2, a0, -1
        check   5017, a2, 0x7ffffffe
        li      a0, 0x7fffffff
        addi    a2, a0, 0
        check   5018, a2, 0x7fffffff
        li      a0, 0x7fffffff
        addi    a2, a0, 2047
        check   5019, a2, 0x800007fe
        li      a0, 0x12345678
        addi    a2, a0, -2048
        check   5020, a2, 0x12344e78
        li      a0, 0x12345678
        addi    a2, a0, -1
        check   5021, a2, 0x12345677
        li      a0, 0x12345678
        addi    a2, a0, 0
        check   5022, a2, 0x12345678
        li      a0, 0x12345678
        addi    a2, a0, 2047
        check   5023, a2, 0x12345e77
        li      a0, 0xffff8000
        addi    a2, a0, -2048
        check   5024, a2, 0xffff7800
        li      a0, 0xffff8000
        addi    a2, a0, -1
        check   5025, a2, 0xffff7fff
        li      a0, 0xffff8000
        addi    a2, a0, 0
        check   5026, a2, 0xffff8000
        li      a0, 0xffff8000
        addi    a2, a0, 2047
        check   5027, a2, 0xffff87ff
        li      a0, 0x21
        addi    a2, a0, -2048
        check   5028, a2, 0xfffff821
        li      a0, 0x21
        addi    a2, a0, -1
        check   5029, a2, 0x20
        li      a0, 0x21
        addi    a2, a0, 0
        check   5030, a2, 0x21
        li      a0, 0x21
        addi    a2, a0, 2047
        check   5031, a2, 0x820
        li      a0, 0x0
        slti    a2, a0, -2048
        check   5032, a2, 0x0
        li      a0, 0x0
        slti    a2, a0, -1
        check   5033, a2, 0x0
        li      a0, 0x0
        slti    a2, a0, 0
        check   5034, a2, 0x0
        li      a0, 0x0
        slti    a2, a0, 2047
        check   5035, a2, 0x1
        li      a0, 0x1
        slti    a2, a0, -2048
        check   5036, a2, 0x0
        li      a0, 0x1
        slti    a2, a0, -1
        check   5037, a2, 0x0
        li      a0, 0x1
        slti    a2, a0, 0
        check   5038, a2, 0x0
        li      a0, 0x1
        slti    a2, a0, 2047
        check   5039, a2, 0x1
        li      a0, 0xffffffff
        slti    a2, a0, -2048
        check   5040, a2, 0x0
        li      a0, 0xffffffff
        slti    a2, a0, -1
        check   5041, a2, 0x0
        li      a0, 0xffffffff
        slti    a2, a0, 0
        check   5042, a2, 0x1
        li      a0, 0xffffffff
        slti    a2, a0, 2047
        check   5043, a2, 0x1
        li      a0, 0x80000000
        slti    a2, a0, -2048
        check   5044, a2, 0x1
        li      a0, 0x80000000
        slti    a2, a0, -1
        check   5045, a2, 0x1
        li      a0, 0x80000000
        slti    a2, a0, 0
        check   5046, a2, 0x1
        li      a0, 0x80000000
        slti    a2, a0, 2047
        check   5047, a2, 0x1
        li      a0, 0x7fffffff
        slti    a2, a0, -2048
        check   5048, a2, 0x0
        li      a0, 0x7fffffff
        slti    a2, a0, -1
        check   5049, a2, 0x0
        li      a0, 0x7fffffff
        slti    a2, a0, 0
        check   5050, a2, 0x0
        li      a0, 0x7fffffff
        slti    a2, a0, 2047
        check   5051, a2, 0x0
        li      a0, 0x12345678
        slti    a2, a0, -2048
        check   5052, a2, 0x0
        li      a0, 0x12345678
        slti    a2, a0, -1
        check   5053, a2, 0x0
        li      a0, 0x12345678
        slti    a2, a0, 0
        check   5054, a2, 0x0
        li      a0, 0x12345678
        slti    a2, a0, 2047
        check   5055, a2, 0x0
        li      a0, 0xffff8000
        slti    a2, a0, -2048
        check   5056, a2, 0x1
        li      a0, 0xffff8000
        slti    a2, a0, -1
        check   5057, a2, 0x1
        li      a0, 0xffff8000
        slti    a2, a0, 0
        check   5058, a2, 0x1
        li      a0, 0xffff8000
        slti    a2, a0, 2047
        check   5059, a2, 0x1
        li      a0, 0x21
        slti    a2, a0, -2048
        check   5060, a2, 0x0
        li      a0, 0x21
        slti    a2, a0, -1
        check   5061, a2, 0x0
        li      a0, 0x21
        slti    a2, a0, 0
        check   5062, a2, 0x0
        li      a0, 0x21
        slti    a2, a0, 2047
        check   5063, a2, 0x1
        li      a0, 0x0
        sltiu   a2, a0, -2048
        check   5064, a2, 0x1
        li      a0, 0x0
        sltiu   a2, a0, -1
        check   5065, a2, 0x1
        li      a0, 0x0
        sltiu   a2, a0, 0
        check   5066, a2, 0x0
        li      a0, 0x0
        sltiu   a2, a0, 2047
        check   5067, a2, 0x1
        li      a0, 0x1
        sltiu   a2, a0, -2048
        check   5068, a2, 0x1
        li      a0, 0x1
        sltiu   a2, a0, -1
        check   5069, a2, 0x1
        li      a0, 0x1
        sltiu   a2, a0, 0
        check   5070, a2, 0x0
        li      a0, 0x1
        sltiu   a2, a0, 2047
        check   5071, a2, 0x1
        li      a0, 0xffffffff
        sltiu   a2, a0, -2048
        check   5072, a2, 0x0
        li      a0, 0xffffffff
        sltiu   a2, a0, -1
        check   5073, a2, 0x0
        li      a0, 0xffffffff
        sltiu   a2, a0, 0
        check   5074, a2, 0x0
        li      a0, 0xffffffff
        sltiu   a2, a0, 2047
        check   5075, a2, 0x0
        li      a0, 0x80000000
        sltiu   a2, a0, -2048
        check   5076, a2, 0x1
        li      a0, 0x80000000
        sltiu   a2, a0, -1
        check   5077, a2, 0x1
        li      a0, 0x80000000
        sltiu   a2, a0, 0
        check   5078, a2, 0x0
        li      a0, 0x80000000
        sltiu   a2, a0, 2047
        check   5079, a2, 0x0
        li      a0, 0x7fffffff
        sltiu   a2, a0, -2048
        check   5080, a2, 0x1
        li      a0, 0x7fffffff
        sltiu   a2, a0, -1
        check   5081, a2, 0x1
        li      a0, 0x7fffffff
        sltiu   a2, a0, 0
        check   5082, a2, 0x0
        li      a0, 0x7fffffff
        sltiu   a2, a0, 2047
        check   5083, a2, 0x0
        li      a0, 0x12345678
        sltiu   a2, a0, -2048
        check   5084, a2, 0x1
        li      a0, 0x12345678
        sltiu   a2, a0, -1
        check   5085, a2, 0x1
        li      a0, 0x12345678
        sltiu   a2, a0, 0
        check   5086, a2, 0x0
        li      a0, 0x12345678
        sltiu   a2, a0, 2047
        check   5087, a2, 0x0
        li      a0, 0xffff8000
        sltiu   a2, a0, -2048
        check   5088, a2, 0x1
        li      a0, 0xffff8000
        sltiu   a2, a0, -1
        check   5089, a2, 0x1
        li      a0, 0xffff8000
        sltiu   a2, a0, 0
        check   5090, a2, 0x0
        li      a0, 0xffff8000
        sltiu   a2, a0, 2047
        check   5091, a2, 0x0
        li      a0, 0x21
        sltiu   a2, a0, -2048
        check   5092, a2, 0x1
        li      a0, 0x21
        sltiu   a2, a0, -1
        check   5093, a2, 0x1
        li      a0, 0x21
        sltiu   a2, a0, 0
        check   5094, a2, 0x0
        li      a0, 0x21
        sltiu   a2, a0, 2047
        check   5095, a2, 0x1
        li      a0, 0x0
        xori    a2, a0, -2048
        check   5096, a2, 0xfffff800
        li      a0, 0x0
        xori    a2, a0, -1
        check   5097, a2, 0xffffffff
        li      a0, 0x0
        xori    a2, a0, 0
        check   5098, a2, 0x0
        li      a0, 0x0
        xori    a2, a0, 2047
        check   5099, a2, 0x7ff
        li      a0, 0x1
        xori    a2, a0, -2048
        check   5100, a2, 0xfffff801
        li      a0, 0x1
        xori    a2, a0, -1
        check   5101, a2, 0xfffffffe
        li      a0, 0x1
        xori    a2, a0, 0
        check   5102, a2, 0x1
        li      a0, 0x1
        xori    a2, a0, 2047
        check   5103, a2, 0x7fe
        li      a0, 0xffffffff
        xori    a2, a0, -2048
        check   5104, a2, 0x7ff
        li      a0, 0xffffffff
        xori    a2, a0, -1
        check   5105, a2, 0x0
        li      a0, 0xffffffff
        xori    a2, a0, 0
        check   5106, a2, 0xffffffff
        li      a0, 0xffffffff
        xori    a2, a0, 2047
        check   5107, a2, 0xfffff800
        li      a0, 0x80000000
        xori    a2, a0, -2048
        check   5108, a2, 0x7ffff800
        li      a0, 0x80000000
        xori    a2, a0, -1
        check   5109, a2, 0x7fffffff
        li      a0, 0x80000000
        xori    a2, a0, 0
        check   5110, a2, 0x80000000
        li      a0, 0x80000000
        xori    a2, a0, 2047
        check   5111, a2, 0x800007ff
        li      a0, 0x7fffffff
        xori    a2, a0, -2048
        check   5112, a2, 0x800007ff
        li      a0, 0x7fffffff
        xori    a2, a0, -1
        check   5113, a2, 0x80000000
        li      a0, 0x7fffffff
        xori    a2, a0, 0
        check   5114, a2, 0x7fffffff
        li      a0, 0x7fffffff
        xori    a2, a0, 2047
        check   5115, a2, 0x7ffff800
        li      a0, 0x12345678
        xori    a2, a0, -2048
        check   5116, a2, 0xedcbae78
        li      a0, 0x12345678
        xori    a2, a0, -1
        check   5117, a2, 0xedcba987
        li      a0, 0x12345678
        xori    a2, a0, 0
        check   5118, a2, 0x12345678
        li      a0, 0x12345678
        xori    a2, a0, 2047
        check   5119, a2, 0x12345187
        li      a0, 0xffff8000
        xori    a2, a0, -2048
        check   5120, a2, 0x7800
        li      a0, 0xffff8000
        xori    a2, a0, -1
        check   5121, a2, 0x7fff
        li      a0, 0xffff8000
        xori    a2, a0, 0
        check   5122, a2, 0xffff8000
        li      a0, 0xffff8000
        xori    a2, a0, 2047
        check   5123, a2, 0xffff87ff
        li      a0, 0x21
        xori    a2, a0, -2048
        check   5124, a2, 0xfffff821
        li      a0, 0x21
        xori    a2, a0, -1
        check   5125, a2, 0xffffffde
        li      a0, 0x21
        xori    a2, a0, 0
        check   5126, a2, 0x21
        li      a0, 0x21
        xori    a2, a0, 2047
        check   5127, a2, 0x7de
        li      a0, 0x0
        ori     a2, a0, -2048
        check   5128, a2, 0xfffff800
        li      a0, 0x0
        ori     a2, a0, -1
        check   5129, a2, 0xffffffff
        li      a0, 0x0
        ori     a2, a0, 0
        check   5130, a2, 0x0
        li      a0, 0x0
        ori     a2, a0, 2047
        check   5131, a2, 0x7ff
        li      a0, 0x1
        ori     a2, a0, -2048
        check   5132, a2, 0xfffff801
        li      a0, 0x1
        ori     a2, a0, -1
        check   5133, a2, 0xffffffff
        li      a0, 0x1
        ori     a2, a0, 0
        check   5134, a2, 0x1
        li      a0, 0x1
        ori     a2, a0, 2047
        check   5135, a2, 0x7ff
        li      a0, 0xffffffff
        ori     a2, a0, -2048
        check   5136, a2, 0xffffffff
        li      a0, 0xffffffff
        ori     a2, a0, -1
        check   5137, a2, 0xffffffff
        li      a0, 0xffffffff
        ori     a2, a0, 0
        check   5138, a2, 0xffffffff
        li      a0, 0xffffffff
        ori     a2, a0, 2047
        check   5139, a2, 0xffffffff
        li      a0, 0x80000000
        ori     a2, a0, -2048
        check   5140, a2, 0xfffff800
        li      a0, 0x80000000
        ori     a2, a0, -1
        check   5141, a2, 0xffffffff
        li      a0, 0x80000000
        ori     a2, a0, 0
        check   5142, a2, 0x80000000
        li      a0, 0x80000000
        ori     a2, a0, 2047
        check   5143, a2, 0x800007ff
        li      a0, 0x7fffffff
        ori     a2, a0, -2048
        check   5144, a2, 0xffffffff
        li      a0, 0x7fffffff
        ori     a2, a0, -1
        check   5145, a2, 0xffffffff
        li      a0, 0x7fffffff
        ori     a2, a0, 0
        check   5146, a2, 0x7fffffff
        li      a0, 0x7fffffff
        ori     a2, a0, 2047
        check   5147, a2, 0x7fffffff
        li      a0, 0x12345678
        ori     a2, a0, -2048
        check   5148, a2, 0xfffffe78
        li      a0, 0x12345678
        ori     a2, a0, -1
        check   5149, a2, 0xffffffff
        li      a0, 0x12345678
        ori     a2, a0, 0
        check   5150, a2, 0x12345678
        li      a0, 0x12345678
        ori     a2, a0, 2047
        check   5151, a2, 0x123457ff
        li      a0, 0xffff8000
        ori     a2, a0, -2048
        check   5152, a2, 0xfffff800
        li      a0, 0xffff8000
        ori     a2, a0, -1
        check   5153, a2, 0xffffffff
        li      a0, 0xffff8000
        ori     a2, a0, 0
        check   5154, a2, 0xffff8000
        li      a0, 0xffff8000
        ori     a2, a0, 2047
        check   5155, a2, 0xffff87ff
        li      a0, 0x21
        ori     a2, a0, -2048
        check   5156, a2, 0xfffff821
        li      a0, 0x21
        ori     a2, a0, -1
        check   5157, a2, 0xffffffff
        li      a0, 0x21
        ori     a2, a0, 0
        check   5158, a2, 0x21
        li      a0, 0x21
        ori     a2, a0, 2047
        check   5159, a2, 0x7ff
        li      a0, 0x0
        andi    a2, a0, -2048
        check   5160, a2, 0x0
        li      a0, 0x0
        andi    a2, a0, -1
        check   5161, a2, 0x0
        li      a0, 0x0
        andi    a2, a0, 0
        check   5162, a2, 0x0
        li      a0, 0x0
        andi    a2, a0, 2047
        check   5163, a2, 0x0
        li      a0, 0x1
        andi    a2, a0, -2048
        check   5164, a2, 0x0
        li      a0, 0x1
        andi    a2, a0, -1
        check   5165, a2, 0x1
        li      a0, 0x1
        andi    a2, a0, 0
        check   5166, a2, 0x0
        li      a0, 0x1
        andi    a2, a0, 2047
        check   5167, a2, 0x1
        li      a0, 0xffffffff
        andi    a2, a0, -2048
        check   5168, a2, 0xfffff800
        li      a0, 0xffffffff
        andi    a2, a0, -1
        check   5169, a2, 0xffffffff
        li      a0, 0xffffffff
        andi    a2, a0, 0
        check   5170, a2, 0x0
        li      a0, 0xffffffff
        andi    a2, a0, 2047
        check   5171, a2, 0x7ff
        li      a0, 0x80000000
        andi    a2, a0, -2048
        check   5172, a2, 0x80000000
        li      a0, 0x80000000
        andi    a2, a0, -1
        check   5173, a2, 0x80000000
        li      a0, 0x80000000
        andi    a2, a0, 0
        check   5174, a2, 0x0
        li      a0, 0x80000000
        andi    a2, a0, 2047
        check   5175, a2, 0x0
        li      a0, 0x7fffffff
        andi    a2, a0, -2048
        check   5176, a2, 0x7ffff800
        li      a0, 0x7fffffff
        andi    a2, a0, -1
        check   5177, a2, 0x7fffffff
        li      a0, 0x7fffffff
        andi    a2, a0, 0
        check   5178, a2, 0x0
        li      a0, 0x7fffffff
        andi    a2, a0, 2047
        check   5179, a2, 0x7ff
        li      a0, 0x12345678
        andi    a2, a0, -2048
        check   5180, a2, 0x12345000
        li      a0, 0x12345678
        andi    a2, a0, -1
        check   5181, a2, 0x12345678
        li      a0, 0x12345678
        andi    a2, a0, 0
        check   5182, a2, 0x0
        li      a0, 0x12345678
        andi    a2, a0, 2047
        check   5183, a2, 0x678
        li      a0, 0xffff8000
        andi    a2, a0, -2048
        check   5184, a2, 0xffff8000
        li      a0, 0xffff8000
        andi    a2, a0, -1
        check   5185, a2, 0xffff8000
        li      a0, 0xffff8000
        andi    a2, a0, 0
        check   5186, a2, 0x0
        li      a0, 0xffff8000
        andi    a2, a0, 2047
        check   5187, a2, 0x0
        li      a0, 0x21
        andi    a2, a0, -2048
        check   5188, a2, 0x0
        li      a0, 0x21
        andi    a2, a0, -1
        check   5189, a2, 0x21
        li      a0, 0x21
        andi    a2, a0, 0
        check   5190, a2, 0x0
        li      a0, 0x21
        andi    a2, a0, 2047
        check   5191, a2, 0x21
        li      a0, 0x0
        slli    a2, a0, 0
        check   5192, a2, 0x0
        li      a0, 0x0
        slli    a2, a0, 1
        check   5193, a2, 0x0
        li      a0, 0x0
        slli    a2, a0, 31
        check   5194, a2, 0x0
        li      a0, 0x1
        slli    a2, a0, 0
        check   5195, a2, 0x1
        li      a0, 0x1
        slli    a2, a0, 1
        check   5196, a2, 0x2
        li      a0, 0x1
        slli    a2, a0, 31
        check   5197, a2, 0x80000000
        li      a0, 0xffffffff
        slli    a2, a0, 0
        check   5198, a2, 0xffffffff
        li      a0, 0xffffffff
        slli    a2, a0, 1
        check   5199, a2, 0xfffffffe
        li      a0, 0xffffffff
        slli    a2, a0, 31
        check   5200, a2, 0x80000000
        li      a0, 0x80000000
        slli    a2, a0, 0
        check   5201, a2, 0x80000000
        li      a0, 0x80000000
        slli    a2, a0, 1
        check   5202, a2, 0x0
        li      a0, 0x80000000
        slli    a2, a0, 31
        check   5203, a2, 0x0
        li      a0, 0x7fffffff
        slli    a2, a0, 0
        check   5204, a2, 0x7fffffff
        li      a0, 0x7fffffff
        slli    a2, a0, 1
        check   5205, a2, 0xfffffffe
        li      a0, 0x7fffffff
        slli    a2, a0, 31
        check   5206, a2, 0x80000000
        li      a0, 0x12345678
        slli    a2, a0, 0
        check   5207, a2, 0x12345678
        li      a0, 0x12345678
        slli    a2, a0, 1
        check   5208, a2, 0x2468acf0
        li      a0, 0x12345678
        slli    a2, a0, 31
        check   5209, a2, 0x0
        li      a0, 0xffff8000
        slli    a2, a0, 0
        check   5210, a2, 0xffff8000
        li      a0, 0xffff8000
        slli    a2, a0, 1
        check   5211, a2, 0xffff0000
        li      a0, 0xffff8000
        slli    a2, a0, 31
        check   5212, a2, 0x0
        li      a0, 0x21
        slli    a2, a0, 0
        check   5213, a2, 0x21
        li      a0, 0x21
        slli    a2, a0, 1
        check   5214, a2, 0x42
        li      a0, 0x21
        slli    a2, a0, 31
        check   5215, a2, 0x80000000
        li      a0, 0x0
        srli    a2, a0, 0
        check   5216, a2, 0x0
        li      a0, 0x0
        srli    a2, a0, 1
        check   5217, a2, 0x0
        li      a0, 0x0
        srli    a2, a0, 31
        check   5218, a2, 0x0
        li      a0, 0x1
        srli    a2, a0, 0
        check   5219, a2, 0x1
        li      a0, 0x1
        srli    a2, a0, 1
        check   5220, a2, 0x0
        li      a0, 0x1
        srli    a2, a0, 31
        check   5221, a2, 0x0
        li      a0, 0xffffffff
        srli    a2, a0, 0
        check   5222, a2, 0xffffffff
        li      a0, 0xffffffff
        srli    a2, a0, 1
        check   5223, a2, 0x7fffffff
        li      a0, 0xffffffff
        srli    a2, a0, 31
        check   5224, a2, 0x1
        li      a0, 0x80000000
        srli    a2, a0, 0
        check   5225, a2, 0x80000000
        li      a0, 0x80000000
        srli    a2, a0, 1
        check   5226, a2, 0x40000000
        li      a0, 0x80000000
        srli    a2, a0, 31
        check   5227, a2, 0x1
        li      a0, 0x7fffffff
        srli    a2, a0, 0
        check   5228, a2, 0x7fffffff
        li      a0, 0x7fffffff
        srli    a2, a0, 1
        check   5229, a2, 0x3fffffff
        li      a0, 0x7fffffff
        srli    a2, a0, 31
        check   5230, a2, 0x0
        li      a0, 0x12345678
        srli    a2, a0, 0
        check   5231, a2, 0x12345678
        li      a0, 0x12345678
        srli    a2, a0, 1
        check   5232, a2, 0x91a2b3c
        li      a0, 0x12345678
        srli    a2, a0, 31
        check   5233, a2, 0x0
        li      a0, 0xffff8000
        srli    a2, a0, 0
        check   5234, a2, 0xffff8000
        li      a0, 0xffff8000
        srli    a2, a0, 1
        check   5235, a2, 0x7fffc000
        li      a0, 0xffff8000
        srli    a2, a0, 31
        check   5236, a2, 0x1
        li      a0, 0x21
        srli    a2, a0, 0
        check   5237, a2, 0x21
        li      a0, 0x21
        srli    a2, a0, 1
        check   5238, a2, 0x10
        li      a0, 0x21
        srli    a2, a0, 31
        check   5239, a2, 0x0
        li      a0, 0x0
        srai    a2, a0, 0
        check   5240, a2, 0x0
        li      a0, 0x0
        srai    a2, a0, 1
        check   5241, a2, 0x0
        li      a0, 0x0
        srai    a2, a0, 31
        check   5242, a2, 0x0
        li      a0, 0x1
        srai    a2, a0, 0
        check   5243, a2, 0x1
        li      a0, 0x1
        srai    a2, a0, 1
        check   5244, a2, 0x0
        li      a0, 0x1
        srai    a2, a0, 31
        check   5245, a2, 0x0
        li      a0, 0xffffffff
        srai    a2, a0, 0
        check   5246, a2, 0xffffffff
        li      a0, 0xffffffff
        srai    a2, a0, 1
        check   5247, a2, 0xffffffff
        li      a0, 0xffffffff
        srai    a2, a0, 31
        check   5248, a2, 0xffffffff
        li      a0, 0x80000000
        srai    a2, a0, 0
        check   5249, a2, 0x80000000
        li      a0, 0x80000000
        srai    a2, a0, 1
        check   5250, a2, 0xc0000000
        li      a0, 0x80000000
        srai    a2, a0, 31
        check   5251, a2, 0xffffffff
        li      a0, 0x7fffffff
        srai    a2, a0, 0
        check   5252, a2, 0x7fffffff
        li      a0, 0x7fffffff
        srai    a2, a0, 1
        check   5253, a2, 0x3fffffff
        li      a0, 0x7fffffff
        srai    a2, a0, 31
        check   5254, a2, 0x0
        li      a0, 0x12345678
        srai    a2, a0, 0
        check   5255, a2, 0x12345678
        li      a0, 0x12345678
        srai    a2, a0, 1
        check   5256, a2, 0x91a2b3c
        li      a0, 0x12345678
        srai    a2, a0, 31
        check   5257, a2, 0x0
        li      a0, 0xffff8000
        srai    a2, a0, 0
        check   5258, a2, 0xffff8000
        li      a0, 0xffff8000
        srai    a2, a0, 1
        check   5259, a2, 0xffffc000
        li      a0, 0xffff8000
        srai    a2, a0, 31
        check   5260, a2, 0xffffffff
        li      a0, 0x21
        srai    a2, a0, 0
        check   5261, a2, 0x21
        li      a0, 0x21
        srai    a2, a0, 1
        check   5262, a2, 0x10
        li      a0, 0x21
        srai    a2, a0, 31
        check   5263, a2, 0x0
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5264, a2, 1
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5265, a2, 0
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5266, a2, 0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5267, a2, 1
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5268, a2, 0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5269, a2, 0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5270, a2, 1
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5271, a2, 0
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5272, a2, 0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5273, a2, 1
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        beq     a0, a1, 3f
        li      a2, 0
3:      check   5274, a2, 0
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5275, a2, 0
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5276, a2, 1
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5277, a2, 1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5278, a2, 0
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5279, a2, 1
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5280, a2, 1
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5281, a2, 0
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5282, a2, 1
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5283, a2, 1
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5284, a2, 0
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        bne     a0, a1, 3f
        li      a2, 0
3:      check   5285, a2, 1
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5286, a2, 0
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5287, a2, 0
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5288, a2, 1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5289, a2, 0
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5290, a2, 1
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5291, a2, 1
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5292, a2, 0
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5293, a2, 0
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5294, a2, 1
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5295, a2, 0
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        blt     a0, a1, 3f
        li      a2, 0
3:      check   5296, a2, 1
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5297, a2, 1
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5298, a2, 1
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5299, a2, 0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5300, a2, 1
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5301, a2, 0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5302, a2, 0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5303, a2, 1
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5304, a2, 1
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5305, a2, 0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5306, a2, 1
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        bge     a0, a1, 3f
        li      a2, 0
3:      check   5307, a2, 0
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5308, a2, 0
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5309, a2, 1
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5310, a2, 1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5311, a2, 0
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5312, a2, 0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5313, a2, 1
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5314, a2, 0
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5315, a2, 1
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5316, a2, 0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5317, a2, 0
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        bltu    a0, a1, 3f
        li      a2, 0
3:      check   5318, a2, 1
        li      a0, 0x0
        li      a1, 0x0
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5319, a2, 1
        li      a0, 0x0
        li      a1, 0xffff8000
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5320, a2, 0
        li      a0, 0x1
        li      a1, 0x7fffffff
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5321, a2, 0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5322, a2, 1
        li      a0, 0x80000000
        li      a1, 0x0
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5323, a2, 1
        li      a0, 0x80000000
        li      a1, 0xffff8000
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5324, a2, 0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5325, a2, 1
        li      a0, 0x12345678
        li      a1, 0xffffffff
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5326, a2, 0
        li      a0, 0xffff8000
        li      a1, 0x0
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5327, a2, 1
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5328, a2, 1
        li      a0, 0x21
        li      a1, 0x7fffffff
        li      a2, 1
        bgeu    a0, a1, 3f
        li      a2, 0
3:      check   5329, a2, 0
        lui     a0, 0xfffff
        check   5330, a0, 0xfffff000
3:      auipc   a0, 1
        la      a1, 3b
        sub     a0, a0, a1
        check   5331, a0, 0x1000
        la      a3, 4f
        jal     a0, 3f
4:      j       fail
3:      sub     a0, a0, a3
        check   5332, a0, 0
        la      a1, 3f
        la      a3, 4f
        jalr    a1, a1, 0
4:      j       fail
3:      sub     a0, a1, a3
        check   5333, a0, 0
        la      a0, bytes
        lb      a1, 0(a0)
        check   5334, a1, -1
        lbu     a1, 0(a0)
        check   5335, a1, 255
        lh      a1, 2(a0)
        check   5336, a1, 0xffff8f0f
        lhu     a1, 2(a0)
        check   5337, a1, 0x8f0f
        lw      a1, -4(a0)
        check   5338, a1, 0x01020304
        li      a2, 0x11223344
        sb      a2, 5(a0)
        lw      a1, 4(a0)
        check   5339, a1, 0x00004400
        sh      a2, 6(a0)
        lw      a1, 4(a0)
        check   5340, a1, 0x33444400
        sw      a2, 4(a0)
        lw      a1, 4(a0)
        check   5341, a1, 0x11223344
        fence
        finish
        .section .data
        .word   0x01020304
bytes:  .byte   0xff, 0x00, 0x0f, 0x8f
        .word   0
