### 终端屏幕上判定以外的用语。要短，给疲劳、受冻、赶时间的人看。
### 状态名称的结尾与机器内部名称一致，由测试核对。

screen-title = 边境检查站
    .traveller = 旅客显示屏
    .supervisor = 主管
    .notice = 保存哪些信息
    .slip = 告知单
screen-lang-zh = 中文
screen-lang-ko = 한국어
screen-lang-en = English
screen-language = 语言
screen-nation-156 = 中国
screen-nation-408 = 朝鲜
screen-lane = { $number } 号通道
screen-side = { $side } 侧
screen-entry = 入境
screen-exit = 出境
screen-switch = 切换方向
screen-lost = 与读证机的连接已断，屏幕内容可能过时。
screen-demo = 演示

## 机器状态

screen-starting = 正在启动
    .more = 终端正在自检。
screen-waiting = 请出示通行证
    .more = 二维码朝向摄像头，放平，相距一掌。
    .scanner = 请扫描通行证，或输入号码。
screen-looking = 正在读取
screen-updating = 正在更新名单
    .more = 新名单完整之前，继续使用旧名单。
screen-gathering = 正在从二维码读取名单
    .more = 请把二维码逐个对准摄像头或手持扫描器，次序不限。全部读完之前旧名单继续使用，期间不查验通行证。
screen-gathered = 已读 { $have } 个，共 { $total } 个
    .none = 尚未读到二维码
    .missing = 还缺：{ $missing }
screen-out-of-order = 无法读取
    .more = 请用手持扫描器或输入号码；每个判定都须人工核查。
screen-assisting = 先行救助
    .more = 只登记给予了救助，别无其他。不告知对方。
screen-admitted = 已放行
screen-turned-back = 已劝返
    .more = 请交给告知单：代码、原因、询问处、期限，不写姓名。
screen-assisted = 先行救助
screen-not-decided = 未决定
screen-undone = 未通过
screen-undo = 未通过
    .more = 撤销上一次放行
screen-gate-shut = 闸门关闭
screen-gate-open = 闸门已开，请通行
screen-gate-turned = 已通过
screen-gate-not-turned = 无人通过，闸门已重新关闭。

## 怎样才能读到

screen-hint-show = 请出示二维码
screen-hint-closer = 请靠近
screen-hint-farther = 请离远一些
screen-hint-hold-still = 请拿稳
screen-hint-straight = 请摆正
screen-hint-blurred = 不清晰：请移动，或擦拭镜头
screen-hint-more-light = 需要更亮
screen-hint-less-light = 光线太强
screen-hint-faint = 颜色太淡：请取出封套
screen-hint-torn = 有一部分被遮住或折叠
screen-hint-glare = 反光：请倾斜
screen-hint-several = 请一次只出示一张

## 持证人

screen-holder = 持证人
screen-hidden = 姓名已隐藏
screen-home = 居住地
screen-birth = 出生
screen-nationality = 国籍
screen-through = 有效期至
screen-entries = 剩余次数
screen-days = 剩余天数
screen-stay = 最长停留
    .days = { $days } 天
screen-document = 身份证件
screen-children = 同行儿童
screen-crossings = 口岸
    .all = 全部
screen-number = 通行证编号
screen-portrait = 证上照片
screen-compare = 请核对：面貌 · 通行证 · 证件
screen-outward = 离家
screen-homeward = 回家
screen-code = 代码 { $code }
screen-source-typed = 手工输入号码
screen-source-scanner = 手持扫描器
screen-source-camera = 摄像头

## 检查员的操作

screen-choices = 决定
screen-choice-admit = 放行
screen-choice-turn-back = 劝返
screen-choice-dismiss = 下一位
screen-assist = 救助
    .more = 灾害、疾病、儿童独行、处境危急、请求保护
screen-done = 完成
screen-slip = 告知单
screen-print = 打印
screen-buttons = 按钮
screen-button-confirm = 确认
screen-button-switch = 切换
screen-button-assist = 救助
screen-does-next = 下一选项
screen-does-direction = 另一方向
screen-does-nothing = –
screen-grounds = 依据是什么？
    .more = 判定照原样登记，决定连同姓名和依据一并登记。
