### 终端屏幕上判定以外的用语。要短，给疲劳、受冻、赶时间的人看。
### 状态名称的结尾与机器内部名称一致，由测试核对。

screen-title = 边防检查站
    .traveller = 旅客显示屏
    .supervisor = 主管
    .notice = 保存的信息
    .slip = 告知单
screen-lang-zh = 中文
screen-lang-ko = 한국어
screen-lang-en = English
screen-language = 语言
screen-nation-156 = 中国
screen-nation-408 = 朝鲜
screen-lane = { $number } 号通道
screen-side = { $side } 方
screen-entry = 入境
screen-exit = 出境
screen-switch = 切换方向
screen-lost = 与终端的连接已断开，屏幕内容可能过时。
screen-demo = 演示 · 样本

## 终端状态

screen-starting = 正在启动
    .more = 终端正在自检。
screen-waiting = 请出示通行证
    .more = 二维码朝向摄像头，放平，相距一掌。
    .scanner = 请扫描通行证，或输入号码。
screen-looking = 正在读取
screen-updating = 正在更新名单
    .more = 新名单全部收到之前，继续使用旧名单。
screen-gathering = 正在从二维码读取名单
    .more = 请把二维码逐个对准摄像头或手持扫描枪，次序不限。全部读完之前继续使用旧名单，期间不判定通行证。
screen-gathered = 已读 { $have } 个，共 { $total } 个
    .any = 已读 { $have } 个，约需 { $total } 个，任意二维码均可
    .none = 尚未读到二维码
    .missing = 还缺：{ $missing }
screen-out-of-order = 无法读取
    .more = 请使用手持扫描枪或输入号码；每次判定都须人工核查。
screen-assisting = 先行救助
    .more = 只登记已给予救助，不登记其他内容，也不告知对方。
screen-admitted = 已放行
screen-turned-back = 已劝返
    .more = 请交付告知单：代码、原因、询问处、期限。告知单不写姓名。
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
screen-hint-blurred = 不清晰：请拿稳，或调整距离
screen-hint-more-light = 光线不足
screen-hint-less-light = 光线太强
screen-hint-faint = 颜色太浅：请从证套中取出
screen-hint-torn = 被遮住、折叠或损坏
screen-hint-glare = 反光：请倾斜
screen-hint-several = 请一次只出示一张
screen-hint-part = 多码信息的一部分：请出示其余二维码
screen-hint-small = 这是微型二维码，不是通行证
screen-hint-type-number = 无法读取：请输入号码

## 持证人

screen-holder = 持证人
screen-hidden = 姓名、出生日期和号码已隐藏
screen-home = 居住地
screen-birth = 出生日期
screen-nationality = 国籍
screen-through = 有效期至
screen-entries = 剩余次数
screen-days = 剩余天数
screen-stay = 最长停留
    .days = { $days } 天
screen-document = 身份证件
screen-children = 随行儿童
screen-crossings = 口岸
    .all = 全部
screen-number = 通行证号码
screen-portrait = 证上照片
screen-compare = 请核对：本人面容 · 通行证 · 证件
    .document = 请核对：本人面容 · 通行证 · 证件 { $document }
    .none = 请核对：本人面容 · 通行证。此证未绑定身份证件。
screen-outward = 离开本方
screen-homeward = 返回本方
screen-code = 代码 { $code }
screen-source-typed = 手动输入号码
screen-source-scanner = 手持扫描枪
screen-source-camera = 摄像头

## 检查员的操作

screen-choices = 决定
screen-choice-admit = 放行
screen-choice-turn-back = 劝返
screen-choice-dismiss = 下一位
screen-assist = 救助
    .more = 灾害、疾病、无人陪同的儿童、处境危急、请求保护
screen-done = 完成
screen-slip = 告知单
screen-print = 打印
screen-buttons = 按钮
screen-button-confirm = 确认
screen-button-switch = 切换
screen-button-assist = 救助
screen-does-next = 下一项
screen-does-direction = 切换方向
screen-does-nothing = –
screen-grounds = 请选择依据
    .more = 判定照原样登记；决定连同姓名和依据一并登记。
screen-grounds-other-papers = 已由其他证件确认身份和通行权
screen-grounds-confirmed = 已由签发站确认
screen-grounds-ordered = 上级命令
screen-grounds-known-error = 已知名单或终端有误
screen-cancel = 取消
screen-close = 关闭

## 菜单

screen-menu = 菜单
screen-night = 夜间模式
screen-large = 大字体
screen-hide-names = 隐藏姓名
screen-lamp = 照明灯
screen-type-number = 输入号码
    .more = 按证上所印输入，连字符可省略。只凭号码不够，请查看通行证本身。
    .check = 查询
