### 命令行帮助。写成短语，不加句号。.more 由 --help 显示。

help-may-be = （{ $values }）
help-default = [默认：{ $value }]
help-flag-help = 显示帮助；--help 比 -h 更详细
help-flag-version = 显示版本

help-permit = 边境通行证：签发、读取、查验
help-permit-lang = 语言：zh、ko 或 en；省略时用系统语言
    .value = 语言

help-read = 读取图片中的任何二维码，不论是否通行证
    .more = 只读取，不判定。每张图片都能打开时退出状态为 0，有打不开的为 3。
help-read-paths = 图片（PNG、JPEG、WebP、BMP、PGM、TIFF、PDF）或图片文件夹
    .value = 路径
    .more = 文件夹按名称顺序逐层查看，跟随指向文件的链接，略过不是图片的文件。直接写出的路径一定会尝试打开。
help-read-json = 每张图片输出一行 JSON
    .more = 没有二维码（codes: []）或打不开（另有 error）的图片也各有一行。ms 是从内存中的灰度图到得出二维码的处理器时间；corners 从二维码自身左上角起按顺时针排列。
help-read-jobs = 同时读取的图片数；省略时每个处理器核心一张
    .value = 数目

help-completions = 输出 shell 的补全脚本
help-completions-shell = 哪一种 shell
    .value = SHELL

help-man = 输出手册页，或为每个命令写一页
help-man-out = 把全部手册页写入此文件夹
    .value = 文件夹
