### permit inspect：逐层讲解二维码、文件或图片。
### 偏移从 0 起算。句子要短，讲解清楚。

help-inspect = 逐字节解析二维码、图片或文件
    .more =
        逐层列出偏移：文本、base45、封装、被签名的内容、载荷。错误的输入显示到出错的字节为止，
        说明原因和正确写法。这里不作判定；判定请用 permit verify。只要有可解析的内容，
        无论对错，退出状态都是 0。
help-inspect-what = 二维码文本、图片、信任文件、文件包、通行证号码，或用 - 表示标准输入
    .value = 文本|图片|文件
    .more = 如果是已有文件的名称，就读取该文件；否则当作文本本身。
help-inspect-cose = 只输出通行证所代表的 COSE_Sign1，十六进制
help-inspect-json = 输出一个 JSON 对象，不输出文本行
help-inspect-bundle = 使用哪个文件包的密钥和名称；省略时用演示文件包
    .value = 文件
help-inspect-root = 所信任的根文件：文件，或其载荷的 SHA-256
    .value = 文件|SHA256
help-inspect-stages = 把读码器各步骤看到的内容存成 PNG，连同说明页一起写入该文件夹
    .value = 文件夹
    .more = 按顺序编号：原图、每种二值化、定位图形、分组，以及每个二维码的采样网格、软判决模块和纠正后的模块。

inspect-no-envelope = 这里没有可以写成 COSE_Sign1 的通行证。
    .next = 请不带 --cose 运行 permit inspect，看文本在哪里出错。
inspect-unreadable = 无法打开 { $path }：{ $cause }。
    .next = 请换一张图片，或直接输入二维码文本。

inspect-stop = 到此为止：{ $flaw }
inspect-right = 正确写法：{ $right }
inspect-rule = { $field }：{ $rule }

inspect-right-truncated = 前面的头部写了多少字节，就要有多少字节。
inspect-right-trailing = 结束后不再有内容。
inspect-right-too-long = 文本最多 1,540 个字符，没有照片时最多 320 个；文件最多 4 MiB。
inspect-right-not-shortest = 用能写下该数的最少字节（RFC 8949，4.2.1），这样一个值只有一种写法。
inspect-right-indefinite = 事先写明长度；不定长的写法不止一种。
inspect-right-float = 整数；没有带小数的字段。
inspect-right-tag = 没有标签；只有封装才有。
inspect-right-simple = false、true 或 null。
inspect-right-reserved = 头部的附加信息为 0 至 27。
inspect-right-unsorted = 条目递增排列，键按字节比较。
inspect-right-duplicate = 每个条目只出现一次。
inspect-right-key = 映射的键是数字或文本。
inspect-right-too-deep = 数组和映射的嵌套，通行证最多 4 层，文件最多 8 层。
inspect-right-utf8 = UTF-8 文本。
inspect-right-character = 字符表或该字段允许的字符。
inspect-right-overflow = 三个字符的值不超过 65535，末尾两个字符的值不超过 255。
inspect-right-length = 三个字符一组，末尾一组为三个或两个。
inspect-right-type = 该字段应有的类型。
inspect-right-range = 该字段范围内的值。
inspect-right-count = 该字段应有的数目。
inspect-right-redundant = 什么也不写：省略就是同样的意思。
inspect-right-space = 姓名各部分之间一个空格，两端没有空格。
inspect-right-header = 与所有封装相同的固定字节。

## 文字

inspect-text = 文本，{ $count } 个字符
inspect-line-end = 去掉了 { $count } 个行尾字符；除此之外从不去掉任何内容。
inspect-prefix = 开头是 { $prefix }，即边境通行证的第一版格式。
inspect-newer = 开头是 BP{ $version }:，比本程序支持的格式新。
inspect-foreign = 开头不是 { $prefix }，所以不是通行证。
inspect-foreign-closed = 不再解析：其他系统的二维码只说明种类，从不打开。
inspect-case = 前缀写成了小写；通行证的前缀是大写。

## Base45

