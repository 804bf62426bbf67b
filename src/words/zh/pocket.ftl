### 便携验证页：手机上的网页。模块载入之前 `page/index.html` 中的文字抄自本文件，由测试保证一致。

pocket-title = 便携验证页
pocket-short = 验证
pocket-no-script = 本页需要支持 JavaScript 和 WebAssembly 的浏览器。
pocket-starting = 正在启动
pocket-failed = 此浏览器无法启动验证程序。请换用较新的浏览器，或重新载入本页。

pocket-patrol = 核查
pocket-holder = 我的通行证
pocket-lists = 名单
pocket-limits = 局限

## 读取

pocket-camera-on = 打开摄像头
pocket-camera-off = 关闭摄像头
pocket-camera-refused = 未获准使用摄像头。请在浏览器设置中允许本页使用，或选择图片，或输入编号。
pocket-camera-none = 没有摄像头。请选择图片或输入编号。
pocket-camera-lost = 摄像头被占用或断开。请重新打开。
pocket-camera-rest = 摄像头已休息：两分钟内没有出示二维码。
pocket-power = 电量低：每秒查看的画面减少。
pocket-picture = 图片或 PDF
pocket-next = 下一个通行证
pocket-again = 验证程序在这幅画面上停止，已重新启动。请继续下一个。
pocket-file-none = 此文件不是图片。请选择图片或 PDF。
pocket-file-damaged = 此文件已损坏。请重新拍摄。
pocket-file-large = 此文件过大。请选择较小的图片。
pocket-file-locked = 此 PDF 需要密码。请选择没有密码的文件。
pocket-file-foreign = 此处无法读取这种图片。请另存为 PNG 或 JPEG。
pocket-file-absent = 服务器没有应答，无法载入读取此类文件的程序。请选择图片，或在有网络时再试。
pocket-file-loading = 正在载入读取此类文件的程序，只需一次，请稍候。
pocket-file-more = 正在查看此文件的各页：还剩 { $count } 页。
pocket-part-elsewhere = 这是名单的二维码，不是通行证。要接收名单，请打开“名单”。
pocket-outline = 摄像头画面，其中的二维码已标出

## 所在位置

pocket-place = 您在哪里？
pocket-crossing = 口岸
pocket-side = 方
pocket-direction = 方向
pocket-side-a = A 方
pocket-side-b = B 方
pocket-nowhere = 不在任何口岸
pocket-not-asked = 此处未核对：通行证在某口岸是否有效，该口岸是否开放。
pocket-way-home = 返家的人，不论此处显示什么，都不扣留。
pocket-not-known = 此处不知道：已通行次数、持证人是否已在对方境内、停留多久。
pocket-opens-nothing = 此处不作记录，也不开启任何闸门。
pocket-clock-next = 请校正本设备的时钟，或接收较新的名单。
pocket-journeys = 允许通行次数
pocket-at = 演示日期

## 自己的通行证

pocket-holder-more = 请将您通行证的二维码对准摄像头，或选择它的图片。本页只作说明，不保存任何内容。
pocket-explain-days = 有效期自 { $from } 至 { $through }。
pocket-explain-journeys = { $count ->
   *[other] 允许往返通行 { $count } 次。
}
pocket-explain-unlimited = 通行次数不限。
pocket-explain-used = 已通行几次，口岸知道，此处不知道。
pocket-outlook = 离家出境
pocket-today = 今天
pocket-tomorrow = 明天
pocket-ask = 如有疑问，请询问签发站：{ $station }。

## 根文件和名单

pocket-lists-first = 还不能判定：请先在“名单”中接收名单。
pocket-root = 根文件
pocket-root-absent = 此处没有根文件：尚未接收，或浏览器已清除所保存的内容。
pocket-root-more = 本页只相信一个根文件的名单。请将它的指纹与主管机关书面给您的指纹逐组或逐词核对。
pocket-root-same = 相同
pocket-root-other = 不同：不接收
pocket-root-scan = 扫描指纹
pocket-root-none = 这不是根文件的指纹。
pocket-other-root = 这些名单属于另一个根文件。什么也没有接收。
pocket-lists-absent = 没有名单
pocket-lists-file = 从文件
pocket-lists-terminals = 这些二维码只供终端读取。手机和窗口请使用 permit authority codes --numbered 画出的二维码。
pocket-lists-server = 从本服务器
pocket-lists-unreachable = 服务器没有应答或没有名单。正在使用的名单不变。
pocket-lists-shared = 另一个标签页更改了名单或位置，此处也已采用。
pocket-forget = 全部忘记
pocket-forget-more = 根文件、名单和位置将被删除。此后较旧的名单也会被接收，因为本页不再知道其他名单。
pocket-forget-sure = 是，全部忘记
pocket-not-kept = 此浏览器不为本页保存内容：关闭后根文件和名单即消失。
pocket-kept-short = 浏览器在空间不足时可能清除根文件和名单。安装本页可保存更久。

## 网页本身

pocket-offline = 现在没有网络也能使用。
pocket-newer = 本页的新版本已准备好。
pocket-newer-take = 立即使用

## 手机不能保证什么

pocket-limit-stays = 读到的内容不离开本设备，也不保存。屏幕截图由您自己负责。
pocket-limit-journal = 没有通行记录：此处不知道通行次数、是否在对方境内、停留多久，也不开启闸门。
pocket-limit-clock = 把本设备的时钟拨快，可使通行证显得已过期；拨慢到已知时间之前会被发现，届时不会显示绿色。
pocket-limit-storage = 清除浏览器存储会清除根文件和名单，此后可能再收到较旧的名单。每次都请核对根文件的指纹。
pocket-limit-device = 控制本设备或本页所在服务器的人，也控制它所显示的内容。在口岸以终端的判定为准。