screen-grounds-other-papers = 已由其他证件确认身份和通行权
screen-grounds-confirmed = 签发站已确认
screen-grounds-ordered = 上级命令
screen-grounds-known-error = 已知名单或终端有误
screen-cancel = 取消
screen-close = 关闭

## 菜单

screen-menu = 菜单
screen-night = 夜间颜色
screen-large = 大字
screen-hide-names = 隐藏姓名
screen-lamp = 照明灯
screen-type-number = 输入号码
    .more = 照证上所印输入，连字符可省。只凭号码不够，请查看证件本身。
    .check = 查询
screen-delete = 删除
screen-sign-in = 登录
    .officer = 检查员编号
    .pin = 密码
    .more = 当班检查员会先被退出登录，密码错误时也一样。
screen-keys = 键盘
    .why = 按住按键直到进度条走满再松开，才算决定。快速输入的一律视为手持扫描器所发，不作任何决定。
    .move = 移动标记（短按）
    .enter = 标记的按钮；空格键同样
    .escape = 关闭，或下一位
screen-hold = 请继续按住
    .release = 现在松开
    .tap = 短按不作任何决定。请按住该键，直到进度条走满。
screen-locked = 请登录
    .more = 检查员登录之前，此处不作任何决定。“救助”始终可用。
    .hand = 无人能登录时，请用其他终端或已配对的平板电脑；否则按机盖内的表手动开门，并记在纸上。
screen-hand-over = 交班
screen-sign-out = 退出登录
screen-officer = 检查员 { $officer }
screen-nobody = 无人登录
screen-to-screen = 返回屏幕

## 屏幕边缘

screen-edge = 终端状态
screen-clock-good = 时钟可信
screen-doubt-missing = 没有时钟
screen-doubt-stopped = 时钟停过
screen-doubt-below-floor = 时钟落后
screen-doubt-jumped = 时钟跳变
screen-doubt-far-ahead = 时钟未确认
screen-doubt-by-hand = 时间为人工设定
screen-doubt-other = 时钟不可信
screen-lists = 名单
    .age = { $days ->
        [0] 名单为今天
       *[other] 名单已 { $days } 天
    }
    .none = 没有名单
    .stale = 名单该更新了
    .expired = 名单已失效
screen-disk = 磁盘
screen-disk-good = 磁盘正常
screen-disk-low = 磁盘将满
screen-disk-full = 磁盘已满
screen-disk-failing = 磁盘故障
screen-journal-good = 记录正常
screen-journal-broken = 记录故障
screen-camera = 摄像头
screen-camera-absent = 无摄像头
screen-camera-opening = 正在打开摄像头
screen-camera-good = 摄像头正常
screen-camera-no-frame = 没有画面
screen-camera-frozen = 画面停住
screen-camera-black = 画面全黑
screen-camera-white = 画面全白
screen-camera-dark = 画面太暗
screen-camera-blurred = 画面模糊
screen-camera-unplugged = 摄像头已拔出
screen-scanner-absent = 无手持扫描枪
screen-scanner-good = 手持扫描枪正常
screen-scanner-gone = 手持扫描枪断开
screen-scanner-mis-set = 手持扫描枪设置不对
screen-last = 最近通行
    .none = 暂无
screen-picture = 实时画面

## 哪里不正常，怎么办

screen-trouble-journal = 无法保存通行记录。
    .next = 本机不会显示绿色。请改用其他终端，并用纸登记。
screen-trouble-damaged = 通行记录已损坏：有内容被改动、丢失或移走。
    .next = 本机不会显示绿色。请导出记录交主管机关，然后由两名检查员先后登录，在主管页面选“启用新记录”。
screen-trouble-incomplete = 已启用新记录：此前的通行情况可能缺失。
    .next = 此前签发的通行证，在更新的名单说明谁在境外之前，不会显示绿色。请更新名单。
screen-trouble-disk-full = 磁盘已满。
    .next = 请叫主管导出记录。在此之前不会显示绿色。
screen-trouble-disk-failing = 磁盘有故障。
    .next = 请叫主管。在此之前不会显示绿色。
screen-trouble-self-test = 自检未通过。
    .next = 请在主管页面重新自检；不行就改用其他终端。
screen-trouble-camera = 摄像头画面不正常。
    .next = 请检查插头，擦拭镜头。手持扫描器仍可使用。
