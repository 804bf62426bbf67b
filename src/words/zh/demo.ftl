### permit demo：演示。

help-demo = 制作一套好坏俱全的通行证并逐一判定
    .more =
        文件夹里有 bundle.cbor 和 root.cbor、通行证及其二维码（permits）、相机图片（pictures）和 report.html。
        密钥全部公开，每张卡都印有样本字样，只供试用。再次运行到同一文件夹时只替换自己的文件；
        如有其他文件则拒绝写入。每项判定都与预期相同时退出状态为 0，否则为 1。
help-demo-out = 写入的文件夹
    .value = 文件夹
help-demo-per = 除每例一张清晰图片外，每种劣化、每级强度的图片数
    .value = N
help-demo-jobs = 同时处理的图片数；省略时每个处理器核心一张
    .value = N

demo-broken = 无法制作演示：程序本身有错。
    .next = 请用未改动的项目重新构建。
demo-foreign = { $path } 里有不属于演示的文件：{ $file }。
    .next = 请用 --out 指定其他文件夹，或移走该文件。没有写入任何内容。

demo-cards = 正在绘制通行证
demo-pictures = 正在拍摄
demo-judging = 正在判定
demo-expected = 应得
demo-got = 所得
demo-case = 例
demo-says = 判定
demo-unread = 未读到二维码
demo-direct = 不经图片直接询问
demo-cases = { $count } 例中有 { $right } 例判定正确

demo-next = 接下来看什么
demo-next-report = 用任何浏览器打开报告：
demo-next-verify = 用终端管理者的命令再判一次：
demo-next-page = 用浏览器打印通行证，再取一张对着相机拍照核验：
demo-next-inspect = 逐字节讲解一个二维码：
demo-fonts = 没有找到含汉字和朝鲜文的字体，通行证页面可能显示方框。二维码、图片和判定都不需要字体。
