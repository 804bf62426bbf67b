### 命令输出：表格、错误和下一步。
### 先说发生了什么；.next 说该怎么做。

next-step = 下一步：{ $next }

## 错误

fault-open = 无法打开 { $path }：{ $cause }。
    .next = 请检查路径，以及是否有读取权限。
fault-write = 无法写入 { $path }：{ $cause }。
    .next = 请用 --out 指定其他位置，或开放写入权限。没有留下不完整的文件。
fault-key-shut = 密钥 { $path } 无法打开：{ $said }
    .next = 请检查文件和口令；口令从哪里来见 --help。
fault-full = 无法写入 { $path }：{ $cause }。
    .next = 请释放空间后再次运行同一命令。没有留下不完整的文件。
fault-screen = 无法输出：{ $cause }。
    .next = 请检查标准输出的去向。
fault-unreadable = 有 { $count } 张图片无法打开。
    .next = 请查看上面列出的原因；检查路径，或把图片另存为 PNG 或 JPEG。
fault-no-pictures = { $path } 中没有图片。
    .next = 请指定有图片的文件夹（PNG、JPEG、WebP、BMP、PGM、TIFF、PDF），或直接写出图片。

io-not-found = 没有这个文件或文件夹
io-denied = 没有权限
io-exists = 已经存在
io-not-a-folder = 路径中有一段不是文件夹
io-a-folder = 这是文件夹
io-full = 磁盘已满
io-quota = 磁盘配额已用完
io-read-only = 磁盘只读
io-name = 系统不允许这个名称
io-other = { $said }

picture-not-a-file = 不是文件
picture-empty = 文件是空的
picture-unknown = 不是可识别的图片（{ $kinds }）
picture-kinds = PNG、JPEG、WebP、GIF、BMP、PGM、TIFF
picture-kinds-pdf = PNG、JPEG、WebP、GIF、BMP、PGM、TIFF、PDF
picture-truncated = 文件不完整
picture-damaged = { $format } 文件已损坏
picture-pixels = { $width } × { $height } 像素过多（最多一亿）
picture-bytes = 文件过大（{ $bytes } 字节）
picture-pages = 页数过多（{ $found } 页）
picture-encrypted = PDF 文件需要密码
picture-foreign = 不支持 { $kind }；请将图片另存为 JPEG 或 PNG
picture-unsupported = 不支持这种 { $format }；请将图片另存为 JPEG 或 PNG
picture-first-of-many = 影片：只检查了第一帧
picture-ends-early = 文件不完整：缺失部分未能检查
picture-small = { $kind } 码：不是通行证
picture-passed = 已跳过不支持的图片：{ $kinds }；请将这些图片另存为 JPEG 或 PNG
picture-other = { $said }

## 命令行

usage-unknown = 没有参数 { $argument }。
usage-subcommand = 没有命令 { $value }。
usage-no-subcommand = 缺少命令。
usage-missing = 缺少 { $argument }。
usage-no-value = { $argument } 需要一个值。
usage-value = { $value } 不适用于 { $argument }。
usage-too-many = { $argument } 的值过多。
usage-conflict = { $argument } 与 { $other } 不能同时使用。
usage-utf8 = 有参数不是有效的 Unicode 文本。
usage-other = 无法解析这条命令。
usage-meant = 是否指 { $value }？
usage-help = 请运行 { $command } --help。
unfit-lang = 应为 zh、ko 或 en。
unfit-jobs = 应为 1 到 256 的数字。
unfit-other = （{ $said }）

usage-options = 选项
heading-usage = 用法
heading-commands = 命令
heading-command = 命令
heading-arguments = 参数
heading-options = 选项
heading-exit = 退出状态
exit-good = 一切如预期
exit-differs = 有结果与预期不符
exit-usage = 命令行有误
exit-unreadable = 有内容无法读取
exit-untrusted = 信任文件不能使用
exit-unwritable = 有内容无法写入
exit-interrupted = 被中断；没有留下不完整的文件

## permit read

read-paths-pdf = 图片（PNG、JPEG、WebP、GIF、BMP、PGM、TIFF、PDF）或图片文件夹
read-progress = 正在读取
read-picture = 图片
read-code = 二维码
read-ms = 毫秒
read-contents = 内容
read-none = 无二维码
read-incomplete = 图中疑似二维码的图形过多，未能全部检查；请分区域拍摄
read-binary = { $bytes } 字节，不是文本
read-part = 第 { $part } 部分，共 { $of } 部分
read-joined = { $count } 部分合并
read-worn = 磨损（等级 { $grade }，纠错已用 { $used } %）：请尽快更换
read-page = { $path }，第 { $page } 页
read-sum = 有二维码 { $with } 张，无二维码 { $without } 张，无法读取 { $unreadable } 张；共 { $ms } 毫秒

## permit read --stream

stream-frame = 帧
stream-frames = 用帧
stream-sum = { $frames } 帧中读出 { $codes } 个，无法读取 { $unreadable } 帧；共 { $ms } 毫秒
guide-too-far = 二维码太远：请靠近。
guide-too-close = 二维码超出画面：请移远。
guide-tilted = 二维码倾斜：请正对镜头。
guide-moving = 二维码在移动：请拿稳。
guide-dark = 光线太暗。
guide-bright = 光线太强。
guide-glare = 二维码上有反光：请稍微转动。
guide-faint = 明暗几乎无法分辨：请擦净二维码，或拿开遮盖物。
guide-blurred = 二维码不清晰：请改变距离，或擦净镜头。
guide-torn = 二维码有一部分缺失、被遮住或弯折：请铺平并露出全部。

## permit images

images-progress = 正在生成图片
images-done = 共 { $count } 张图片；内容见 { $path }。
fault-no-text = 没有可写入二维码的文本。
    .next = 请在选项之后写上文本，或用 --texts 指定文件。
fault-alphabet = “{ $text }”中有二维码不能容纳的字符。
    .next = 只能用数字、大写字母、空格和 $ % * + - . / :
fault-too-long = “{ $text }”太长，二维码放不下。
    .next = 请使用较短的文本。
unfit-kind = 可用的种类见 --help。
unfit-strength = 应为 0 到 1 的数。
unfit-size = 应为“宽x高”，以像素计，各在 160 到 8192 之间。
