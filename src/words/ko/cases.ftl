### 발급소의 사안: 이주, 귀국, 군인 가족. 어느 것도 국경통행증이 되지 않는다.

case-title = { $kind } · 사안 { $number }
case-resettlement = 이주
case-return = 귀국
case-army-family = 군인 가족
case-state-received = 접수됨
case-state-approved = 승인됨
case-state-refusal-proposed = 불허 제안됨
case-state-refused = 불허됨
case-state-authorised = 허가 증명서 교부됨
case-state-departed = 출국함
case-state-returned = 돌아옴
case-state-withdrawn = 철회됨
case-item-own-wish = 본인의 뜻을 담당자에게 직접 밝힘
case-item-relatives = 상대측에 친척이 있음. 누구인지는 적지 않음
case-item-credential = 상대측의 본국 증명서를 확인함
case-item-request = 상대측의 요청. 번호만 적음
case-item-consent = 본인의 동의

desk-cases = 사안
desk-cases-open = 진행 중, 급한 순서
desk-cases-overdue = 기한 지남
desk-cases-ended = 끝남
desk-cases-lead = 기한이 먼저 오는 사안이 앞에 옵니다. 군인 가족은 7일, 귀국은 14일, 이주는 30일 안에 결정합니다.
desk-case-new = 새 사안
desk-case-kind = 사안의 종류
desk-case-kind-hint = 군인 가족은 상대측의 요청으로 시작합니다. 어느 것도 국경통행증이 아닙니다.
desk-case-latin-hint = 성을 먼저 씁니다.
desk-case-region-none = 국경지역 밖
desk-case-person = 본인
desk-case-people = 함께 가는 인원
desk-case-people-hint = 본인을 포함합니다. 다른 사람의 이름은 적지 않습니다.
desk-case-basis = 근거
desk-case-basis-hint = 근거 문서의 번호만 씁니다. 없으면 비워 둡니다.
desk-case-receive = 접수
desk-case-clock = 기한
desk-case-left = { $days ->
    [0] 오늘까지
   *[other] { $days }일 남음
}
desk-case-late = { $days }일 지남
desk-case-received = 접수한 때
desk-case-blocked = 막힌 사정
desk-case-checklist = 갖출 것
desk-case-checklist-lead = 갖출 것은 규칙으로 정해져 있습니다. 다른 것을 더 요구하지 않습니다.
desk-case-there = 갖춤
desk-case-missing = 아직 없음
desk-case-default = 승인이 원칙입니다. 불허하려면 담당자 두 사람과 글로 쓴 사유가 필요합니다.
desk-case-never-refused = 이런 사안은 불허하지 않습니다. 다 갖추면 승인합니다.

desk-case-step-have = 갖춤
desk-case-step-block = 막힌 사정 적기
desk-case-step-authorise = 허가 증명서 교부
desk-case-step-depart = 출국함
desk-case-step-return = 돌아옴
desk-case-step-withdraw = 본인이 철회
desk-case-follows-block = 여기 쓴 것은 비울 때까지 사안과 함께 보입니다.
desk-case-follows-authorise = 허가 증명서를 인쇄하여 손으로 서명하고 본인에게 교부합니다.
desk-case-follows-depart = 본인이 출국했습니다. 이주와 귀국 사안은 여기서 끝납니다.
desk-case-follows-return = 가족이 돌아왔습니다. 사안은 여기서 끝납니다.
desk-case-follows-withdraw = 사안은 여기서 끝납니다. 언제든지 다시 접수할 수 있습니다.
desk-case-print = 허가 증명서 인쇄

desk-case-did-open = 접수
desk-case-did-have = 갖춤: { $item }
desk-case-did-block = 막힌 사정을 적음
desk-case-did-unblock = 막힌 사정이 풀림
desk-case-did-approve = 승인하고 서명
desk-case-did-authorise = 허가 증명서 교부
desk-case-did-depart = 출국
desk-case-did-return = 돌아옴
desk-case-did-withdraw = 철회

authorisation = 허가 증명서
authorisation-resettlement = 상대측으로 옮겨 친척과 함께 거주하는 것을 허가합니다.
authorisation-return = 본인이 신청한 대로 본국으로 귀국하는 것을 허가합니다.
authorisation-army-family = 상대측에 다녀오는 것을 허가합니다.
authorisation-people = 인원
authorisation-case = 사안
authorisation-approved = 승인한 날
authorisation-no-permit = 이것은 국경통행증이 아니며 코드가 없습니다. 통과할 때 본인이 제시합니다.
authorisation-hand = 서명과 도장
authorisation-refused = 이주 신청은 불허됐습니다.