screen-delete = 删除
screen-sign-in = 登录
    .officer = 检查员编号
    .pin = 密码
    .more = 当班检查员会先退出登录，密码错误时也一样。
screen-keys = 键盘
    .why = 按住按键直到进度条走满再松开，才算决定。快速输入的内容一律视为来自手持扫描枪，不作为决定。
    .move = 移动选中项（短按）
    .enter = 执行选中的按钮；空格键相同
    .escape = 关闭，或下一位
screen-hold = 请继续按住
    .release = 请松开
    .tap = 短按不会作出决定。请按住该键，直到进度条走满。
screen-locked = 请登录
    .more = 检查员登录之前不能作出决定。“救助”始终可用。
    .hand = 无人能登录时，请改用其他终端或已获准的平板电脑；否则按机盖内的表手动开闸，并在纸上登记。
screen-hand-over = 交班
screen-sign-out = 退出登录
screen-shift = 检查员 { $officer } 的班次：{ $since } 至 { $until }
    .none = 没有判定，也没有决定。
screen-officer = 检查员 { $officer }
screen-nobody = 无人登录
screen-to-screen = 返回检查画面

## 屏幕边缘

screen-edge = 终端状态
screen-clock-good = 时钟正常
screen-doubt-missing = 无时钟
screen-doubt-stopped = 时钟曾停止
screen-doubt-below-floor = 时钟偏慢
screen-doubt-jumped = 时钟跳变
screen-doubt-far-ahead = 时钟未确认
screen-doubt-by-hand = 时间为手动设置
screen-doubt-other = 时钟不可信
screen-lists = 名单
    .age = { $days ->
        [0] 名单更新于今天
       *[other] 名单更新于 { $days } 天前
    }
    .none = 无名单
    .stale = 名单需要更新
    .expired = 名单已过期
screen-disk = 磁盘
screen-disk-good = 磁盘正常
screen-disk-low = 磁盘空间不足
screen-disk-full = 磁盘已满
screen-disk-failing = 磁盘故障
screen-journal-good = 记录正常
screen-journal-broken = 记录故障
screen-camera = 摄像头
screen-camera-absent = 无摄像头
screen-camera-opening = 正在打开摄像头
screen-camera-good = 摄像头正常
screen-camera-no-frame = 无画面
screen-camera-frozen = 画面静止
screen-camera-black = 画面全黑
screen-camera-white = 画面全白
screen-camera-dark = 画面太暗
screen-camera-blurred = 画面模糊
screen-camera-unplugged = 摄像头已拔出
screen-scanner-absent = 无手持扫描枪
screen-scanner-good = 手持扫描枪正常
screen-scanner-gone = 手持扫描枪已断开
screen-scanner-mis-set = 手持扫描枪设置有误
screen-last = 最近通行
    .none = 暂无
screen-picture = 实时画面

## 哪里不正常，怎么办

screen-trouble-journal = 无法保存通行记录。
    .next = 本机不作绿色判定。请改用其他终端，并在纸上登记。
screen-trouble-damaged = 通行记录已损坏：有内容被改动、丢失或移除。
    .next = 本机不作绿色判定。请导出记录交主管机关，然后由两名检查员先后登录，在主管页面选择“启用新记录”。
screen-trouble-incomplete = 已启用新记录：此前的通行记录可能不全。
    .next = 此前签发的通行证，在收到列明何人尚在对方的新名单之前，不作绿色判定。请更新名单。
screen-trouble-disk-full = 磁盘已满。
    .next = 请叫主管导出记录。在此之前不作绿色判定。
screen-trouble-disk-failing = 磁盘有故障。
    .next = 请叫主管。在此之前不作绿色判定。
screen-trouble-self-test = 自检未通过。
    .next = 请在主管页面重新自检；仍未通过时请改用其他终端。
screen-trouble-camera = 摄像头画面不正常。
    .next = 请检查接口，擦拭镜头。手持扫描枪仍可使用。
screen-trouble-scanner-gone = 手持扫描枪未连接。
    .next = 请检查接口。摄像头和输入号码仍可使用。
screen-trouble-scanner-mis-set = 手持扫描枪设置有误。
    .next = 请打开主管页面上的“扫描枪”，按其中所写设置。摄像头和输入号码仍可使用。
screen-trouble-clock = 时钟不可信。
    .next = 请两名检查员先后登录确认时间，或更新名单。
screen-trouble-lists-expired = 名单已过期。
    .next = 请插入存有新名单的 U 盘并更新。
