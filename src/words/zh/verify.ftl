### permit verify：问什么、答什么，以及文件包哪里不对。

help-verify = 判定图片、文本和手持扫描枪输入的通行证
    .more =
        每张找到的通行证都按该口岸终端的规则判定。判定结果不是错误：没有清单时，全部读出则退出状态
        为 0，有文件打不开或读不出二维码则为 3，文件包或根文件不能用则为 4。有清单或 --against 时，1 表示有不
        符：判定不同、内容不同，或无缺陷的图片没有读出。有缺陷的图片（强度大于 0）允许读不出。1 先于 3。
help-verify-paths = 图片、图片文件夹、每行一张通行证的文本文件，或用 - 表示手持扫描枪
    .value = 路径
    .more =
        文件夹按顺序遍历，其中只看图片。用 - 时，标准输入的每一行立即判定；CR、LF 或两者都算行尾。
help-verify-bundle = 判定所依据的文件包
    .value = 文件
help-verify-root = 已安装的根文件：文件，或其内容的 SHA-256
    .value = 文件|SHA256
    .more = 省略时只接受演示用的根文件，一切结果都标明“演示”。
help-verify-crossing = 地点：口岸的编号、标识或任何一个名称
    .value = 口岸
help-verify-side = 在场的是哪一方的检查员：A 或 B
    .value = 方
help-verify-direction = 从该方看的方向：entry（入境）或 exit（出境）
    .value = 方向
help-verify-at = 时间：YYYY-MM-DD、Thh:mm、±hh:mm；省略时用本机时钟
    .value = 时间
    .more =
        只写日期表示口岸当地正午；不写时差表示口岸当地时间。手动设置的时钟只有在演示用的根文件之下才可能判为有效。
help-verify-manifest = 图片应有的结果：判定与它对照
    .value = 文件
    .more =
        JSON 列表，每项有 file（在清单旁边）、kind、strength（0 至 1）、payload（十六进制）、code（10 表示
        不应读出），以及优先于选项的 at、crossing、side、direction。一张图片有几个二维码时，用列表 codes 或写
        几项。
help-verify-json = 每次扫描写一行 JSON 对象；- 表示标准输出
    .value = 文件
    .more =
        字段：file、page、line、index；kind、strength、expected、outcome（right、missed、lost、wrong、
        misread）；asked（crossing、side、direction、at）；stage（closed、opened、found、decoded、text、
        envelope、signature、rules）；verdict（valid、invalid、refer、not-a-permit、none）、code、reason、
        evidence；also；journey；notes；permit（号码）；text（其他文本或链接的开头）；ms（load、read、
        verify，CPU 时间）；symbol（version、level、corners）；wear（grade、used、damaged）；error。
        其中没有姓名、出生日期和证件号码。
help-verify-junit = 写出 JUnit XML，每次扫描一个测试
    .value = 文件
help-verify-report = 写出报告：一个可离线打开的 HTML 文件
    .value = 文件
    .more = 缩略图显示的就是图片上的内容。只有用 --with-names 才写入姓名。
help-verify-curves = 把各类图片的读出率画成 SVG；需要写明类别的清单
    .value = 文件
help-verify-against = 与以前一次运行相比有何变化，指定那次 --json 写出的文件
    .value = 文件
help-verify-least = 某一类图片至少应读出的比例（0 到 1）；低于它时退出状态为 1
    .value = 种类=比例
    .more = 每类写一次。种类是清单里的名称；一张也没有判定的种类算作没有达到。
help-verify-with-names = 把持证人姓名写入 JSON 和报告；只用于虚构的姓名
help-verify-jobs = 同时判定的图片数；省略时每个处理器核心一张
    .value = N
help-verify-stream = 把图片按名称顺序当作同一台摄像头的画面来判定
    .more =
        也可以是影片：Y4M，或首尾相接的 JPEG（.mjpeg、AVI）。每个二维码只判定一次；JSON 中的 frame 和 frames
        说明在第几帧读出、用了几帧。

unfit-side = { " " }应为 A 或 B。
unfit-direction = { " " }应为 entry 或 exit。
unfit-at = { " " }应如 1963-09-10、1963-09-10T08:30、1963-09-10T08:30+08:30 或 1963-09-10T00:30:00Z。
unfit-least = { " " }应写成 glare=0.8 这样：清单里的种类和 0 到 1 的比例。
unfit-root = { " " }应为文件或 64 个十六进制字符。

## 表格

verify-progress = 正在判定
verify-verdict = 判定
verify-code = 代码
verify-file = 文件
verify-wear = 磨损
verify-ms = 毫秒
verify-reason = 原因
verify-unread = 未读出
verify-part = 多个二维码之一
    .which = 同一内容的第 { $part } 部分，共 { $of } 部分。
    .next = 请将所有部分同时放入画面。
verify-closed = 无法打开
    .next = 请检查该文件。
