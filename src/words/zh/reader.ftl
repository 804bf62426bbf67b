### permit-reader：命令行，以及为什么没有启动。

reader-help = 检查员使用的终端：摄像头读入，屏幕、指示灯、声音和闸门输出
    .more =
        它输出的第一行是页面的地址，内含可进入页面的密钥。判定依据所给的文件包，并说明其签发日期；不需要网络。没有文件包时，模拟硬件板
        按演示用的文件包判定，时间为演示规定的日期。
reader-help-board = 指示灯、按钮和闸门所接的硬件板
    .value = 硬件板
reader-help-camera = 图片文件夹、Y4M 或 MJPEG 文件、视频设备，或 none；写两次即为两条通道
    .value = 来源
    .more =
        文件夹中的每张图片显示十帧，然后空一帧。设备最好用 /dev/v4l/by-id 中的名称。
reader-help-bundle = 判定所依据的文件包
    .value = 文件
reader-help-root = 已安装的根文件：文件，或其内容的 SHA-256
    .value = 文件|SHA256
    .more = 省略时只接受演示用的根文件；在实际硬件板上一概不接受。
reader-help-demo = 在实际硬件板上按演示判定；每个判定都标明“演示”
reader-help-crossing = 地点：口岸的编号、标识或任何一个名称
    .value = 口岸
reader-help-side = 在场的是哪一方的检查员：A 或 B
    .value = 方
reader-help-direction = 从该方看的方向：entry（入境）或 exit（出境）；第二个归第二条通道
    .value = 方向
reader-help-fixed = 检查员不能切换方向
reader-help-idle = 检查员多少分钟无操作即自动退出；0 为不退出
    .value = 分钟
reader-help-unattended = 判定无人处理时，多少秒后关闭并记为“未决定”
    .value = 秒
reader-help-undo = 放行后多少秒内可以撤销（“未通过”）；0 为不可撤销
    .value = 秒
reader-help-at = 启动时的时间：YYYY-MM-DD、Thh:mm、±hh:mm；省略时用本机时钟
    .value = 时间
    .more = 手动设置的时钟在演示之外不会使任何通行证有效。
reader-help-state = 通行记录、密钥和已接受名单的存放处；省略时随进程消失
    .value = 文件夹
reader-help-number = 本终端在该方终端中的编号
    .value = N
reader-help-scanner = 串口上的手持或台式扫描枪，或任何每次扫描输出一行的设备（速率不是 9600 时写 设备@速率）；按键盘方式输入的扫描枪写 evdev:设备；第二个归第二条通道，none 表示该通道没有
    .value = 设备
reader-help-enrol = 按编号登记一名检查员后结束；密码是标准输入的第一行
    .value = N
    .more = 再次登记同一编号即更换密码并解锁。密码至少六个字符。
reader-help-role = 检查员的角色：主管可以在主管页面登记他人
    .value = 角色
reader-help-unlock = 让一名检查员可以立即重试，然后结束；此前输错的密码不计
    .value = N
reader-help-renew = 另行生成密钥（key）或边境区秘密值（secret）以代替已丢失的，然后结束
    .value = 对象
    .more = 损坏的另行保存备查。总部在得到通知前不认识新密钥；换了秘密值，以前通行过的人无从得知，记录也不能与其他终端合并。
reader-help-pair = 输出一个号码，让一台平板电脑进入以此 --state 运行的终端，然后结束
    .more = 用于没有屏幕的地方：两分钟内有效，最多试五次，只限一台。
reader-help-public-key = 输出日志的公钥（列入终端名单的 64 位十六进制数），然后结束
    .more = 首次启动之前会生成密钥和边境区秘密值。边境区秘密值由所有终端共用：应先把它的两个文件复制到新文件夹。
reader-help-display = 接在 SPI 上的小屏（320×240）：判定的图形、文字和姓名
    .value = 小屏
reader-help-stick = U 盘上的文件包，检查员要求更新时读取
    .value = 文件
reader-help-listen = 页面的地址；第二条通道的页面在下一个端口，或由第二个 --listen 指定
    .value = 地址
