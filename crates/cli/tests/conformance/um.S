# Edge cases of M; the values follow from the unprivileged specification.
        .include "env.inc"
        begin
        .equ    own_handler, 0
        li      a0, 0x0
        li      a1, 0x0
        mul     a2, a0, a1
        check   2, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        mul     a2, a0, a1
        check   3, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        mul     a2, a0, a1
        check   4, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        mul     a2, a0, a1
        check   5, a2, 0x1
        li      a0, 0x1
        li      a1, 0x7fffffff
        mul     a2, a0, a1
        check   6, a2, 0x7fffffff
        li      a0, 0x1
        li      a1, 0x21
        mul     a2, a0, a1
        check   7, a2, 0x21
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        mul     a2, a0, a1
        check   8, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0x12345678
        mul     a2, a0, a1
        check   9, a2, 0xedcba988
        li      a0, 0x80000000
        li      a1, 0x0
        mul     a2, a0, a1
        check   10, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        mul     a2, a0, a1
        check   11, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        mul     a2, a0, a1
        check   12, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x1
        mul     a2, a0, a1
        check   13, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        mul     a2, a0, a1
        check   14, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x21
        mul     a2, a0, a1
        check   15, a2, 0x7fffffdf
        li      a0, 0x12345678
        li      a1, 0xffffffff
        mul     a2, a0, a1
        check   16, a2, 0xedcba988
        li      a0, 0x12345678
        li      a1, 0x12345678
        mul     a2, a0, a1
        check   17, a2, 0x1df4d840
        li      a0, 0xffff8000
        li      a1, 0x0
        mul     a2, a0, a1
        check   18, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        mul     a2, a0, a1
        check   19, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        mul     a2, a0, a1
        check   20, a2, 0x40000000
        li      a0, 0x21
        li      a1, 0x1
        mul     a2, a0, a1
        check   21, a2, 0x21
        li      a0, 0x21
        li      a1, 0x7fffffff
        mul     a2, a0, a1
        check   22, a2, 0x7fffffdf
        li      a0, 0x21
        li      a1, 0x21
        mul     a2, a0, a1
        check   23, a2, 0x441
        li      a0, 0x12345678
        li      a1, 0xffff8000
        mul     a0, a0, a1
        check   24, a0, 0xd4c40000
        mul     zero, a0, a1
        check   25, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        mulh    a2, a0, a1
        check   26, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        mulh    a2, a0, a1
        check   27, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        mulh    a2, a0, a1
        check   28, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        mulh    a2, a0, a1
        check   29, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        mulh    a2, a0, a1
        check   30, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        mulh    a2, a0, a1
        check   31, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        mulh    a2, a0, a1
        check   32, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        mulh    a2, a0, a1
        check   33, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x0
        mulh    a2, a0, a1
        check   34, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        mulh    a2, a0, a1
        check   35, a2, 0x40000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        mulh    a2, a0, a1
        check   36, a2, 0x4000
        li      a0, 0x7fffffff
        li      a1, 0x1
        mulh    a2, a0, a1
        check   37, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        mulh    a2, a0, a1
        check   38, a2, 0x3fffffff
        li      a0, 0x7fffffff
        li      a1, 0x21
        mulh    a2, a0, a1
        check   39, a2, 0x10
        li      a0, 0x12345678
        li      a1, 0xffffffff
        mulh    a2, a0, a1
        check   40, a2, 0xffffffff
        li      a0, 0x12345678
        li      a1, 0x12345678
        mulh    a2, a0, a1
        check   41, a2, 0x14b66dc
        li      a0, 0xffff8000
        li      a1, 0x0
        mulh    a2, a0, a1
        check   42, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        mulh    a2, a0, a1
        check   43, a2, 0x4000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        mulh    a2, a0, a1
        check   44, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        mulh    a2, a0, a1
        check   45, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        mulh    a2, a0, a1
        check   46, a2, 0x10
        li      a0, 0x21
        li      a1, 0x21
        mulh    a2, a0, a1
        check   47, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        mulh    a0, a0, a1
        check   48, a0, 0xfffff6e5
        mulh    zero, a0, a1
        check   49, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        mulhsu  a2, a0, a1
        check   50, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        mulhsu  a2, a0, a1
        check   51, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        mulhsu  a2, a0, a1
        check   52, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        mulhsu  a2, a0, a1
        check   53, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        mulhsu  a2, a0, a1
        check   54, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        mulhsu  a2, a0, a1
        check   55, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        mulhsu  a2, a0, a1
        check   56, a2, 0xffffffff
        li      a0, 0xffffffff
        li      a1, 0x12345678
        mulhsu  a2, a0, a1
        check   57, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x0
        mulhsu  a2, a0, a1
        check   58, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        mulhsu  a2, a0, a1
        check   59, a2, 0xc0000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        mulhsu  a2, a0, a1
        check   60, a2, 0x80004000
        li      a0, 0x7fffffff
        li      a1, 0x1
        mulhsu  a2, a0, a1
        check   61, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        mulhsu  a2, a0, a1
        check   62, a2, 0x3fffffff
        li      a0, 0x7fffffff
        li      a1, 0x21
        mulhsu  a2, a0, a1
        check   63, a2, 0x10
        li      a0, 0x12345678
        li      a1, 0xffffffff
        mulhsu  a2, a0, a1
        check   64, a2, 0x12345677
        li      a0, 0x12345678
        li      a1, 0x12345678
        mulhsu  a2, a0, a1
        check   65, a2, 0x14b66dc
        li      a0, 0xffff8000
        li      a1, 0x0
        mulhsu  a2, a0, a1
        check   66, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        mulhsu  a2, a0, a1
        check   67, a2, 0xffffc000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        mulhsu  a2, a0, a1
        check   68, a2, 0xffff8000
        li      a0, 0x21
        li      a1, 0x1
        mulhsu  a2, a0, a1
        check   69, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        mulhsu  a2, a0, a1
        check   70, a2, 0x10
        li      a0, 0x21
        li      a1, 0x21
        mulhsu  a2, a0, a1
        check   71, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        mulhsu  a0, a0, a1
        check   72, a0, 0x12344d5d
        mulhsu  zero, a0, a1
        check   73, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        mulhu   a2, a0, a1
        check   74, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        mulhu   a2, a0, a1
        check   75, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        mulhu   a2, a0, a1
        check   76, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        mulhu   a2, a0, a1
        check   77, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        mulhu   a2, a0, a1
        check   78, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        mulhu   a2, a0, a1
        check   79, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        mulhu   a2, a0, a1
        check   80, a2, 0xfffffffe
        li      a0, 0xffffffff
        li      a1, 0x12345678
        mulhu   a2, a0, a1
        check   81, a2, 0x12345677
        li      a0, 0x80000000
        li      a1, 0x0
        mulhu   a2, a0, a1
        check   82, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x80000000
        mulhu   a2, a0, a1
        check   83, a2, 0x40000000
        li      a0, 0x80000000
        li      a1, 0xffff8000
        mulhu   a2, a0, a1
        check   84, a2, 0x7fffc000
        li      a0, 0x7fffffff
        li      a1, 0x1
        mulhu   a2, a0, a1
        check   85, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        mulhu   a2, a0, a1
        check   86, a2, 0x3fffffff
        li      a0, 0x7fffffff
        li      a1, 0x21
        mulhu   a2, a0, a1
        check   87, a2, 0x10
        li      a0, 0x12345678
        li      a1, 0xffffffff
        mulhu   a2, a0, a1
        check   88, a2, 0x12345677
        li      a0, 0x12345678
        li      a1, 0x12345678
        mulhu   a2, a0, a1
        check   89, a2, 0x14b66dc
        li      a0, 0xffff8000
        li      a1, 0x0
        mulhu   a2, a0, a1
        check   90, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x80000000
        mulhu   a2, a0, a1
        check   91, a2, 0x7fffc000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        mulhu   a2, a0, a1
        check   92, a2, 0xffff0000
        li      a0, 0x21
        li      a1, 0x1
        mulhu   a2, a0, a1
        check   93, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        mulhu   a2, a0, a1
        check   94, a2, 0x10
        li      a0, 0x21
        li      a1, 0x21
        mulhu   a2, a0, a1
        check   95, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        mulhu   a0, a0, a1
        check   96, a0, 0x12344d5d
        mulhu   zero, a0, a1
        check   97, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        div     a2, a0, a1
        check   98, a2, 0xffffffff
        li      a0, 0x0
        li      a1, 0x80000000
        div     a2, a0, a1
        check   99, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        div     a2, a0, a1
        check   100, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        div     a2, a0, a1
        check   101, a2, 0x1
        li      a0, 0x1
        li      a1, 0x7fffffff
        div     a2, a0, a1
        check   102, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        div     a2, a0, a1
        check   103, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        div     a2, a0, a1
        check   104, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0x12345678
        div     a2, a0, a1
        check   105, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0x0
        div     a2, a0, a1
        check   106, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x80000000
        div     a2, a0, a1
        check   107, a2, 0x1
        li      a0, 0x80000000
        li      a1, 0xffff8000
        div     a2, a0, a1
        check   108, a2, 0x10000
        li      a0, 0x7fffffff
        li      a1, 0x1
        div     a2, a0, a1
        check   109, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        div     a2, a0, a1
        check   110, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x21
        div     a2, a0, a1
        check   111, a2, 0x3e0f83e
        li      a0, 0x12345678
        li      a1, 0xffffffff
        div     a2, a0, a1
        check   112, a2, 0xedcba988
        li      a0, 0x12345678
        li      a1, 0x12345678
        div     a2, a0, a1
        check   113, a2, 0x1
        li      a0, 0xffff8000
        li      a1, 0x0
        div     a2, a0, a1
        check   114, a2, 0xffffffff
        li      a0, 0xffff8000
        li      a1, 0x80000000
        div     a2, a0, a1
        check   115, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        div     a2, a0, a1
        check   116, a2, 0x1
        li      a0, 0x21
        li      a1, 0x1
        div     a2, a0, a1
        check   117, a2, 0x21
        li      a0, 0x21
        li      a1, 0x7fffffff
        div     a2, a0, a1
        check   118, a2, 0x0
        li      a0, 0x21
        li      a1, 0x21
        div     a2, a0, a1
        check   119, a2, 0x1
        li      a0, 0x12345678
        li      a1, 0xffff8000
        div     a0, a0, a1
        check   120, a0, 0xffffdb98
        div     zero, a0, a1
        check   121, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        divu    a2, a0, a1
        check   122, a2, 0xffffffff
        li      a0, 0x0
        li      a1, 0x80000000
        divu    a2, a0, a1
        check   123, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        divu    a2, a0, a1
        check   124, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        divu    a2, a0, a1
        check   125, a2, 0x1
        li      a0, 0x1
        li      a1, 0x7fffffff
        divu    a2, a0, a1
        check   126, a2, 0x0
        li      a0, 0x1
        li      a1, 0x21
        divu    a2, a0, a1
        check   127, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        divu    a2, a0, a1
        check   128, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0x12345678
        divu    a2, a0, a1
        check   129, a2, 0xe
        li      a0, 0x80000000
        li      a1, 0x0
        divu    a2, a0, a1
        check   130, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x80000000
        divu    a2, a0, a1
        check   131, a2, 0x1
        li      a0, 0x80000000
        li      a1, 0xffff8000
        divu    a2, a0, a1
        check   132, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x1
        divu    a2, a0, a1
        check   133, a2, 0x7fffffff
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        divu    a2, a0, a1
        check   134, a2, 0x1
        li      a0, 0x7fffffff
        li      a1, 0x21
        divu    a2, a0, a1
        check   135, a2, 0x3e0f83e
        li      a0, 0x12345678
        li      a1, 0xffffffff
        divu    a2, a0, a1
        check   136, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        divu    a2, a0, a1
        check   137, a2, 0x1
        li      a0, 0xffff8000
        li      a1, 0x0
        divu    a2, a0, a1
        check   138, a2, 0xffffffff
        li      a0, 0xffff8000
        li      a1, 0x80000000
        divu    a2, a0, a1
        check   139, a2, 0x1
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        divu    a2, a0, a1
        check   140, a2, 0x1
        li      a0, 0x21
        li      a1, 0x1
        divu    a2, a0, a1
        check   141, a2, 0x21
        li      a0, 0x21
        li      a1, 0x7fffffff
        divu    a2, a0, a1
        check   142, a2, 0x0
        li      a0, 0x21
        li      a1, 0x21
        divu    a2, a0, a1
        check   143, a2, 0x1
        li      a0, 0x12345678
        li      a1, 0xffff8000
        divu    a0, a0, a1
        check   144, a0, 0x0
        divu    zero, a0, a1
        check   145, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        rem     a2, a0, a1
        check   146, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        rem     a2, a0, a1
        check   147, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        rem     a2, a0, a1
        check   148, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        rem     a2, a0, a1
        check   149, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        rem     a2, a0, a1
        check   150, a2, 0x1
        li      a0, 0x1
        li      a1, 0x21
        rem     a2, a0, a1
        check   151, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        rem     a2, a0, a1
        check   152, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        rem     a2, a0, a1
        check   153, a2, 0xffffffff
        li      a0, 0x80000000
        li      a1, 0x0
        rem     a2, a0, a1
        check   154, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        rem     a2, a0, a1
        check   155, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        rem     a2, a0, a1
        check   156, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x1
        rem     a2, a0, a1
        check   157, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        rem     a2, a0, a1
        check   158, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        rem     a2, a0, a1
        check   159, a2, 0x1
        li      a0, 0x12345678
        li      a1, 0xffffffff
        rem     a2, a0, a1
        check   160, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0x12345678
        rem     a2, a0, a1
        check   161, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        rem     a2, a0, a1
        check   162, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        rem     a2, a0, a1
        check   163, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        rem     a2, a0, a1
        check   164, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        rem     a2, a0, a1
        check   165, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        rem     a2, a0, a1
        check   166, a2, 0x21
        li      a0, 0x21
        li      a1, 0x21
        rem     a2, a0, a1
        check   167, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        rem     a0, a0, a1
        check   168, a0, 0x5678
        rem     zero, a0, a1
        check   169, zero, 0
        li      a0, 0x0
        li      a1, 0x0
        remu    a2, a0, a1
        check   170, a2, 0x0
        li      a0, 0x0
        li      a1, 0x80000000
        remu    a2, a0, a1
        check   171, a2, 0x0
        li      a0, 0x0
        li      a1, 0xffff8000
        remu    a2, a0, a1
        check   172, a2, 0x0
        li      a0, 0x1
        li      a1, 0x1
        remu    a2, a0, a1
        check   173, a2, 0x0
        li      a0, 0x1
        li      a1, 0x7fffffff
        remu    a2, a0, a1
        check   174, a2, 0x1
        li      a0, 0x1
        li      a1, 0x21
        remu    a2, a0, a1
        check   175, a2, 0x1
        li      a0, 0xffffffff
        li      a1, 0xffffffff
        remu    a2, a0, a1
        check   176, a2, 0x0
        li      a0, 0xffffffff
        li      a1, 0x12345678
        remu    a2, a0, a1
        check   177, a2, 0x123456f
        li      a0, 0x80000000
        li      a1, 0x0
        remu    a2, a0, a1
        check   178, a2, 0x80000000
        li      a0, 0x80000000
        li      a1, 0x80000000
        remu    a2, a0, a1
        check   179, a2, 0x0
        li      a0, 0x80000000
        li      a1, 0xffff8000
        remu    a2, a0, a1
        check   180, a2, 0x80000000
        li      a0, 0x7fffffff
        li      a1, 0x1
        remu    a2, a0, a1
        check   181, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x7fffffff
        remu    a2, a0, a1
        check   182, a2, 0x0
        li      a0, 0x7fffffff
        li      a1, 0x21
        remu    a2, a0, a1
        check   183, a2, 0x1
        li      a0, 0x12345678
        li      a1, 0xffffffff
        remu    a2, a0, a1
        check   184, a2, 0x12345678
        li      a0, 0x12345678
        li      a1, 0x12345678
        remu    a2, a0, a1
        check   185, a2, 0x0
        li      a0, 0xffff8000
        li      a1, 0x0
        remu    a2, a0, a1
        check   186, a2, 0xffff8000
        li      a0, 0xffff8000
        li      a1, 0x80000000
        remu    a2, a0, a1
        check   187, a2, 0x7fff8000
        li      a0, 0xffff8000
        li      a1, 0xffff8000
        remu    a2, a0, a1
        check   188, a2, 0x0
        li      a0, 0x21
        li      a1, 0x1
        remu    a2, a0, a1
        check   189, a2, 0x0
        li      a0, 0x21
        li      a1, 0x7fffffff
        remu    a2, a0, a1
        check   190, a2, 0x21
        li      a0, 0x21
        li      a1, 0x21
        remu    a2, a0, a1
        check   191, a2, 0x0
        li      a0, 0x12345678
        li      a1, 0xffff8000
        remu    a0, a0, a1
        check   192, a0, 0x12345678
        remu    zero, a0, a1
        check   193, zero, 0
        finish
