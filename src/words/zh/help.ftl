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
help-read-paths = 图片（PNG、JPEG、WebP、GIF、BMP、PGM、TIFF）或图片文件夹
    .value = 路径
    .more = 文件夹按名称顺序逐层查看，跟随指向文件的链接，略过不是图片的文件。直接写出的路径一定会尝试打开。
help-read-reader = 读码方式：本程序自己的读码器，或供对比的 rqrr
    .value = 读码器
help-read-json = 每张图片输出一行 JSON
    .more = 没有二维码（codes: []）或打不开（另有 error）的图片也各有一行。ms 是从内存中的灰度图到得出二维码的 CPU 时间；corners 从二维码自身左上角起按顺时针排列。
help-read-jobs = 同时读取的图片数；省略时每个处理器核心一张
    .value = 数目
help-read-stream = 把图片按名称顺序当作同一台摄像头的画面
    .more =
        也可以是影片：Y4M，或首尾相接的 JPEG（.mjpeg、AVI）。一帧看不清的二维码由多帧合读。每个二维码只报一次，
        注明在第几帧读出、用了几帧；末行为总计，没有读出时说明怎样改善。

help-images = 生成二维码的摄像头图片，从清晰到无法读取
    .more = 用于衡量读码器。每张图片由种类、强度、尺寸和种子决定；manifest.json 列出应读到的内容（payload，十六进制）和位置（corners）。
help-images-texts = 二维码的文本：数字、大写字母、空格和 $ % * + - . / :
    .value = 文本
help-images-file = 文本文件，每行一条
    .value = 文件
help-images-out = 写入的文件夹
    .value = 文件夹
help-images-kinds = 图片的缺陷种类；省略时为全部
    .value = 种类[,…]
    .more =
        clean、perspective、rotation、defocus、motion、noise、low-light、shadow、glare、low-contrast、jpeg、
        small、dirt、scratch、fold、curved、crumple、torn、moire、faded、smeared、several、combo；没有缺陷、只是大小、
        数量、颜色或视角不同的场景：close、sheet、beside、inverted、colour、steep、far；没有二维码的：
        desk、text、texture、barcode、chessboard、matrix、finders、scrambled。
help-images-strengths = 缺陷强度，0 到 1
    .value = 数[,…]
help-images-per = 每个种类、强度和尺寸的图片数
    .value = 数目
help-images-size = 宽和高，以像素计
    .value = 宽x高[,…]
help-images-seed = 种子不同，图片不同
    .value = 数目
help-images-jobs = 同时生成的图片数；省略时每个处理器核心一张
    .value = 数目

help-completions = 输出 shell 的补全脚本
help-completions-shell = 哪一种 shell
    .value = SHELL

help-man = 输出手册页，或为每个命令写一页
help-man-out = 把全部手册页写入此文件夹
    .value = 文件夹
