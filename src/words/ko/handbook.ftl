### 업무 안내: 일마다 하는 법, 한 줄에 한 단계. 단추의 글은 단추 자신의 메시지에서 가져와 낫표 안에 두며, 굵게 나온다.

desk-handbook = 업무 안내
desk-handbook-lead = 이 발급소에서 일마다 하는 법을 단추의 글대로 적었습니다. 본인의 역할에 없는 일에는 단추가 없습니다.

handbook-enter = 로그인
handbook-enter-steps =
    「{ desk-enter-number }」와 「{ desk-enter-passphrase }」를 적고 「{ desk-enter }」. 한 번 틀리면 다음 시도까지 기다려야 합니다.
    위에서 언어를 고르면 다음에도 그 언어로 나옵니다. 왼쪽에 대기 업무가 있고, 빨간 것은 너무 오래 기다린 것입니다.
    자리를 뜰 때는 「{ desk-lock }」, 일을 마치면 「{ desk-leave }」. 10분 동안 아무것도 하지 않으면 저절로 잠깁니다.

handbook-apply = 신청을 받을 때({ role-counter })
handbook-apply-steps =
    「{ desk-start }」에서 「{ desk-new }」. 통행 목적과 신청인을 고르고 「{ desk-go-on }」. 업무 통행이면 어디로 가야 하는지 알려 주며, 아무것도 남지 않습니다.
    서류마다 발급한 곳과 일자를 적고 서류는 돌려줍니다. 신청인을 적습니다. 로마자 이름은 성부터, 출생일은 아는 만큼. 다른 칸은 비워 두어도 됩니다.
    이름과 출생일이 비슷한 사람이 위에 나옵니다. 대조하십시오. 같은 사람인지는 담당자가 판단합니다.
    「{ desk-hand-in }」. 잘못된 곳은 칸 옆에 빨갛게 나오며, 고치기 전에는 아무것도 기록되지 않습니다.
    신청인이 다시 와야 하면 「{ desk-keep }」. 「{ desk-queue-drafts }」에 남아 있으니 거기서 「{ desk-step-fill }」로 계속합니다.
    신청 번호를 신청인에게 알려 줍니다.

handbook-employee = 국가기관 직원의 신청({ role-counter })
handbook-employee-steps =
    소속 기관의 편지가 먼저입니다. 어느 것을 보였는지 고르고, 발급한 곳과 일자를 적은 뒤 「{ desk-go-on }」.
    그러면 신청서가 열립니다. 「{ desk-step-fill }」, 신청인을 적고 「{ desk-hand-in }」.

handbook-want = 빠진 것이 있을 때
handbook-want-steps =
    공안이나 국경경비: 신청을 열고 「{ desk-step-want }」, 빠진 서류를 고른 뒤 같은 단추를 한 번 더.
    접수: 「{ desk-queue-incomplete }」에 있습니다. 서류가 오면 「{ desk-step-fill }」, 서류를 적고 「{ desk-hand-in }」.

handbook-decide = 승인(공안, 국경경비)
handbook-decide-steps =
    「{ desk-queue-submitted }」에서 신청을 열고 「{ desk-step-review }」.
    서류, 신청인, 비슷하다고 나온 사람을 봅니다.
    「{ desk-step-approve }」은 서명할 내용을 보여 줍니다. 맞으면 암호를 적고 「{ desk-sign }」. 국가기관 직원의 신청은 공안과 국경경비가 각각 하며, 두 번째는 「{ desk-queue-review }」에서 찾습니다.
    누구도 본인의 신청을 승인하지 못하며, 두 사람이 필요한 신청은 본인이 입력했으면 승인하지 못합니다.

handbook-refuse = 불허(두 사람)
handbook-refuse-steps =
    첫 번째: 「{ desk-queue-review }」에서 열고 「{ desk-step-propose-refusal }」. 근거를 고르고, 신청인의 언어로 사유를 적고, 기한과 발급소를 확인한 뒤 「{ desk-go-on }」, 「{ desk-sign }」.
    두 번째: 「{ desk-queue-refusals }」에서 열고 「{ desk-step-refuse }」, 읽고 「{ desk-sign }」. 동의하지 않으면 「{ desk-step-drop-refusal }」. 심사가 계속됩니다.
    「{ desk-decision }」: 「{ desk-print-now }」로 인쇄하여 신청인에게 줍니다.

