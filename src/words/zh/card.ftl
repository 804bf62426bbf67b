### 印在通行证上的文字。要短，一行排得下。

card-title = 边境通行证
card-name-latin = 姓名（拉丁字母）
card-name-native = 姓名（汉字或朝鲜文）
card-birth = 出生日期
card-nationality = 国籍
card-home = 居住地区
card-valid-from = 有效期自
card-valid-through = 有效期至
card-crossings = 通行口岸
card-every-crossing = 边境区各口岸
card-entries = 通行次数
card-unlimited = 不限
card-stay = 最长停留
card-days = { $days } 天
card-children = 随行儿童
card-document = 身份证件
card-none = 无
card-number = 证件号码
card-issued-by = 签发站
card-issued = 签发日期
card-only-zone = 仅在双方边境区内有效。
card-found = 拾到者请交到最近的口岸或签发站。
card-specimen = 样本
