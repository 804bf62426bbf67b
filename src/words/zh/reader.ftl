### permit-reader：命令行，以及为什么没有启动。

reader-help = 边防人员使用的终端：摄像头读入，屏幕、灯、声音和通道闸输出
    .more =
        它打印的第一行是页面的地址。判定依据所给的信任包，并说明其新旧；不需要网络。不给信任包时，模拟板
        按演示用的信任包判定，时间为演示自己的日期。
reader-help-board = 灯、按钮和通道闸接在哪里
    .value = 板
reader-help-camera = 图片文件夹、Y4M 或 MJPEG 文件、视频设备，或 none；写两次即为两条通道
    .value = 来源
    .more =
        文件夹中的每张图片显示十帧，然后空一帧。设备最好用 /dev/v4l/by-id 中的名称。
reader-help-bundle = 判定所依据的信任包
    .value = 文件
reader-help-root = 已安装的根：文件，或其内容的 SHA-256
    .value = 文件|SHA256
    .more = 不写则只接受演示用的根；在真实的板上一概不接受。
reader-help-demo = 在真实的板上按演示判定；每个判定都标明 DEMO
reader-help-crossing = 地点：口岸的编号、标识或任何一个名称
    .value = 口岸
reader-help-side = 哪一方的人员在场：A 或 B
    .value = 方
reader-help-direction = 从该方看的方向：entry（入）或 exit（出）；第二个归第二条通道
    .value = 方向
reader-help-fixed = 值勤人员不能切换方向
reader-help-idle = 检查员多少分钟无操作即自动退出；0 为不退出
    .value = 分钟
reader-help-unattended = 无人处理的结果多少秒后关闭，记为“未决定”
    .value = 秒
reader-help-undo = 放行后多少秒内可以撤销（“未通过”）；0 为不可撤销
    .value = 秒
reader-help-at = 启动时的时间：YYYY-MM-DD、Thh:mm、±hh:mm；不写则用本机时钟
    .value = 时间
    .more = 手工设定的时钟在演示之外不会使任何通行证有效。
reader-help-state = 日志、密钥和已接受名单的存放处；不写则随进程消失
    .value = 文件夹
reader-help-number = 本终端在该方终端中的编号
    .value = N
reader-help-scanner = 串口上的手持或台式扫描枪，或任何每次扫描给一行的设备（速率不是 9600 时写 设备@速率）；当作键盘的扫描枪写 evdev:设备；第二个归第二条通道，none 表示该通道没有
    .value = 设备
reader-help-enrol = 按编号登记一名值勤人员后结束；PIN 是标准输入的第一行
    .value = N
    .more = 再次登记同一编号即更换 PIN 并解锁。PIN 至少六个字符。
reader-help-unlock = 让一名值勤人员立即可以再试后结束；此前输错的 PIN 不计
    .value = N
reader-help-renew = 另作一个密钥（key）或本区秘密值（secret）以代替已丢失的，然后结束
    .value = 哪个
    .more = 损坏的另存备查。总部在得到通知前不认识新密钥；换了秘密值，以前通行过的人无从得知，记录也不能与其他终端合并。
reader-help-pair = 输出一个号码，让一台平板进入以此 --state 运行的终端，然后结束
    .more = 用于没有屏幕的地方：两分钟内有效，最多试五次，只限一台。
reader-help-display = 接在 SPI 上的小屏（320×240）：结论的图形、文字和姓名
    .value = 小屏
reader-help-stick = U 盘上的信任包，值勤人员要求更新时读取
    .value = 文件
reader-help-listen = 页面的地址；第二条通道的页面在下一个端口，或由第二个 --listen 指定
    .value = 地址
reader-help-kiosk = 用此文件夹中的起始页 lane-1.html 让本机屏幕进入，而不用打印的地址
    .value = 文件夹
    .more =
        其中的密钥每次启动都重新生成，持有者能看到检查员所见的一切。若文件夹把自己的组赋予其中新建的文件
        （权限 2750），该组可读；否则只有所有者可读。
reader-help-screen = 不作终端，而是维持本机屏幕：运行 -- 之后的浏览器，页面失去响应时以状态 75 结束
    .value = 文件
    .more = 终端为 --kiosk 写出的起始页。它等待该终端，并在终端重新启动后重新开始。
reader-help-browser = 浏览器及其参数；一对花括号代表起始页的地址
    .value = 命令