inspect-base45 = Base45，{ $count } 个字符代表 { $bytes } 个字节
inspect-base45-how = 三个字符 c d e 代表两个字节：c + 45 d + 2025 e；末尾两个字符代表一个字节。␣ 表示空格。
inspect-base45-first = 手算第一组：{ $group } 是 { $c } + 45 × { $d } + 2025 × { $e } = { $sum }，十六进制 { $hex }。
inspect-overflow = { $group } 的值是 { $sum }，大于 { $most }。
inspect-letter = 字符 { $letter }（字节 { $hex }）不在 45 个字符之内：0–9、A–Z、空格和 $ % * + - . / :
inspect-alone = 单独一个 { $group }：一个字符不能表示一个字节。

## 封装

inspect-envelope = 封装，{ $count } 个字节
inspect-kid = 密钥标识：公钥 SHA-256 的前 4 个字节。它只说明应使用哪把密钥核对，不能证明什么。
inspect-payload-of = 载荷，{ $count } 个字节：被签名的内容
inspect-signature-r = 签名前半 R：曲线上的一点（Ed25519，RFC 8032）
inspect-signature-s = 签名后半 s：小于群的阶的一个数
inspect-rest = 剩下的内容：这里应有至少一个字节的载荷和 64 个字节的签名
inspect-short = 通行证至少有 69 个字节：密钥标识 4 个，载荷 1 个，签名 64 个。

inspect-signed = 究竟对什么签名，{ $count } 个字节（Sig_structure，RFC 9052，4.4）
inspect-signed-array = 4 项的数组
inspect-signed-context = 文本 "Signature1"：一个签名者
inspect-signed-protected = 受保护的头：算法 -19，即 Ed25519；密钥标识 { $key }
inspect-signed-aad = external_aad "{ $aad }"：按这一类签名，不能当作其他类
inspect-signed-head = { $count } 个字节的字节串的头
inspect-signed-payload = 载荷，与封装中的相同

inspect-signature = 签名
inspect-key-id = 密钥 { $key }
inspect-key = 密钥 { $key } 属于{ $station }（{ $number } 号，{ $side } 方），{ $class }，可签发日期为 { $from } 至 { $through }。
inspect-class-station = 须经签发站审批使用
inspect-class-delegated = 也可用于受委托的地区
inspect-class-direct = 可直接使用
inspect-class-demo = 供演示用
inspect-holds = 用它验证，签名有效。
inspect-fails = 用它验证，签名无效：载荷、密钥标识或签名被改过，或由别的密钥签名。
inspect-unknown-key = 名单上的 { $count } 把密钥的标识都不是 { $key }：无法判断签名是否有效。
inspect-demo-keys = 密钥取自演示文件包；用 --bundle 可换成别的。
inspect-own-keys = 密钥取自所指定的文件包。
inspect-no-verdict = 这不是判定：通行证在此时此地、此方向是否有效，请用 permit verify。

## 载荷

inspect-payload = 载荷，{ $count } 个字节
inspect-unproven = 没有有效的签名：谁都可能写出这些内容。终端不会显示其中任何一项。
inspect-item = { $kind } · { $field }
inspect-item-means = { $kind } · { $field }：{ $meaning }
inspect-type-number = 数 { $number }
inspect-type-bytes = { $count } 个字节
inspect-type-text = { $count } 个字节的文本
inspect-type-array = { $count } 项的数组
inspect-type-map = { $count } 对的映射
inspect-type-other = 通行证中没有的内容
inspect-printed = 证上印的号码：{ $number }
inspect-newer-option = 选项 { $option } 不受支持。小于 0 的选项是对持证人的限制，因此此证需要版本更新的终端。

inspect-id = { $number }：{ $name }（{ $station } 号，{ $side } 方），{ $year } 年，序号 { $serial }，第 { $copy } 次签发
inspect-none = 无
inspect-through = { $day }，共 { $days } 天
inspect-region = { $name }，{ $side } 方
inspect-region-unknown = { $name }，不在这份边境区登记册中
inspect-nation-china = 中国（ISO 3166-1）
inspect-nation-korea = 朝鲜民主主义人民共和国（ISO 3166-1）
inspect-nation-other = 按 ISO 3166-1 编号的国家
inspect-option = 选项 { $option }
inspect-option-ignored = 选项 { $option }，不受支持，予以忽略
inspect-option-newer = 选项 { $option }，不受支持，是一项限制