screen-trouble-scanner-gone = 手持扫描枪未连接。
    .next = 检查插头。摄像头和输入编号仍可使用。
screen-trouble-scanner-mis-set = 手持扫描枪设置不对。
    .next = 打开主管页面上的“扫描枪”，按其中所写设置。摄像头和输入编号仍可使用。
screen-trouble-clock = 时钟不可信。
    .next = 请两名检查员先后登录确认时间，或更新名单。
screen-trouble-lists-expired = 名单已失效。
    .next = 请插入存有新名单的存储棒并更新。
screen-trouble-lists-missing = 缺少一侧的名单。
    .next = 请插入存有名单的存储棒并更新。
screen-trouble-lists-passed = 本机保存的名单不能使用，现用其他名单。
    .next = 请插入存有最新名单的存储棒并更新。
screen-trouble-screen = 本终端的屏幕无画面。
    .next = 它会自行重新启动。其间凭指示灯和按钮工作；若仍无画面，请重启 permit-kiosk。
screen-trouble-state = 无法写入终端的数据目录。
    .next = 此处不会放行，决定无法记录。请主管检查存储卡和目录所有者（见故障排除）。
screen-trouble-key-lost = 终端自己的密钥已损坏。
    .next = 不会放行，也无法导出。请主管另作密钥（--renew key）、重新启动并通知总部。
screen-trouble-secret-lost = 本区的秘密值已损坏：以前通行过的人无从得知。
    .next = 不会放行。请主管从其他终端取来该值或另作一个（--renew secret），然后重新启动。
screen-trouble-officers-lost = 值勤人员名册已损坏：无人能登录。
    .next = 请主管重新登记一名人员（--enrol），终端不必停机。救助始终可用。
screen-trouble-no-lists = 没有名单：无法判断任何人。
    .next = 请插入存有名单的存储棒并更新，或从二维码读取。
screen-trouble-no-root = 无法读取已安装的根证书：不能接受名单。
    .next = 请主管安装主管机关的根证书（reader.conf 中的 ROOT）并重新启动。请使用其他终端。
screen-trouble-no-crossing = 名单中没有本终端所在的口岸。
    .next = 请更新名单，或请主管改正 reader.conf 中的 CROSSING。
screen-trouble-disk-low = 磁盘即将写满。
    .next = 请告知主管：趁还有空间，导出记录并腾出空间。
screen-trouble-restored = 一个损坏的文件已从副本恢复。
    .next = 现在一切正常。请告知主管：存储卡可能已老化。
screen-trouble-tamper = 外壳被打开过。
    .next = 请查看终端并告诉主管。

## 短暂提示

