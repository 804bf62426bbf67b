### 操作手册：每件事怎么办，一行一步。按钮上的字取自按钮自己的消息，写在直角引号内，显示为粗体。

desk-handbook = 操作手册
desk-handbook-lead = 本站每件事怎么办，按按钮上的字说明。不在本人角色之内的事，没有按钮。

handbook-enter = 登录
handbook-enter-steps =
    填写「{ desk-enter-number }」和「{ desk-enter-passphrase }」，再按「{ desk-enter }」。输错之后，下一次须等待。
    在上方选择语言，下次仍用此语言。左侧列出待办；红色的是等候过久的。
    离开座位时按「{ desk-lock }」，下班时按「{ desk-leave }」。十分钟无操作，自动锁定。

handbook-apply = 有人申请（{ role-counter }）
handbook-apply-steps =
    「{ desk-start }」，再按「{ desk-new }」。选择通行事由和申请人类别，按「{ desk-go-on }」。因公通行者告知去何处办理，不留任何记录。
    逐份登记材料的出具单位和日期，材料当场退还。填写本人情况：拉丁字母姓名，姓在前；出生日期知道多少填多少。其他栏目可以留空。
    姓名和出生日期相近的人显示在上方，请比对。是否同一人，由您决定。
    「{ desk-hand-in }」。有误之处在该栏旁以红字说明，改好之前不作任何登记。
    申请人须改日再来的，按「{ desk-keep }」。该申请列在「{ desk-queue-drafts }」，届时按「{ desk-step-fill }」继续。
    把申请编号告诉申请人。

handbook-employee = 国家工作人员申请（{ role-counter }）
handbook-employee-steps =
    先看单位的信：选择出示的是哪一种，登记出具单位和日期，按「{ desk-go-on }」。
    此后申请表才打开：「{ desk-step-fill }」，填写本人情况，「{ desk-hand-in }」。

handbook-want = 材料不全
handbook-want-steps =
    公安或边防：打开申请，「{ desk-step-want }」，勾选所缺材料，再按一次同名按钮。
    受理：该申请列在「{ desk-queue-incomplete }」。材料补齐后按「{ desk-step-fill }」，登记材料，「{ desk-hand-in }」。

handbook-decide = 批准（公安、边防）
handbook-decide-steps =
    在「{ desk-queue-submitted }」中打开申请，按「{ desk-step-review }」。
    阅看材料、本人情况，以及显示为相近的人。
    「{ desk-step-approve }」显示所要签名的内容。无误则输入口令，按「{ desk-sign }」。国家工作人员的申请须公安和边防各批准一次，后一位在「{ desk-queue-review }」中找到它。
    任何人不得批准本人的申请；须两人批准的，不得批准本人录入的申请。

handbook-refuse = 不予批准（两人）
handbook-refuse-steps =
    第一人：在「{ desk-queue-review }」中打开申请，「{ desk-step-propose-refusal }」。选择依据，用申请人的语言写明原因，核对期限和受理申诉的签发站，按「{ desk-go-on }」，再按「{ desk-sign }」。
    第二人：在「{ desk-queue-refusals }」中打开申请，「{ desk-step-refuse }」，阅看后按「{ desk-sign }」。不同意的，按「{ desk-step-drop-refusal }」，审查继续。
    「{ desk-decision }」：按「{ desk-print-now }」印出，交给申请人。

handbook-print = 签发、印制、发放（{ role-counter }）
handbook-print-steps =
    在「{ desk-queue-approved }」中打开申请，按「{ desk-step-issue }」。证上要有照片的，在印制之前按「{ desk-portrait }」。
    「{ desk-print-now }」：按 100% 双面打印，沿长边翻转。一次印多张：在「{ desk-queue-to-print }」中按「{ desk-several }」。
    纸张印出之后，才按「{ desk-printed }」。
    「{ desk-step-read-back }」：扫描或拍摄印件，选择文件，再按一次同名按钮。读不出，或是另一张证，都会说明：重新打印再试。
    持证人来时：在「{ desk-queue-to-hand-over }」中打开申请，「{ desk-step-hand-over }」，核对本人与通行证，再按一次同名按钮。

handbook-lost = 通行证遗失或找到（{ role-counter }）
handbook-lost-steps =
    「{ desk-search }」：按编号或姓名查找，打开申请。
    「{ desk-step-lose }」，阅看后果，再按一次同名按钮。此后已更新名单的终端不再放行所遗失的一张。
    持证人要补领的：按两次「{ desk-step-reprint }」，再照上面印制、核读、发放。号码不变，签发次数加一。
    交回的，或他人拾到交来的通行证：「{ desk-step-surrender }」。

handbook-mistake = 有错字（{ role-counter }）
handbook-mistake-steps =
    签发之前：打开申请，「{ desk-step-correct }」，改正，写明原因，「{ desk-compare }」，核对前后，再按「{ desk-step-correct }」。原已批准的人须重新批准。
    签发之后：打开申请，「{ desk-amend }」。重新出示材料，改正姓名，「{ desk-hand-in }」。此后与其他申请一样批准、签发、印制、发放，并取代原证；原证收回。

handbook-batch = 用 Excel 一次受理多人（{ role-counter }）
handbook-batch-steps =
    「{ desk-batch }」，再按「{ desk-batch-empty }」。指针停在列名上，即显示该列填什么；每人填一行，保存。列可以省去，不可添加。
    选择文件，「{ desk-batch-look }」。有错则一行也不受理：「{ desk-batch-list }」按行列出，改好后再检查。
    「{ desk-batch-take }」。此后每一行都是一件普通申请；材料不齐的列在「{ desk-queue-drafts }」。中断了，用同一文件再做一遍，不会重复受理。

handbook-end = 续办、撤回、注销
handbook-end-steps =
    受理：快到期的通行证列在「{ desk-queue-expiring }」。「{ desk-renew }」由它开始一件新申请。
    受理：发放之前申请人不再需要的：「{ desk-step-withdraw }」。
    公安、边防：不得再使用的通行证：「{ desk-step-propose-revocation }」，由第二人按「{ desk-step-revoke }」，与不予批准相同。

handbook-matters = 办不通的事
handbook-matters-steps =
    「{ desk-matters }」：发现办不通的事，就在此提出，不写人名。它会列入下一次报告；不写明文字，谁也不能了结。
    对一件申请做过什么，都写在它的页面上。
