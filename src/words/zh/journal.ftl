### permit journal：终端通行记录的导出文件，逐条显示，并说明有何问题。

help-journal = 打开终端导出的通行记录，核对并逐条显示
    .more =
        用终端的公钥核对记录链和签名；公钥由命令给定，或取自文件包中的终端名单。显示内容没有姓名和通行证号码，化名也不显示。
        无问题时退出状态为 0，有问题为 1，不是导出文件为 3，没有可用的公钥为 4。
help-journal-file = 导出文件
    .value = 文件
help-journal-key = 终端的公钥，64 位十六进制数字
    .value = 公钥
help-journal-bundle = 其终端名单含有该公钥的文件包
    .value = 文件
help-journal-root = 已安装的根文件：文件或其 SHA-256；省略时只接受演示
    .value = 文件|SHA256
help-journal-form = 供人阅读的表格、CSV（只有记录，结果写到标准错误），或每行一个 JSON 对象，结果在最后
    .value = 形式
    .more =
        各列：sequence 序号；time 时间（UTC）；clock 时钟（trusted、by-hand、untrusted）；entry 事项；crossing、side、
        direction；verdict（green、amber、red、none）、code、also；about 所涉记录；officer、second；ground；detail；lane；
        number。
unfit-terminal-key = { " " }应为 64 位十六进制数字的公钥。
fault-journal-none = { $path } 不是通行记录的导出文件。
    .next = 请指定终端写出的文件；如果确是该文件，则文件已损坏，请重新导出。
fault-journal-key = 没有 { $side } 方 { $number } 号终端的公钥。
    .next = 用 --key 指定公钥，或指定终端名单含有该公钥的文件包。

journal-number = 记录
journal-time = 时间（UTC）
journal-what = 内容
journal-clock-by-hand = 时钟由人设定
journal-clock-untrusted = 时钟不可信

journal-entry = 入境
journal-exit = 出境
journal-judged = { $heading }：{ $title }（{ $code }），{ $crossing } 号口岸，{ $side } 方，{ $way }
journal-officer = { $officer } 号检查员
journal-terminal = 终端
journal-about = （记录 { $number }）
journal-admitted = 放行：{ $who }
journal-admitted-against = 与判定不同而放行：{ $who }，依据 { $ground }
journal-turned-back = 劝返：{ $who }，代码 { $code }
journal-assisted = 救助：{ $who }
journal-not-decided = 未作决定
journal-passed = 有人通过闸门
journal-not-passed = 无人通过闸门
journal-undone = { $officer } 号检查员收回放行：无人通过
journal-heartbeat = 运行正常
journal-on-duty = { $officer } 号检查员接班
journal-off-duty = { $officer } 号检查员离开
journal-enrolled = { $by } 号检查员为 { $officer } 号检查员登记或更换密码
journal-clock-distrusted = 时钟不再可信：{ $why }
journal-clock-trusted = 时钟恢复可信
journal-clock-confirmed = { $first } 号和 { $second } 号检查员确认了时钟
journal-clock-vouched = { $officer } 号检查员认为时钟正确，尚待第二人确认
journal-why-missing = 没有时钟
journal-why-stopped = 时钟停走
journal-why-below-floor = 早于已签名的时间
journal-why-jumped = 时钟跳变
journal-why-far-ahead = 时钟超前过多
journal-lists-taken = 已采用名单：根文件 { $root }，边境区登记册 { $zone }，A 方 { $a }，B 方 { $b }
journal-lists-refused = 名单未采用，代码 { $code }
journal-out = 故障：{ $part }
journal-back = 恢复：{ $part }
journal-part-journal = 通行记录
journal-part-disk = 磁盘
journal-part-camera = 摄像头
journal-part-self-test = 自检
journal-part-clock = 时钟芯片
journal-part-signals = 指示灯或声音
journal-part-gate = 闸门
journal-part-housing = 机壳被打开
journal-part-screen = 屏幕
journal-part-program = 程序
journal-part-files = 自身文件
journal-part-other = 此处不认识的部件
journal-opened = 通行记录打开；首次发现的损坏：{ $count } 处
journal-disk-failed = 磁盘出错（错误 { $errno }）
journal-head = 签名的链尾
journal-carried = 结转的通行证计数：{ $count }
journal-removed = 截至 { $through } 的记录到期删除
journal-new-chain = 以 { $first } 号和 { $second } 号检查员的名义开始新链；原链可读到记录 { $end }
journal-other = 此处不认识的事项

journal-of = { $side } 方 { $number } 号终端：记录 { $first } 至 { $last }，签名时间 { $signed }
journal-counts = 共 { $records } 条记录：判定 { $judged }，放行 { $admitted }（收回 { $undone }），劝返 { $back }，救助 { $assisted }，未作决定 { $open }
journal-earlier = 本文件不含记录 1 至 { $through }。
journal-chains = 此前已有 { $count } 条链，本链的第一条记录说明了缘由。
journal-sound = 记录链和签名均成立。
journal-problem-malformed = 文件从第 { $number } 字节起不是导出文件。
journal-problem-forged = 第 { $number } 段不是此公钥签名的，其内容不显示。
journal-problem-other-terminal = 第 { $number } 段属于另一台终端。
journal-problem-no-head = 末尾的链尾不是此公钥签名的，不知导出到何处为止。
journal-problem-other-head = 末尾的链尾所述起点、终点或段数不同：有内容被去掉或加入。
journal-problem-bad-record = 记录 { $number } 已损坏。
journal-problem-gap = 缺口：缺少记录 { $from } 至 { $through }。
journal-problem-broken = 应为记录 { $expected } 之处是记录 { $found }，且不接续前一条：有内容被加入、移动、重复或改动。
journal-problem-bad-head = 记录 { $number } 中签名的链尾不成立。
journal-problem-unsigned = 记录 { $number } 之后两小时以上没有签名的链尾。
journal-problem-damaged = 终端自己发现通行记录损坏（文件 { $number }）。
journal-problem-other = 另有此处不认识的问题。