screen-notice-number-mistyped = 这不是通行证编号，请与证件核对。
screen-notice-direction-fixed = 本机方向固定。
screen-notice-needs-officer = 须先由检查员登录。
screen-notice-needs-grounds = 请在屏幕上选择依据。
screen-notice-nothing-to-decide = 没有需要决定的事。
screen-notice-one-at-a-time = 一次只放一张证：请先拿开其他的，再作决定。
screen-notice-overtaken = 关于此证的情况已有变化，请再看一遍。
screen-notice-replaced = 刚才的结果已不在这里，请再看一遍。
screen-notice-not-recorded = 未能登记，闸门不开。
screen-notice-not-turned = 无人通过。
screen-notice-not-decided = 无人决定，已关闭，并记录为“未决定”。
screen-notice-undone = 已撤销：无人通过，已记录。
screen-notice-not-undone = 未能撤销：时限已过，或无法记录。
screen-notice-updated = 新名单已启用。
screen-notice-not-updated-nothing = 没有存储棒，或里面没有名单。旧名单继续使用。
screen-notice-not-updated-unfit = 该文件不是名单文件包。旧名单继续使用。
screen-notice-not-updated-refused = 新名单未被接受。旧名单继续使用。
screen-notice-not-updated-older = 该名单比现用名单旧。现用名单继续使用。
screen-notice-not-updated-forked = 该名单与现用名单矛盾：同一版本被签发了两次。旧名单继续使用。请报告主管机关。
screen-notice-not-updated-busy = 正在检查其他名单，请稍后再试。
screen-notice-not-updated-elsewhere = 该名单中没有本终端所在的口岸。旧名单继续使用。
screen-notice-not-updated-rootless = 没有已安装的根证书，不能接受名单。
screen-notice-not-updated-unwritable = 新名单无法写入。旧名单继续使用。
screen-notice-not-updated-forged = 这些二维码拼不成名单，其中有伪造的。旧名单继续使用。请报告主管机关。
screen-notice-scanner-case = 扫描枪在大写锁定下输入：请扫描其设置码。这与通行证无关。
screen-notice-scanner-layout = 扫描枪按另一种语言的键盘输入：请扫描其设置码。这与通行证无关。
screen-notice-scanner-line = 扫描枪串口的速率或校验位不同：请扫描其设置码。这与通行证无关。
screen-notice-scanner-before = 扫描枪在码前加了别的字符：请扫描其设置码。这与通行证无关。
screen-notice-scanner-after = 扫描枪在码后除回车外还加了别的字符：请扫描其设置码。
screen-notice-scanner-wide = 扫描枪输入全角字符：请扫描其设置码。
screen-notice-scanner-endless = 扫描枪扫描后没有以回车结束：请扫描其设置码。这与通行证无关。
screen-notice-scanner-torn = 从扫描枪传来时码缺了一部分：请再扫一次。这与通行证无关。
screen-notice-scanner-right = 扫描枪设置正确。
screen-notice-code-of-lists = 这是名单的二维码，不是通行证。如要更新名单，请在主管页面选“从二维码读取名单”。
screen-notice-part-refused-foreign = 正在读取名单，这不是名单的二维码。如要查验通行证，请先取消。
screen-notice-part-refused-newer = 这些二维码需要更新的终端才能读取。
screen-notice-part-refused-damaged = 这个二维码已损坏，请再出示一次。
screen-notice-part-refused-other = 这个二维码属于另一套名单。如要改读这一套，请取消后重新开始。
screen-notice-part-refused-conflict = 这个二维码与先前读到的不符。请取消后重新开始；再次出现时请报告主管机关。
screen-notice-lists-late = 两分钟没有读到新的二维码。旧名单继续使用。
screen-notice-lists-stopped = 已停止。旧名单继续使用。
screen-notice-exported = 记录已导出。
screen-notice-not-exported-nothing = 没有可写的存储棒，未导出。
screen-notice-not-exported-unwritable = 导出无法写入。记录本身完好。
screen-notice-not-signed-in-wrong = 编号或密码不对。
screen-notice-not-signed-in-wait = 请等待 { $seconds } 秒。
screen-notice-not-signed-in-busy = 正在核对另一个密码，请稍后再试。
screen-notice-not-signed-in-lost = 值勤人员名册已损坏，不能登录。请主管重新登记。
screen-notice-not-signed-in-unwritable = 无法记录尝试次数，因此不能登录。
screen-notice-signed-out = 长时间无操作，已自动退出。请重新登录。
screen-notice-second-officer = 请另一名检查员登录并确认。
screen-notice-clock-confirmed = 时间已确认。
screen-notice-not-confirmed = 未能登记，因此不算数。
screen-notice-new-chain = 新记录已启用。请更新名单。
screen-notice-clock-first = 请先确认时间。
screen-notice-person-first = 请先办完面前这位旅客的手续。
screen-notice-busy = 一时请求过多，请稍后再试。
screen-notice-refused = 未执行。请重新载入页面。

## 旅客小屏

screen-traveller-show = 请出示通行证
screen-traveller-wait = 请稍候
screen-traveller-pass = 请通行
screen-traveller-closed = 请到检查员处

## 主管

screen-health = 状态
screen-self-test = 自检
    .run = 立即自检
    .passed = 通过
    .failed = 未通过
screen-part-pipeline = 画出、读取一张有效通行证并判为有效
screen-part-refusal = 拒绝一张损坏的通行证
screen-part-signals = 灯和声音
screen-part-clock = 时钟
screen-part-disk = 磁盘
screen-part-journal = 通行记录
screen-part-lists = 名单
screen-lists-given = 启动时指定的名单：
screen-documents = 正在使用的名单
screen-document-name = 文件
screen-version = 版本
screen-issued = 签发
screen-due = 应更新
screen-expires = 失效
screen-of-side = { $name }（{ $side } 侧）
screen-update = 从存储棒更新名单
screen-read-lists = 从二维码读取名单
screen-confirm-clock = 时间正确
screen-new-chain = 启用新记录
screen-export = 把记录导出到存储棒
    .here = 导出为文件
    .officer = 须有检查员登录，且终端前无人。