verify-by-hand = 时钟为手动设置：{ $time }。
verify-by-hand-each = 每张图片的时钟均为手动设置，最晚 { $time }。
verify-expired = 已过期：{ $documents }。以其为依据的都不会判为有效。
verify-expired-one = { $document }（{ $expired }）
verify-missing = 清单里有，但找不到：{ $path }
verify-no-scan = 没有收到要判定的内容。
verify-pace = { $seconds } 秒，每秒 { $rate } 次；CPU 时间 { $ms } 毫秒
verify-rates = 各类图片的读出率
verify-confusion = 预期代码（行）与结果代码（列）
verify-said = { $title }：{ $reason }
verify-expected = 预期
verify-none = 无
verify-outcomes = { $right } 项符合，{ $missed } 项有缺陷未读出；{ $lost } 项无缺陷而未读出，{ $wrong } 项判定不同，{ $misread } 项误读
verify-least = 读出太少：{ $kind }，{ $count } 张中读出 { $read } 张；要求 { $least } %。
verify-missed = （未读出；预期 { $expected }）
verify-lost = 无缺陷而未读出；预期 { $expected }
verify-wrong = 预期 { $expected }
verify-misread = 与图片所含不符；预期 { $expected }
verify-changes = { $count ->
        [0] 与以前一次运行相比没有变化。
       *[other] 与以前一次运行相比有 { $count } 项变化：
    }
verify-absent = 不存在

## 中止的原因

verify-empty = { $path } 里没有图片。
    .next = 请指定图片、图片文件夹（PNG、JPEG、WebP、BMP、PGM、TIFF）、文本文件，或用 - 表示手持扫描枪。
verify-no-place = 没有说明地点和方向：{ $missing }。
    .next = 例如加上：--crossing 1 --side A --direction exit。
verify-unlisted = 没有说明 { $path } 的地点和方向：{ $missing }。
    .next = 请加上这些选项，或在清单里写上同名字段。
verify-crossing = 边境区登记册里没有口岸 { $value }。
    .next = 请用下列之一的编号、标识或任何一个名称：
verify-earlier = { $path } 不是 --json 写出的文件（第 { $line } 行）。
    .next = 请把以前一次运行中 --json 写出的文件交给 --against。
manifest-large = { $path } 太大，不像清单。
    .next = 请检查是否为清单，或分成几份。
manifest-unfit = { $path } 不是清单：第 { $line } 行第 { $column } 列：{ $cause }。
    .next = 应为 JSON 列表，每项至少有 "file"。
manifest-payload = { $path } 第 { $entry } 项（{ $file }）：payload 不是十六进制。
    .next = 请把二维码中文本的字节写成成对的十六进制字符。
manifest-ask = 清单为 { $path } 写的 { $field } = { $value } 不成立。
    .next = at 如 1963-09-10T08:30，side 为 A 或 B，direction 为 entry 或 exit。

## 信任

trust-of-side = { $side } 方的{ $document }
trust-open = 无法打开 { $path }：{ $cause }。
    .next = 请检查 --bundle 和 --root 的路径。
trust-not-a-file = { $path } 不是文件。
    .next = 请指定文件本身，如 bundle.cbor。
trust-large = { $path } 超过上限 { $most } MiB。
    .next = 请检查是否为所需的文件。
trust-not-bundle = { $path } 不是文件包。
    .next = 请把主管机关公布的文件（如 bundle.cbor）交给 --bundle。
trust-a-root = { $path } 是根文件，不是文件包。
    .next = 请把它交给 --root，把文件包交给 --bundle。
trust-truncated = { $path } 不完整，在 { $bytes } 字节处中断。
    .next = 请从原处重新复制。
trust-malformed = { $path } 已损坏：{ $document }，第 { $offset } 字节。
    .next = 请从原处重新复制；仍不行请告知主管机关。
trust-not-demo = { $path } 不属于演示用的根文件。它自己的根文件（版本 { $version }）指纹是 { $fingerprint }。
    .next = 请与主管机关另行告知的指纹核对；一致则运行：{ $command }
trust-other-root = { $path } 不属于所给的根文件。它自己最新的根文件（版本 { $version }）指纹是 { $fingerprint }。
    .next = 请检查 --root。主管机关确认新指纹后运行：{ $command }
trust-signer = { $path }：{ $document }由无权签名的密钥 { $key } 签名。
    .next = 请勿使用。请重新取得文件包，并告知主管机关。
trust-signature = { $path }：密钥 { $key } 对{ $document }的签名无效。
    .next = 请勿使用。请重新取得文件包，并告知主管机关。
trust-threshold = { $path }：{ $document }需要 { $side } 方 { $need } 个签名，只有 { $have } 个。
    .next = 请该方签名。
trust-zone = { $path }：{ $document }属于边境区 { $found }，不是边境区 { $expected }。
    .next = 请取得该边境区的文件包。
trust-missing = { $path }：缺少{ $document }。
    .next = 请重新取得完整的文件包。
trust-future = { $path }：{ $document }签于 { $issued }，而本机时钟是 { $clock }。
    .next = 请校准本机时钟，或用 --at 指定时间。
trust-broken = { $path } 不能使用：{ $said }。
    .next = 请重新取得文件包；仍不行请告知主管机关。
trust-not-root = { $path } 不是根文件。
    .next = 请把主管机关公布的文件（如 root.cbor）或它的 64 位指纹交给 --root。
trust-no-demo = 本版本没有演示用的根文件。
    .next = 请指明已安装的根文件：--root FILE。

verify-scanner = 扫描枪的问题，与通行证无关
    .next = 请让扫描枪扫描其设置码，然后再扫描一次。