screen-trouble-lists-missing = 缺少一方的名单。
    .next = 请插入存有名单的 U 盘并更新。
screen-trouble-lists-passed = 本机保存的名单不能使用，现用其他名单。
    .next = 请插入存有最新名单的 U 盘并更新。
screen-trouble-screen = 本终端的屏幕无画面。
    .next = 屏幕会自动重新启动。其间请凭指示灯和按钮工作；如仍无画面，请重启 permit-kiosk。
screen-trouble-state = 无法写入终端的数据目录。
    .next = 本机不作绿色判定，决定也无法登记。请主管检查存储卡和目录所有者（见故障排除）。
screen-trouble-key-lost = 终端自身的密钥已损坏。
    .next = 本机不作绿色判定，也无法导出。请主管另行生成密钥（--renew key）、重新启动并通知总部。
screen-trouble-secret-lost = 边境区的秘密值已损坏：无从得知以前何人通行过。
    .next = 本机不作绿色判定。请主管从其他终端取来秘密值或另行生成（--renew secret），然后重新启动。
screen-trouble-officers-lost = 检查员名册已损坏：无人能登录。
    .next = 请主管重新登记检查员（--enrol），终端不必停机。救助始终可用。
screen-trouble-no-lists = 没有名单：无法判定。
    .next = 请插入存有名单的 U 盘并更新，或从二维码读取。
screen-trouble-no-root = 无法读取已安装的根文件：不能接受名单。
    .next = 请主管安装主管机关的根文件（reader.conf 中的 ROOT）并重新启动。请改用其他终端。
screen-trouble-no-crossing = 名单中没有本终端所在的口岸。
    .next = 请更新名单，或请主管改正 reader.conf 中的 CROSSING。
screen-trouble-disk-low = 磁盘即将写满。
    .next = 请告知主管：趁还有空间，导出记录并腾出空间。
screen-trouble-restored = 一个损坏的文件已从副本恢复。
    .next = 现在一切正常。请告知主管：存储卡可能已老化。
screen-trouble-tamper = 外壳曾被打开。
    .next = 请检查终端并告知主管。

## 短暂提示