screen-tablets = 平板电脑
    .allowed = { $count ->
        [0] 没有允许任何平板电脑。
       *[other] 已允许 { $count } 台平板电脑。
    }
    .allow = 允许一台平板电脑
    .code = 两分钟内在平板电脑上输入 { $code }。
    .forget = 不再允许任何平板电脑
    .forgotten = 已不再允许任何平板电脑。
screen-pair = 此平板电脑尚未获准
    .more = 检查员可在终端取得号码：菜单、主管、允许一台平板电脑。
    .code = 八位号码
    .enter = 继续
    .wrong = 号码不对或已过时。请重新索取。
screen-stranger = 此浏览器未获准
    .more = 请打开终端启动时打印的地址（包括密钥）。终端自带屏幕的，请重启屏幕：sudo systemctl restart permit-kiosk
screen-nothing-wrong = 一切正常。

## 给旅客和检查员的告示

screen-notice-what = 保存哪些信息
    .said = 每次通行保存：由通行证编号生成的代号、口岸、方向、时间、判定代码和决定。不保存姓名、图像、住址。
screen-notice-long = 保存多久
    .said = 记录在 { $days } 天后删除，只留数目。代号名下的通行次数保存到通行证最后一天并已返回为止。
screen-notice-never = 从不询问、从不保存
    .said = 出身、指纹、面部特征、境外亲属。没有嫌疑名单，也不打分。
screen-notice-other = 告诉对方什么
    .said = 只有代号和通行。检查员的决定和给予救助的事，从不告诉对方。
screen-notice-who = 谁负责
    .said = 由在此值勤一侧的主管机关负责。被劝返的人会得到告知单，写明到哪里询问和期限。
screen-notice-right = 决定由人作出
    .said = 终端只判定证件，由署名的检查员决定。不阻拦任何人回家，救助在先。

## 告知单

screen-slip-title = 您今天未能通行
    .home = 您可以回家
screen-slip-where = 地点和时间
screen-slip-why = 原因
    .officer = 通行证判为有效，由检查员劝返。签发站会说明如何复核。
screen-slip-ask = 到哪里询问
    .issuer = 签发此证的{ $station }
    .other = 与其无关的{ $station }
    .any = 您一侧的任何签发站
screen-slip-deadline = 期限
    .day = { $day } 以前
    .days = { $days } 天之内
screen-slip-noname = 本单不写姓名。请保存，或拍照留存。
screen-slip-none = 没有告知单：刚才没有劝返。

## The scanner's set-up sheet

screen-title-scanner = 扫描枪
screen-scanner-sheet = 请用厂商说明书中的设置码设置扫描枪，然后扫描下面的码：终端会说明设置是否正确。
screen-scanner-setting = 设置项
screen-scanner-value = 取值
screen-scanner-where = 说明书中的名称
screen-scanner-suffix = 码后
    .value = 只加回车（CR）
    .where = Suffix、terminator、postamble、message terminator（后缀、结束符）
screen-scanner-prefix = 码前
    .value = 不加任何内容：关闭 AIM 标识、码制标识、日期
    .where = Prefix、preamble、code identifier、AIM ID（前缀）
screen-scanner-keyboard = 键盘语言
    .value = 美国（英语）；用 --scanner evdev: 时也可用 ALT 方式（小键盘数字）
    .where = Keyboard country/layout、language；ALT mode、emulate keypad
screen-scanner-letters = 字母
    .value = 保持原样：不用大写锁定，不转换大小写
    .where = Caps Lock、case conversion
screen-scanner-serial = 串口
    .value = 每秒 9600 位，8 个数据位，无校验，1 个停止位；其他速率用 --scanner 设备@速率
    .where = RS-232、baud rate、parity
screen-scanner-kind = 码制
    .value = 只开 QR 码
    .where = Symbologies
screen-scanner-test = 测试码
