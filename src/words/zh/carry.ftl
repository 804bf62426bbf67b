### permit-carry：给终端带来了什么，送回了什么，为何没有。

carry-help = 在终端旁运行：从静态服务器取来较新的名单，放到 U 盘文件所在之处，并送回导出的通行记录
    .more =
        名单须依根文件成立，且接续已有的名单，才会放下。不带 --once 时持续运行，每一刻钟询问一次；一轮失败后等一分钟，
        以后逐次加倍，至多一小时。
carry-help-lang = 语言：zh、ko 或 en；省略时用系统语言
    .value = 语言
carry-help-from = 文件包的地址，http://…；有镜像时可多次使用：全部询问，以最新的为准
    .value = 地址
carry-help-root = 已安装的根文件
    .value = 文件
carry-help-out = 文件包放到哪里，即终端的 --stick
    .value = 文件
carry-help-state = 记住服务器情况的文件夹
    .value = 文件夹
carry-help-exports = 存放导出通行记录的文件夹，即终端的 --export
    .value = 文件夹
carry-help-journals = 总部收取导出文件的地址，http://…/journal
    .value = 地址
carry-help-once = 只询问一次；没有服务器应答，或仍有导出文件待送时，退出状态为 1

unfit-carry-url = 应为以 http:// 开头的地址；途中不得被人读到的，须走隧道。

carry-newer = { $url }：已取来较新的名单
carry-nothing = { $url }：什么也没有采用：{ $said }
carry-home = { $name }：已送达总部
carry-not-taken = { $name }：总部未收取，另行保存（状态 { $status }）
carry-waits = { $name }：尚待送出：{ $said }

carry-unreached = 连不上服务器（{ $detail }）
carry-redirect = 服务器指向别处，不予跟随（状态 { $detail }）
carry-status = 服务器拒绝（状态 { $detail }）
carry-too-long = 超过此类文件允许的长度
carry-broke-off = 收到 { $detail } 字节后中断
carry-slow = 服务器耗时过久
carry-another = 服务器上已不是先前开始取的那份文件
carry-older = 比已有的旧
carry-refused = 不成立（{ $detail }）
carry-disk = 本机的文件无法读取或写入（{ $detail }）
