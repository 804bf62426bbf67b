### permit demo：演示。

help-demo = 制作一套有效和无效的通行证并逐一判定
    .more =
        文件夹里有 bundle.cbor 和 root.cbor、通行证及其二维码（permits）、摄像头图片（pictures）和 report.html。
        密钥全部公开，每张卡都印有“样本”字样，只供试用。再次运行到同一文件夹时只替换自己的文件；
        如有其他文件则拒绝写入。每项判定都与预期相同时退出状态为 0，否则为 1。
help-demo-out = 写入的文件夹
    .value = 文件夹
help-demo-per = 除每例一张无缺陷图片外，每种缺陷、每级强度的图片数
    .value = N
help-demo-jobs = 同时处理的图片数；省略时每个处理器核心一张
    .value = N

demo-broken = 无法制作演示：程序本身有错误。
    .next = 请用未改动的项目重新构建。
demo-foreign = { $path } 里有不属于演示的文件：{ $file }。
    .next = 请用 --out 指定其他文件夹，或移走该文件。没有写入任何内容。

demo-cards = 正在绘制通行证
demo-pictures = 正在生成图片
demo-judging = 正在判定
demo-expected = 预期
demo-got = 结果
demo-case = 情形
demo-says = 判定
demo-unread = 未读到二维码
demo-direct = 不经图片直接判定
demo-cases = { $count } 种情形中有 { $right } 种判定正确

demo-next = 接下来看什么
demo-next-report = 用任意浏览器打开报告：
demo-next-verify = 用终端管理人员使用的命令重新判定：
demo-next-page = 用浏览器打印通行证，取一张对着摄像头拍照后判定：
demo-next-inspect = 逐字节解析一个二维码：
demo-fonts = 没有找到含汉字和朝鲜文的字体，通行证页面可能显示方框。二维码、图片和判定都不需要字体。