reader-help-tablets = 另在本地网络的此地址向检查员允许的平板电脑提供页面；第二条通道在下一个端口，或由第二个指定
    .value = 地址
    .more =
        省略时，页面只供本机使用。平板电脑凭主管页面上的八位号码获准，直到终端重新启动。
        途中不加密：请使用没有其他人的网络。
reader-help-name = 除该地址外，平板电脑可使用的名称
    .value = 主机名
reader-help-export = 主管要求时，把记录导出到此文件夹
    .value = 文件夹
reader-help-events = 每个判定、决定、灯和继电器的变化写一行 JSON；- 表示标准输出
    .value = 文件
    .more = 其中没有姓名、通行证编号和码的内容。
reader-help-fps = 播放时每秒的帧数
    .value = N
reader-help-once = 只播放一遍，每个判定让位给下一张通行证，然后结束
reader-help-release = 有几个摄像头就关闭几条通道的所有输出，然后结束
    .more =
        用于被强行终止的终端之后：服务每次停止都会这样做。
reader-help-rtc = 应当一直在走的电池时钟
    .value = 时钟
    .more =
        真实的板未另行指定时询问内核的时钟。停走过或读不出的时钟不可信：按它什么都不会是绿色。
        内核按自己的时钟校准系统时间；DS3231 的时间就是终端的时间，不论系统怎么说。
reader-help-lang = 语言：zh、ko 或 en
    .value = 语言

reader-exit-good = 按要求停止，或最后一张图片已处理完
reader-exit-again = 摄像头卡住了：请重新启动

reader-no-events = 无法写入 { $path }：{ $cause }。
    .next = 请用 --events 指定其他文件。
reader-no-browser = 浏览器 { $path } 无法启动：{ $cause }。
    .next = 请安装它，或在 -- 之后写另一个
reader-no-file = { $path } 无法读取、不是普通文件，或太大。
    .next = 请检查路径。不会跟随链接、文件夹或设备。
reader-no-root = 真实的板需要已安装的根。
    .next = 请用 --root 指定，或加上 --demo 按演示判定。
reader-no-bundle = 真实的板需要判定所依据的信任包。
    .next = 请用 --bundle 指定，或加上 --demo 按演示判定。
reader-refused = 没有接受 { $path }：{ $said }。
    .next = 请向发布者重新索取信任包。原来使用的保持不变。
reader-demo-refused = 真实的板上不接受演示用的根。
    .next = 请安装主管机关的根，或加上 --demo 按演示判定。
reader-place = 不知道本终端在哪里。
    .next = 请用 --crossing、--side 和 --direction 指明地点。
reader-which-crossing = 没有口岸 { $said }。
    .next = 请选择：{ $crossings }。
reader-state = { $path } 中的状态不能使用：{ $cause }。
    .next = 请检查文件夹可以写入，并且没有其他终端在使用。
reader-camera = { $path } 不能当作摄像头：{ $cause }。
    .next = 请指定图片文件夹、Y4M 或 MJPEG 文件，或视频设备。
reader-no-device = 本程序编译时不含摄像头，无法打开 { $path }。
    .next = 请播放文件夹或文件，或使用含摄像头的版本。
reader-listen = 无法在 { $address } 提供页面：{ $cause }。
    .next = 请用 --listen 指定其他地址；端口 0 表示任何空闲端口。
reader-no-board = 板无法打开：{ $cause }。
    .next = 请检查 --board、服务使用引脚的权限，以及 hardware/ 中的故障排除一章。
reader-lanes = 板上的引脚够两条通道，每条通道各有一个摄像头、方向、扫描枪和页面。
    .next = --camera 写一次或两次，其余各项不多于此。
reader-display-lanes = 第二条通道占用了小屏的引脚。
    .next = 去掉 --display，或去掉第二个 --camera。
reader-thread = 系统不给线程：{ $cause }。
    .next = 请关闭其他程序后重新启动。
reader-not-renewed = { $path } 中没有另作任何东西：{ $cause }。
    .next = 只有丢失的才能另作；请看终端页面上的说明。
reader-not-paired = 没有在 { $path } 中生成平板的号码：{ $cause }。
    .next = 请检查 --state，并以终端的用户身份运行。
reader-not-enrolled = 没有登记该人员：{ $cause }。
    .next = 请检查 --state，并选择至少六个字符的 PIN。