screen-notice-number-mistyped = 这不是通行证号码，请与通行证核对。
screen-notice-direction-fixed = 本机方向已固定。
screen-notice-raised = 已提出，将列入下次报告。
screen-notice-raised-before = 此前已提出，尚未了结。
screen-notice-closed = 已了结。
screen-notice-not-closed = 该问题未处于提出状态，或提出者本人不能了结。
screen-notice-needs-supervisor = 须由主管登录办理。
screen-notice-not-second = 该检查员的密码由他人设置。自行修改满一天后才能作为两人之一。
screen-notice-pin-set = 密码已设置。
screen-notice-pin-not-set-short = 密码太短：至少六个字符。
screen-notice-pin-not-set-own = 本人的密码请用“修改密码”更改。
screen-notice-pin-not-set-wrong = 当前密码不正确。
screen-notice-pin-not-set-busy = 暂时不能办理：正在核对另一密码，或输错后须稍候。
screen-notice-pin-not-set-unwritable = 无法写入或记录。请查看终端状态。
screen-notice-time-mistyped = 时间无效。请按 2026-12-01 08:30 的格式输入。
screen-notice-needs-officer = 须先由检查员登录。
screen-notice-needs-grounds = 请在屏幕上选择依据。
screen-notice-nothing-to-decide = 没有需要决定的事。
screen-notice-one-at-a-time = 一次只放一张通行证：请先拿开其他的，再作决定。
screen-notice-overtaken = 此证的情况已有变化，请重新核对。
screen-notice-replaced = 先前的判定已不在屏幕上，请重新核对。
screen-notice-not-recorded = 未能登记，因此不开闸门。
screen-notice-not-turned = 无人通过。
screen-notice-not-decided = 无人决定，已关闭，并登记为“未决定”。
screen-notice-undone = 已撤销，登记为未通过。
screen-notice-not-undone = 未能撤销：已超过时限，或无法登记。
screen-notice-updated = 新名单已启用。
screen-notice-not-updated-nothing = 没有 U 盘，或 U 盘中没有名单。继续使用旧名单。
screen-notice-not-updated-unfit = 该文件不是名单文件包。继续使用旧名单。
screen-notice-not-updated-refused = 新名单未被接受。继续使用旧名单。
screen-notice-not-updated-older = 该名单比现用名单旧。继续使用现用名单。
screen-notice-not-updated-forked = 该名单与现用名单矛盾：同一版本被签名两次。继续使用旧名单。请报告主管机关。
screen-notice-not-updated-busy = 正在检查其他名单，请稍后再试。
screen-notice-not-updated-elsewhere = 该名单中没有本终端所在的口岸。继续使用旧名单。
screen-notice-not-updated-rootless = 没有已安装的根文件，不能接受名单。
screen-notice-not-updated-unwritable = 新名单无法写入。继续使用旧名单。
screen-notice-not-updated-base = 其中只有相对于另一套名单的变更，与现用名单不符。继续使用现用名单。请索取整套名单，或相对于现用名单的变更。
screen-notice-not-updated-forged = 这些二维码不能组成名单，其中有伪造的。继续使用旧名单。请报告主管机关。
screen-notice-scanner-case = 扫描枪处于大写锁定：请扫描其设置码。这与通行证无关。
screen-notice-scanner-layout = 扫描枪的键盘语言不符：请扫描其设置码。这与通行证无关。
screen-notice-scanner-line = 扫描枪串口的速率或校验位不符：请扫描其设置码。这与通行证无关。
screen-notice-scanner-before = 扫描枪在二维码前添加了其他字符：请扫描其设置码。这与通行证无关。
screen-notice-scanner-after = 扫描枪在二维码后除回车外还添加了其他字符：请扫描其设置码。
screen-notice-scanner-wide = 扫描枪输入的是全角字符：请扫描其设置码。
screen-notice-scanner-endless = 扫描枪扫描后没有以回车结束：请扫描其设置码。这与通行证无关。
screen-notice-scanner-torn = 二维码有一部分在从扫描枪传来时丢失：请再扫描一次。这与通行证无关。
screen-notice-scanner-right = 扫描枪设置正确。
screen-notice-code-of-lists = 这是名单的二维码，不是通行证。如要更新名单，请在主管页面选“从二维码读取名单”。
screen-notice-part-refused-foreign = 正在读取名单，这不是名单的二维码。如要判定通行证，请先取消。
screen-notice-part-refused-newer = 这些二维码须由更高版本的终端读取。
screen-notice-part-refused-damaged = 这个二维码已损坏，请再出示一次。
screen-notice-part-refused-other = 这个二维码属于另一套名单。如要改读这一套，请取消后重新开始。
screen-notice-part-refused-conflict = 这个二维码与先前读到的不符。请取消后重新开始；再次出现时请报告主管机关。
screen-notice-lists-late = 两分钟没有读到新的二维码。继续使用旧名单。
screen-notice-lists-stopped = 已停止。继续使用旧名单。
screen-notice-exported = 记录已导出。
screen-notice-not-exported-nothing = 没有可写入的 U 盘，未导出。
screen-notice-not-exported-unwritable = 导出文件无法写入。记录本身完好。
screen-notice-not-signed-in-wrong = 检查员编号或密码不正确。
screen-notice-not-signed-in-wait = 请等待 { $seconds } 秒。
screen-notice-not-signed-in-busy = 正在核对另一个密码，请稍后再试。
screen-notice-not-signed-in-lost = 检查员名册已损坏，不能登录。请主管重新登记。
screen-notice-not-signed-in-unwritable = 无法记录尝试次数，因此不能登录。
screen-notice-signed-out = 长时间无操作，已自动退出。请重新登录。
screen-notice-second-officer = 请另一名检查员登录并确认。
screen-notice-clock-confirmed = 时间已确认。
screen-notice-not-confirmed = 未能登记，因此确认无效。
screen-notice-new-chain = 新记录已启用。请更新名单。
screen-notice-clock-first = 请先确认时间。
screen-notice-person-first = 请先办完面前旅客的手续。
screen-notice-busy = 一时请求过多，请稍后再试。
screen-notice-refused = 未执行。请重新载入页面。

## 旅客小屏

screen-traveller-show = 请出示通行证
screen-traveller-wait = 请稍候
screen-traveller-pass = 请通行
screen-traveller-closed = 请前往检查员处

## 主管

screen-health = 状态
screen-figures = 记录开始以来的统计
    .away = 离开本方尚未返回
screen-self-test = 自检
    .run = 立即自检
    .passed = 通过
    .failed = 未通过
screen-part-pipeline = 生成并读取一张有效通行证，判为有效
screen-part-refusal = 拒绝一张损坏的通行证
screen-part-signals = 指示灯和声音
screen-part-clock = 时钟
screen-part-disk = 磁盘
screen-part-journal = 通行记录
screen-part-lists = 名单
screen-lists-given = 启动时指定的名单：
screen-documents = 现用名单
screen-document-name = 文件
screen-version = 版本
screen-issued = 签发日
screen-due = 应更新日
screen-expires = 过期日
screen-of-side = { $name }（{ $side } 方）
screen-update = 从 U 盘更新名单
screen-read-lists = 从二维码读取名单
screen-confirm-clock = 时间正确
screen-set-clock = 设置时间
    .time = 口岸当地日期和时间
    .more = 须由两名检查员先后登录，各自输入同一时间。终端重新启动前有效；之后请校准系统时钟。
