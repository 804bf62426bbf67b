### permit bench：重新测量我们的数字。

help-bench = 在本机上测量文档所载的数据
help-bench-reading = 我们的读码器与其他读码器相比：读出多少，用时多少
    .more =
        每张图片以相同的灰度像素依次交给所有读码器，各用一个线程；时间为 CPU 时间。
        其他读码器用 Python 中已安装的（pip install zxing-cpp pyzbar
        opencv-contrib-python-headless numpy）；缺少的会列出名称。
        第二个表说明我们读码器的每一步增加多少、用时多少。
help-bench-reading-pictures = 每种生成多少张图片，或有 manifest.json 的文件夹
    .value = 数量|文件夹
    .more = 清单列出 file、kind、payload（十六进制）或 expected（文本），已知时还有 strength。
help-bench-reading-seed = 种子不同，图片不同
    .value = 数
help-bench-reading-peers = 与之比较的读码器：zxing-cpp、zxing-cpp-fast、zbar、opencv、wechat，或 none
    .value = 名称
help-bench-reading-python = 安装了其他读码器的 Python
    .value = 文件
help-bench-reading-out = 把 reading.json、reading.csv 和图表 reading-time.svg、reading-kinds.svg 写入该文件夹
    .value = 文件夹
help-bench-reading-json = 把数据以 JSON 写入该文件
    .value = 文件
help-bench-reading-least = 我们的读码器读出率低于该百分比时，以状态 1 结束
    .value = 百分比

bench-progress = 正在读取
bench-pictures = 有二维码图片 { $count } 张，无二维码 { $empty } 张（{ $pictures }）
bench-reader = 读码器
bench-read = 读出 %
bench-mean = 平均毫秒
bench-median = 中位数
bench-p95 = p95
bench-empty = 无二维码毫秒
bench-misread = 误读
bench-ratio = ÷ zxing-cpp
bench-step = 步骤
bench-adds = 增加
bench-costs = 用时毫秒
bench-together = 其他读码器合计读出 { $percent } %。
bench-missing = 没有 { $name }：{ $reason }
bench-out = 图表和表格在 { $path }。
bench-chart-title = 读出率与时间
bench-chart-note = 有二维码图片 { $count } 张。线条：我们的读码器每一步之后。
bench-chart-time = 每张图片平均毫秒，单线程 CPU 时间
bench-kinds-title = 各种类和强度的读出率
bench-no-pictures = 清单中没有图片。
    .next = 请指定 manifest.json 中列有图片的文件夹，或要生成的图片数量。
bench-peers-gone = 其他读码器没有响应：{ $cause }。
    .next = 用 --peers 去掉其中一个，看是哪个；--peers none 只测我们的读码器。
bench-least = 我们的读码器读出 { $read } %，低于 { $least } %。
    .next = 请把 reading.csv（--out）与以前的结果比较，看缺了哪些图片。
unfit-peer = 应为 zxing-cpp、zxing-cpp-fast、zbar、opencv、wechat 或 none。
unfit-pictures = 应为 1 到 1000 的数，或文件夹。
unfit-percent = 应为 0 到 100 的数。