handbook-print = 발급, 인쇄, 교부({ role-counter })
handbook-print-steps =
    「{ desk-queue-approved }」에서 열고 「{ desk-step-issue }」. 통행증에 사진을 넣으려면 인쇄하기 전에 「{ desk-portrait }」.
    「{ desk-print-now }」: 100%로 앞뒤에, 긴 변을 따라 뒤집어. 여러 장을 한꺼번에 하려면 「{ desk-queue-to-print }」에서 「{ desk-several }」.
    종이가 나온 다음에 「{ desk-printed }」.
    「{ desk-step-read-back }」: 인쇄물을 스캔하거나 찍고, 파일을 고른 뒤 같은 단추를 한 번 더. 읽히지 않거나 다른 통행증이면 알려 줍니다. 다시 인쇄하여 해 보십시오.
    소지자가 오면 「{ desk-queue-to-hand-over }」에서 열고 「{ desk-step-hand-over }」, 본인과 통행증을 대조한 뒤 같은 단추를 한 번 더.

handbook-lost = 통행증을 잃었거나 찾았을 때({ role-counter })
handbook-lost-steps =
    「{ desk-search }」에서 번호나 이름으로 찾아 신청을 엽니다.
    「{ desk-step-lose }」, 그다음에 생기는 일을 읽고 같은 단추를 한 번 더. 그때부터 새 목록을 받은 단말기는 잃은 것을 통과시키지 않습니다.
    다시 주려면 「{ desk-step-reprint }」 두 번, 그다음 위와 같이 인쇄, 판독 확인, 교부. 번호는 같고 발급 차수가 하나 올라갑니다.
    반납했거나 주워서 가져온 통행증: 「{ desk-step-surrender }」.

handbook-mistake = 잘못 적었을 때({ role-counter })
handbook-mistake-steps =
    서명하기 전: 신청을 열고 「{ desk-step-correct }」, 고치고, 왜 고치는지 적고, 「{ desk-compare }」, 앞뒤를 보고 「{ desk-step-correct }」. 이미 승인한 사람은 다시 승인합니다.
    서명한 다음: 신청을 열고 「{ desk-amend }」. 서류를 다시 보이고, 이름을 고치고, 「{ desk-hand-in }」. 다른 신청처럼 승인, 발급, 인쇄, 교부하며, 이전 것을 대체합니다. 이전 것은 거두어들입니다.

handbook-batch = 엑셀로 여럿을 한꺼번에({ role-counter })
handbook-batch-steps =
    「{ desk-batch }」에서 「{ desk-batch-empty }」. 열 이름에 포인터를 두면 무엇을 적는지 나옵니다. 한 사람에 한 행씩 적고 저장합니다. 열은 뺄 수 있어도 더할 수는 없습니다.
    파일을 고르고 「{ desk-batch-look }」. 잘못된 곳이 있으면 아무것도 받지 않습니다. 「{ desk-batch-list }」에 행마다 나오니 고쳐서 다시 확인합니다.
    「{ desk-batch-take }」. 이제 행마다 보통 신청입니다. 서류가 다 없는 것은 「{ desk-queue-drafts }」에 있습니다. 중간에 끊기면 같은 파일로 다시 하십시오. 두 번 받지 않습니다.

handbook-end = 갱신, 철회, 취소
handbook-end-steps =
    접수: 곧 끝나는 통행증은 「{ desk-queue-expiring }」에 있습니다. 「{ desk-renew }」은 거기서 새 신청을 시작합니다.
    접수: 교부하기 전에 더는 원하지 않으면 「{ desk-step-withdraw }」.
    공안, 국경경비: 더 쓰여서는 안 되는 통행증은 「{ desk-step-propose-revocation }」, 두 번째 담당자가 「{ desk-step-revoke }」. 불허와 같습니다.

handbook-matters = 잘되지 않는 일
handbook-matters-steps =
    「{ desk-matters }」: 잘되지 않는 일이 있으면 누구나 여기에 올립니다. 사람 이름은 쓰지 않습니다. 다음 보고에 들어가며, 말없이 닫히지 않습니다.
    신청에 한 일은 모두 그 페이지에 적혀 있습니다.