inspect-field-permit = 通行证
    .rule = 9 个字段；有选项时为 10 个。
inspect-field-id = 通行证号码
    .rule = 7 个字节：签发站（不为 0）、1900 年起的年数、序号（不为 0）、签发次数。
inspect-field-latin = 姓名，拉丁字母
    .rule = 1 至 39 个字节，A–Z、a–z、U+00C0–024F、空格、撇号、连字符、句点。
inspect-field-native = 姓名，汉字或朝鲜文
    .rule = 最多 60 个字节的朝鲜文或汉字，可有空格和 ·；或为 null。
inspect-field-birth = 出生日期
    .rule = 自 -36524（1800-01-01）起的日数，或 [年]，或 [年，月]。
inspect-field-birth-year = 出生年
    .rule = 1800 至 2155。
inspect-field-birth-month = 出生月
    .rule = 1 至 12。
inspect-field-nationality = 国籍
    .rule = 1 至 999（ISO 3166-1）。
inspect-field-region = 居住地区
    .rule = 边境区登记册中的号码，1 至 65535。
inspect-field-zone = 边境区
    .rule = 边境区登记册的号码，1 至 65535。
inspect-field-from = 有效期自
    .rule = 自 1900-01-01 起的日数，0 至 93501。
inspect-field-through = 有效期至
    .rule = 自 1900-01-01 起的日数，不早于第一天。
inspect-field-options = 选项
    .rule = 没有选项时省略。
inspect-field-option = 选项的键
    .rule = 数字；递增，各出现一次。
inspect-field-crossings = 仅限这些口岸
    .rule = 1 至 24 个号码，递增。
inspect-field-crossing = 口岸
    .rule = 1 至 65535，大于前一个。
inspect-field-issued = 签发日期
    .rule = 早于有效期第一天；同一天则省略。
inspect-field-entries = 出境次数
    .rule = 至少 1。
inspect-field-stay = 最长停留（天）
    .rule = 1 至 65535。
inspect-field-children = 随行儿童
    .rule = 1 至 9。
inspect-field-document = 身份证件
    .rule = 1 至 20 个字节，A–Z、0–9、连字符和 <。
inspect-field-portrait = 照片
    .rule = 1 至 800 个字节的有损 WebP。
inspect-field-specimen = 样本
    .rule = true；正式证省略此项。

## 图片

inspect-picture = 图片，{ $width } × { $height } 像素
inspect-page = 第 { $page } 页，{ $width } × { $height } 像素
inspect-codes = { $count ->
        [0] 没有读到二维码。
       *[other] 读到 { $count } 个二维码。
    }
inspect-code = 二维码 { $number }
inspect-corners = 四角坐标（像素），从二维码本身的左上角起顺时针：{ $corners }
inspect-version = 版本 { $version }：{ $modules } × { $modules } 个模块，每个约 { $pixels } 像素宽。
inspect-level = 纠错等级 { $level }：约可缺损 { $share } %。
inspect-mirrored = 这是从背面看到的。
inspect-wear = 磨损等级 { $grade }：{ $modules } 个模块中有 { $damaged } 个与印出时不同；最差的一块用去 { $used } % 的纠错能力。
inspect-wear-unknown = 无法判断磨损：这种识读方式不提供印刷原样。
inspect-sight = 在 { $corners } 看到一个二维码，很可能是版本 { $version }，但没有读出：{ $share } % 的块可以纠正。

## 号码