screen-change-pin = 修改密码
    .old = 当前密码
    .new = 新密码，至少六个字符
    .more = 修改的是当前登录检查员的密码。
screen-appoint = 登记检查员或重置密码
    .more = 由主管办理。检查员自行修改密码满一天之前，不能作为第二人确认。
screen-role = 角色
    .same = 不变，新登记为检查员
    .officer = 检查员
    .supervisor = 主管
screen-set = 确定
screen-space = 空格
screen-raise = 提出问题
    .more = 不记文字，仅记录在案，列入下次报告。由主管了结。
screen-raised = 在此提出的问题
    .more = 由未提出该问题的主管了结之前一直有效。
    .close = 了结
screen-new-chain = 启用新记录
screen-export = 把记录导出到 U 盘
    .here = 导出为文件
    .officer = 须有检查员登录，且终端前没有旅客。
screen-codes = 用二维码显示记录
    .lead = 总部尚未回签的记录，共 { $count } 个二维码，其中任意 { $needed } 个即可。请逐个完整清晰地拍摄；其中没有任何人的姓名。
    .large = { $bytes } 字节太多，无法用二维码显示：请把记录导出到 U 盘。
screen-tablets = 平板电脑
    .allowed = { $count ->
        [0] 没有获准的平板电脑。
       *[other] 获准的平板电脑：{ $count } 台。
    }
    .allow = 允许一台平板电脑
    .code = 请在两分钟内在平板电脑上输入 { $code }。
    .forget = 取消所有平板电脑的许可
    .forgotten = 已取消所有平板电脑的许可。
screen-pair = 此平板电脑尚未获准
    .more = 检查员可在终端取得号码：菜单、主管、允许一台平板电脑。
    .code = 八位号码
    .enter = 继续
    .wrong = 号码不正确或已过时限。请重新索取。
screen-stranger = 此浏览器未获准
    .more = 请打开终端启动时输出的完整地址（含密钥）。终端自带屏幕的，请重启屏幕：sudo systemctl restart permit-kiosk
screen-nothing-wrong = 一切正常。

## 给旅客和检查员的告示

screen-notice-what = 保存的信息
    .said = 每次通行保存：由通行证号码生成的代号、口岸、方向、时间、判定代码和决定。不保存姓名、图像、住址。
screen-notice-long = 保存期限
    .said = 记录在 { $days } 天后删除，只保留数目。代号名下的通行次数，保存到通行证有效期届满且持证人已返回为止。
screen-notice-never = 从不询问、从不保存的信息
    .said = 民族出身、指纹、面部特征、境外亲属。没有嫌疑人名单，也不打分。
screen-notice-other = 告知对方的信息
    .said = 只告知代号和通行情况。检查员的决定和给予救助的事，从不告知对方。
screen-notice-who = 负责机关
    .said = 由在此执勤一方的主管机关负责。被劝返的人会得到告知单，写明询问处和期限。
screen-notice-right = 决定由人作出
    .said = 终端只判定通行证，由记名的检查员作出决定。不阻拦任何人回家，救助优先。

## 告知单

screen-slip-title = 您今天未能通行
    .home = 您可以回家
screen-slip-where = 时间和地点
screen-slip-why = 原因
    .officer = 通行证判为有效，由检查员劝返。如何申诉，请询问签发站。
screen-slip-ask = 询问处
    .issuer = 签发此证的{ $station }
    .other = 独立于该站的{ $station }
    .any = 您所在一方的任一签发站
screen-slip-deadline = 期限
    .day = { $day } 以前
    .days = { $days } 天之内
screen-slip-noname = 本告知单不写姓名。请保存，或拍照留存。
screen-slip-none = 没有可显示的告知单：刚才没有劝返。

## The scanner's set-up sheet

screen-title-scanner = 扫描枪
screen-scanner-sheet = 请按厂商说明书中的设置码设置手持扫描枪，然后扫描下面的二维码：终端会提示设置是否正确。
screen-scanner-setting = 设置项
screen-scanner-value = 取值
screen-scanner-where = 说明书中的名称
screen-scanner-suffix = 二维码之后
    .value = 只加回车（CR）
    .where = Suffix、terminator、postamble、message terminator（后缀、结束符）
screen-scanner-prefix = 二维码之前
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