reader-help-kiosk = 用此文件夹中的起始页 lane-1.html 让本机屏幕进入，而不用输出的地址
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
reader-help-events = 每个判定、决定、指示灯和继电器的变化写一行 JSON；- 表示标准输出
    .value = 文件
    .more = 其中没有姓名、通行证号码和二维码的内容。
reader-help-fps = 播放时每秒的帧数
    .value = N
reader-help-once = 只播放一遍，每个判定让位给下一张通行证，然后结束
reader-help-release = 有几个摄像头就关闭几条通道的所有输出，然后结束
    .more =
        用于被强行终止的终端之后：服务每次停止都会这样做。
reader-help-rtc = 应当一直在走的电池时钟
    .value = 时钟
    .more =
        实际硬件板未另行指定时询问内核的时钟。曾停走或读不出的时钟不可信：以它为准时不作绿色判定。
        内核按自己的时钟校准系统时间；DS3231 的时间就是终端的时间，与系统时间无关。
reader-help-lang = 语言：zh、ko 或 en
    .value = 语言

reader-exit-good = 按要求停止，或最后一张图片已处理完
reader-exit-again = 摄像头没有响应：请重新启动

reader-no-events = 无法写入 { $path }：{ $cause }。
    .next = 请用 --events 指定其他文件。
reader-no-browser = 浏览器 { $path } 无法启动：{ $cause }。
    .next = 请安装它，或在 -- 之后写另一个
reader-no-file = { $path } 无法读取、不是普通文件，或过大。
    .next = 请检查路径。不会跟随链接、文件夹或设备。
reader-no-root = 实际硬件板需要已安装的根文件。
    .next = 请用 --root 指定，或加上 --demo 按演示判定。
reader-no-bundle = 实际硬件板需要判定所依据的文件包。
    .next = 请用 --bundle 指定，或加上 --demo 按演示判定。
reader-not-demo = 没有接受 { $path }：没有 --root 时只接受演示用的文件包。
    .next = 请用 --root 指定贵方机构的根文件，或其 SHA-256。
reader-refused = 没有接受 { $path }：{ $said }。
    .next = 请向发布者重新索取文件包。原来使用的保持不变。
reader-demo-refused = 实际硬件板不接受演示用的根文件。
    .next = 请安装主管机关的根文件，或加上 --demo 按演示判定。
reader-place = 未指明本终端所在的地点。
    .next = 请用 --crossing、--side 和 --direction 指明地点。
reader-which-crossing = 没有口岸 { $said }。
    .next = 请选择：{ $crossings }。
reader-state = { $path } 中的状态不能使用：{ $cause }。
    .next = 请检查文件夹可以写入，并且没有其他终端在使用。
reader-camera = { $path } 不能当作摄像头：{ $cause }。
    .next = 请指定图片文件夹、Y4M 或 MJPEG 文件，或视频设备。
reader-no-device = 本程序编译时不含摄像头功能，无法打开 { $path }。
    .next = 请播放文件夹或文件，或使用含摄像头功能的版本。
reader-listen = 无法在 { $address } 提供页面：{ $cause }。
    .next = 请用 --listen 指定其他地址；端口 0 表示任何空闲端口。
reader-no-board = 硬件板无法打开：{ $cause }。
    .next = 请检查 --board、服务使用引脚的权限，以及 hardware/ 中的故障排除一章。
reader-lanes = 硬件板上的引脚够两条通道使用，每条通道各有一个摄像头、方向、扫描枪和页面。
    .next = --camera 写一次或两次，其余各项不得更多。
reader-display-lanes = 第二条通道占用了小屏的引脚。
    .next = 请去掉 --display，或去掉第二个 --camera。
reader-thread = 系统无法创建线程：{ $cause }。
    .next = 请关闭其他程序后重新启动。
reader-not-renewed = { $path } 中没有生成新的内容：{ $cause }。
reader-no-key = 无法读取 { $path } 中终端的密钥：{ $cause }。如已丢失，请用 --renew key 另行生成。
    .next = 只有丢失的才能另行生成；请看终端页面上的说明。
reader-not-paired = 没有在 { $path } 中生成平板电脑的号码：{ $cause }。
    .next = 请检查 --state，并以终端的用户身份运行。
reader-not-enrolled = 未能登记检查员：{ $cause }。
    .next = 请检查 --state，并选择至少六个字符的密码。