inspect-number = 通行证号码
inspect-check = 校验字符 { $check }：相符（ISO 7064 MOD 37,2）。
inspect-number-character = 其中有通行证号码不会有的字符。
inspect-number-shape = 不是四组数字加一个校验字符。
inspect-number-range = 其中的签发站、年、序号或签发次数不可能存在。
inspect-number-check = 校验字符不符：有地方输错了。
inspect-number-meant = 按这些数字，校验字符应为 { $check }：{ $number }
inspect-number-form = 格式：SSSSS-YYYY-NNNNNNNN-CCC-K，即签发站、年、序号、签发次数、校验字符；前面的零可以省略。
inspect-number-proves = 号码不能证明什么：只能查询，不能核验。

## 信任文件

inspect-bundle = 文件包，{ $count } 个字节
inspect-bundle-has = 共 { $count } 份文件，其中根文件 { $roots } 份。
inspect-side-missing = 其中没有 { $side } 方的文件。
inspect-document = 文件：{ $document }，{ $count } 个字节
inspect-document-unknown = 种类未知的文件，{ $count } 个字节
inspect-expanded = 展开的通行证
inspect-expanded-says = 这是通行证的 COSE_Sign1，代表下面的文本。
inspect-cose-one = 标签 18，COSE_Sign1：一个签名；4 项的数组
inspect-cose-many = 标签 98，COSE_Sign：多个签名；4 项的数组；头为空
inspect-cose-unprotected = 不受保护的头：空
inspect-cose-signatures = { $count } 个签名，按密钥标识递增
inspect-signer = { $key }，{ $side } 方，角色 { $role }：{ $says }
inspect-signer-unknown = { $key } 不在现有的根文件中：无法判断它的签名是否有效。
inspect-header-version = 版本
inspect-header-issued = 签发时间
inspect-header-next = 下次更新
inspect-header-expires = 过期时间
inspect-header-zone = 边境区
inspect-fingerprint = 指纹，可用于 --root：{ $fingerprint }
inspect-fingerprint-words = 同一指纹的词语形式，可朗读核对：{ $words }
inspect-digests = 被盗密钥 { $key } 确实签发的 { $count } 份通行证中，只列出前 { $shown } 份的摘要。
inspect-contents = 内容：
inspect-no-document = 载荷不是任何一种信任文件；下面按最接近的一种显示。
inspect-skipped = 前面还有 { $count } 项，从略。
inspect-whole = 整个文件包
inspect-sound = 完整：装有其第一份根文件的终端会接受它。

## 读码器看到的内容（--stages）

stages-title = 读码器看到了什么
stages-about = 一张图片，按读码器自己的顺序逐步显示。读码器只在前面的二值化没有读出时才看后面的；这里全部显示。
stages-done = 共 { $count } 张图片；说明见 { $path }。
stages-no-picture = 只有图片才有步骤可以显示。
    .next = 请指定图片文件，或不用 --stages。
stages-input = 原图
stages-input-says = { $width } × { $height } 像素的灰度；不看颜色。
stages-binarize = 二值化：“{ $name }”
stages-binarize-says = 与周围相比的明暗，尺寸为 1/{ $scale }；其中有 { $count } 个定位图形。这里只找定位图形；模块总是从灰度图采样。
stages-find = 查找
stages-find-says = 各种二值化共看到 { $count } 个定位图形。每种二值化的圆环大小和颜色各不相同，最里面的属于第一种。
stages-group = 分组
stages-group-says = { $count ->
        [0] 没有三个定位图形像是属于同一个二维码。
       *[other] 尝试了 { $count } 组，每组三个定位图形。
    }圆环在两条线相交的角上。实线：已读出。虚线：未读出。
stages-sample = 采样：第 { $number } 个二维码，版本 { $version }
stages-sample-says = 每个模块的测量点：黄色为看似深色，蓝色为看似浅色。网格按图形所示随折痕和弯曲而变。
stages-soften = 软判决：第 { $number } 个二维码
stages-soften-says = 每个模块与周围明暗比较。灰度是看到的值，方块大小表示把握；{ $count } 个中有 { $unsure } 个没有把握。
stages-correct = 纠错：第 { $number } 个二维码
stages-correct-says = 模块应有的样子。带框打叉：看错的 { $wrong } 个模块。条纹：纠错前因可疑而放弃的码字，共 { $erased } 个模块。
