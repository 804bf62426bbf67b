### 签发站的专项事务：迁居、回国、军人家属。均不产生边境通行证。

case-title = { $kind } · 事项 { $number }
case-resettlement = 迁居
case-return = 回国
case-army-family = 军人家属
case-state-received = 已受理
case-state-approved = 已批准
case-state-refusal-proposed = 拟不予批准
case-state-refused = 不予批准
case-state-authorised = 已发放准许证明
case-state-departed = 已离境
case-state-returned = 已返回
case-state-withdrawn = 已撤回
case-item-own-wish = 本人意愿，已向工作人员当面说明
case-item-relatives = 对方境内有亲属；不记录是何人
case-item-credential = 已验看对方国家的证件
case-item-request = 对方的请求，只记编号
case-item-consent = 本人同意

desk-cases = 专项事务
desk-cases-open = 未办结，按先后
desk-cases-overdue = 已逾期
desk-cases-ended = 已办结
desk-cases-lead = 期限先到的排在前面。军人家属 7 天内、回国 14 天内、迁居 30 天内作出决定。
desk-case-new = 新事项
desk-case-kind = 事项类别
desk-case-kind-hint = 军人家属：由对方提出请求。以上均不签发边境通行证。
desk-case-latin-hint = 姓在前。
desk-case-region-none = 边境区以外
desk-case-person = 当事人
desk-case-people = 同行人数
desk-case-people-hint = 包括本人。不记录其他人的姓名。
desk-case-basis = 依据
desk-case-basis-hint = 只写所依文件的编号。没有则不填。
desk-case-receive = 受理
desk-case-clock = 时限
desk-case-left = { $days ->
    [0] 今日到期
   *[other] 还有 { $days } 天
}
desk-case-late = 已逾期 { $days } 天
desk-case-received = 受理时间
desk-case-blocked = 受阻原因
desk-case-checklist = 所需各项
desk-case-checklist-lead = 各项由规则固定，不得另加要求。
desk-case-there = 已具备
desk-case-missing = 尚缺
desk-case-default = 以批准为原则。不予批准须由两名工作人员作出，并写明理由。
desk-case-never-refused = 此类事项不得不予批准：各项齐备即予批准。

desk-case-step-have = 已具备
desk-case-step-block = 登记受阻原因
desk-case-step-authorise = 发放准许证明
desk-case-step-depart = 已离境
desk-case-step-return = 已返回
desk-case-step-withdraw = 本人撤回
desk-case-follows-block = 此处所写随事项显示，直至清空。
desk-case-follows-authorise = 准许证明印出后由人签字盖章，当面发放。
desk-case-follows-depart = 此人已离境。迁居或回国事项就此办结。
desk-case-follows-return = 家属已返回。事项就此办结。
desk-case-follows-withdraw = 事项就此办结。可随时重新提出。
desk-case-print = 印制准许证明

desk-case-did-open = 受理
desk-case-did-have = 已具备：{ $item }
desk-case-did-block = 登记受阻原因
desk-case-did-unblock = 受阻原因已消除
desk-case-did-approve = 批准并签名
desk-case-did-authorise = 发放准许证明
desk-case-did-depart = 离境
desk-case-did-return = 返回
desk-case-did-withdraw = 撤回

authorisation = 准许证明
authorisation-resettlement = 准予迁往对方境内，投靠亲属居住。
authorisation-return = 准予按本人申请返回对方本国。
authorisation-army-family = 准予前往对方境内并返回。
authorisation-people = 人数
authorisation-case = 事项
authorisation-approved = 批准日期
authorisation-no-permit = 此件不是边境通行证，不带二维码。过境时由本人出示。
authorisation-hand = 签字、盖章
authorisation-refused = 迁居申请不予批准。
