### 단말기 화면에서 판정 말고 하는 말. 지치고 춥고 바쁜 사람이 보므로 짧게 쓴다.
### 상태 이름의 끝은 단말기 내부의 이름과 같으며 시험으로 대조한다.

screen-title = 국경통행검사소
    .traveller = 통행인 화면
    .supervisor = 책임자
    .notice = 보관하는 정보
    .slip = 통지서
screen-lang-zh = 中文
screen-lang-ko = 한국어
screen-lang-en = English
screen-language = 언어
screen-nation-156 = 중국
screen-nation-408 = 조선
screen-lane = { $number }번 통로
screen-side = { $side }측
screen-entry = 입국
screen-exit = 출국
screen-switch = 방향 전환
screen-lost = 단말기와의 통신이 끊겼습니다. 화면의 내용이 지난 것일 수 있습니다.
screen-demo = 시연 · 견본

## 단말기의 상태

screen-starting = 시작 중
    .more = 단말기가 자체 점검을 하고 있습니다.
screen-waiting = 통행증을 제시하십시오
    .more = 코드를 카메라 쪽으로, 평평하게, 한 뼘 거리에서.
    .scanner = 통행증을 스캐너로 읽거나 번호를 입력하십시오.
screen-looking = 읽는 중
screen-updating = 새 목록을 받는 중
    .more = 새 목록을 모두 받을 때까지 이전 목록을 씁니다.
screen-gathering = 코드에서 목록을 읽는 중
    .more = 코드를 하나씩 카메라나 휴대용 스캐너에 대십시오. 순서는 상관없습니다. 모두 읽을 때까지 이전 목록을 쓰며, 그동안 통행증은 판정하지 않습니다.
screen-gathered = { $total }개 가운데 { $have }개 읽음
    .any = { $have }개 읽음. 필요한 수는 약 { $total }개이며, 어느 코드이든 됩니다
    .none = 아직 읽은 코드가 없음
    .missing = 빠진 것: { $missing }
screen-out-of-order = 읽을 수 없음
    .more = 휴대용 스캐너를 쓰거나 번호를 입력하십시오. 판정마다 사람이 확인해야 합니다.
screen-assisting = 구호 우선
    .more = 구호한 사실만 기록에 남습니다. 상대측에는 알리지 않습니다.
screen-admitted = 통과 허가
screen-turned-back = 돌려보냄
    .more = 통지서를 주십시오: 부호, 사유, 문의처, 기한. 이름은 없습니다.
screen-assisted = 구호 우선
screen-not-decided = 결정 없음
screen-undone = 통과하지 않음
screen-undo = 통과하지 않음
    .more = 마지막 통과 결정을 취소합니다
screen-gate-shut = 출입문 닫힘
screen-gate-open = 출입문 열림: 통과하십시오
screen-gate-turned = 통과함
screen-gate-not-turned = 아무도 통과하지 않아 출입문을 다시 닫았습니다.

## 읽히게 하려면

screen-hint-show = 코드를 제시하십시오
screen-hint-closer = 더 가까이
screen-hint-farther = 더 멀리
screen-hint-hold-still = 움직이지 마십시오
screen-hint-straight = 똑바로 대십시오
screen-hint-blurred = 흐림: 움직이지 말고, 안 되면 거리를 바꾸십시오
screen-hint-more-light = 빛이 부족함
screen-hint-less-light = 빛이 너무 강함
screen-hint-faint = 색이 흐림: 보호 커버에서 꺼내십시오
screen-hint-torn = 가려지거나 접히거나 손상됨
screen-hint-glare = 빛 반사: 기울이십시오
screen-hint-several = 한 번에 한 장만
screen-hint-part = 여러 코드 중 일부: 나머지도 제시하십시오
screen-hint-small = 마이크로 QR 코드이며 통행증이 아님
screen-hint-type-number = 읽을 수 없음: 번호를 입력하십시오

## 소지자

screen-holder = 소지자
screen-hidden = 이름·생년월일·번호 숨김
screen-home = 거주지
screen-birth = 생년월일
screen-nationality = 국적
screen-through = 기간만료일
screen-entries = 남은 통행
screen-days = 남은 일수
screen-stay = 최장 체류
    .days = { $days }일
screen-document = 신분증
screen-children = 동반 어린이
screen-crossings = 통과지점
    .all = 모두
screen-number = 통행증 번호
screen-portrait = 통행증 사진
screen-compare = 대조: 얼굴 · 통행증 · 신분증
    .document = 대조: 얼굴 · 통행증 · 신분증 { $document }
    .none = 대조: 얼굴 · 통행증. 이 통행증에는 신분증 번호가 없습니다.
screen-outward = 자기 측 출발
screen-homeward = 자기 측 귀환
screen-code = 부호 { $code }
screen-source-typed = 번호 직접 입력
screen-source-scanner = 휴대용 스캐너
screen-source-camera = 카메라

## 검사원이 하는 일

screen-choices = 결정
screen-choice-admit = 통과
screen-choice-turn-back = 돌려보냄
screen-choice-dismiss = 다음 사람
screen-assist = 구호
    .more = 재해, 질병, 보호자 없는 어린이, 위급한 처지, 보호 요청
screen-done = 완료
screen-slip = 통지서
screen-print = 인쇄
screen-buttons = 단추
screen-button-confirm = 확인
screen-button-switch = 전환
screen-button-assist = 구호
screen-does-next = 다음 항목
screen-does-direction = 방향 전환
screen-does-nothing = –
screen-grounds = 결정의 근거를 선택하십시오
    .more = 판정은 그대로 기록하고, 결정은 이름, 근거와 함께 기록합니다.
screen-grounds-other-papers = 다른 증명서로 신원과 통행 자격을 확인함
screen-grounds-confirmed = 발급소에서 확인함
screen-grounds-ordered = 상급자의 명령
screen-grounds-known-error = 목록이나 단말기의 오류가 이미 확인됨
screen-cancel = 취소
screen-close = 닫기

## 메뉴

screen-menu = 메뉴
screen-night = 야간 모드
screen-large = 큰 글씨
screen-hide-names = 이름 숨기기
screen-lamp = 조명등
screen-type-number = 번호 입력
    .more = 적힌 대로 입력하십시오. 붙임표는 생략할 수 있습니다. 번호만으로는 부족하니 통행증을 직접 확인하십시오.
    .check = 조회
screen-delete = 삭제
screen-sign-in = 근무 시작
    .officer = 검사원 번호
    .pin = 비밀번호
    .more = 근무 중인 검사원의 근무는 비밀번호가 틀려도 먼저 종료됩니다.
screen-keys = 자판
    .why = 막대가 다 찰 때까지 눌렀다가 놓아야 결정됩니다. 빠르게 입력된 것은 휴대용 스캐너의 입력으로 보고 결정으로 처리하지 않습니다.
    .move = 선택 이동(짧게 누름)
    .enter = 선택된 단추. 스페이스 바도 같음
    .escape = 닫기 또는 다음 사람
screen-hold = 계속 누르고 계십시오
    .release = 이제 놓으십시오
    .tap = 짧게 누르면 결정되지 않습니다. 막대가 다 찰 때까지 누르고 계십시오.
screen-locked = 근무를 시작하십시오
    .more = 검사원이 근무를 시작해야 결정할 수 있습니다. “구호”는 언제나 가능합니다.
    .hand = 근무를 시작할 수 없으면 다른 단말기나 허용된 태블릿을 쓰고, 그래도 안 되면 뚜껑 안쪽의 표에 따라 출입문을 손으로 열고 종이에 기록하십시오.
screen-hand-over = 교대
screen-sign-out = 근무 종료
screen-shift = 검사원 { $officer }의 근무: { $since }~{ $until }
    .none = 판정과 결정이 없었습니다.
screen-officer = 검사원 { $officer }
screen-nobody = 근무자 없음
screen-to-screen = 화면으로 돌아가기

## 화면 가장자리

screen-edge = 단말기 상태
screen-clock-good = 시계 정상
screen-doubt-missing = 시계 없음
screen-doubt-stopped = 시계 멈춤
screen-doubt-below-floor = 시계 늦음
screen-doubt-jumped = 시각이 갑자기 바뀜
screen-doubt-far-ahead = 시각 미확인
screen-doubt-by-hand = 수동 설정 시각
screen-doubt-other = 시계를 신뢰할 수 없음
screen-lists = 목록
    .age = { $days ->
        [0] 목록 오늘 갱신
       *[other] 목록 { $days }일 전 갱신
    }
    .none = 목록 없음
    .stale = 목록 갱신 필요
    .expired = 목록 유효기간 만료
screen-disk = 디스크
screen-disk-good = 디스크 정상
screen-disk-low = 디스크 공간 부족
screen-disk-full = 디스크 가득 참
screen-disk-failing = 디스크 장애
screen-journal-good = 기록 정상
screen-journal-broken = 기록 장애
screen-camera = 카메라
screen-camera-absent = 카메라 없음
screen-camera-opening = 카메라 여는 중
screen-camera-good = 카메라 정상
screen-camera-no-frame = 영상 없음
screen-camera-frozen = 영상 멈춤
screen-camera-black = 영상이 검음
screen-camera-white = 영상이 흼
screen-camera-dark = 영상이 어두움
screen-camera-blurred = 영상이 흐림
screen-camera-unplugged = 카메라 분리됨
screen-scanner-absent = 휴대용 스캐너 없음
screen-scanner-good = 휴대용 스캐너 정상
screen-scanner-gone = 휴대용 스캐너 분리됨
screen-scanner-mis-set = 휴대용 스캐너 설정 오류
screen-last = 최근 통행
    .none = 아직 없음
screen-picture = 실시간 영상

## 이상과 조치

screen-trouble-journal = 통행 기록을 남길 수 없습니다.
    .next = 이 단말기에서는 초록 판정이 나오지 않습니다. 다른 단말기를 쓰고 종이에 기록하십시오.
screen-trouble-damaged = 통행 기록이 손상됐습니다. 바뀌거나 없어지거나 삭제된 내용이 있습니다.
    .next = 초록 판정이 나오지 않습니다. 기록을 내보내어 담당 기관에 넘긴 다음, 검사원 두 사람이 차례로 근무를 시작하여 책임자 화면에서 “새 기록 시작”을 누르십시오.
screen-trouble-incomplete = 새 기록을 시작했습니다. 그 전의 통행이 빠져 있을 수 있습니다.
    .next = 그 전에 발급된 통행증은, 누가 상대측에 있는지 알리는 새 목록을 받을 때까지 초록 판정이 나오지 않습니다. 새 목록을 받으십시오.
screen-trouble-disk-full = 디스크가 가득 찼습니다.
    .next = 책임자를 불러 기록을 내보내십시오. 그때까지 초록 판정이 나오지 않습니다.
screen-trouble-disk-failing = 디스크에 장애가 있습니다.
    .next = 책임자를 부르십시오. 그때까지 초록 판정이 나오지 않습니다.
screen-trouble-self-test = 자체 점검에 실패했습니다.
    .next = 책임자 화면에서 다시 점검하고, 안 되면 다른 단말기를 쓰십시오.
screen-trouble-camera = 카메라 영상이 정상이 아닙니다.
    .next = 꽂힌 선을 확인하고 렌즈를 닦으십시오. 휴대용 스캐너는 쓸 수 있습니다.
screen-trouble-scanner-gone = 휴대용 스캐너가 분리됐습니다.
    .next = 꽂힌 선을 확인하십시오. 카메라와 번호 입력은 그대로 쓸 수 있습니다.
screen-trouble-scanner-mis-set = 휴대용 스캐너 설정이 바르지 않습니다.
    .next = 책임자 화면의 “스캐너”를 열고 거기 적힌 대로 설정하십시오. 카메라와 번호 입력은 그대로 쓸 수 있습니다.
screen-trouble-clock = 시계를 신뢰할 수 없습니다.
    .next = 검사원 두 사람이 차례로 근무를 시작하여 시각을 확인하거나 새 목록을 받으십시오.
screen-trouble-lists-expired = 목록의 유효기간이 끝났습니다.
    .next = 새 목록이 든 USB 메모리를 꽂고 갱신하십시오.
screen-trouble-lists-missing = 한 측의 목록이 없습니다.
    .next = 목록이 든 USB 메모리를 꽂고 갱신하십시오.
screen-trouble-lists-passed = 이 단말기에 보관된 목록을 쓸 수 없어 다른 목록을 씁니다.
    .next = 최신 목록이 든 USB 메모리를 꽂고 갱신하십시오.
screen-trouble-screen = 이 단말기의 화면이 꺼져 있습니다.
    .next = 자동으로 다시 시작합니다. 그동안 표시등과 단추로 근무하십시오. 계속 꺼져 있으면 permit-kiosk를 다시 시작하십시오.
screen-trouble-state = 단말기의 자료 폴더에 쓸 수 없습니다.
    .next = 초록 판정이 나오지 않으며 결정을 기록할 수 없습니다. 책임자가 메모리 카드와 폴더 소유자를 확인하십시오(문제 해결).
screen-trouble-key-lost = 단말기의 키가 손상됐습니다.
    .next = 초록 판정이 나오지 않으며 내보낼 수도 없습니다. 책임자가 키를 새로 만들고(--renew key) 다시 시작한 뒤 본부에 알리십시오.
screen-trouble-secret-lost = 국경지역의 비밀값이 손상되어 이전에 통행한 사람을 알 수 없습니다.
    .next = 초록 판정이 나오지 않습니다. 책임자가 다른 단말기에서 비밀값을 가져오거나 새로 만들고(--renew secret) 다시 시작하십시오.
screen-trouble-officers-lost = 검사원 명부가 손상되어 아무도 근무를 시작할 수 없습니다.
    .next = 책임자가 검사원을 다시 등록하십시오(--enrol). 단말기를 멈추지 않아도 됩니다. 구호는 언제나 가능합니다.
screen-trouble-no-lists = 목록이 없어 판정할 수 없습니다.
    .next = 목록이 든 USB 메모리를 꽂고 갱신하거나 코드에서 읽으십시오.
screen-trouble-no-root = 설치된 루트 문서를 읽을 수 없어 목록을 받을 수 없습니다.
    .next = 책임자가 기관의 루트 문서를 설치하고(reader.conf의 ROOT) 다시 시작하십시오. 다른 단말기를 쓰십시오.
screen-trouble-no-crossing = 목록에 이 단말기의 통과지점이 없습니다.
    .next = 최신 목록으로 갱신하거나, 책임자가 reader.conf의 CROSSING을 바로잡으십시오.
screen-trouble-disk-low = 디스크가 곧 가득 찹니다.
    .next = 책임자에게 알리십시오. 공간이 남아 있을 때 기록을 내보내고 공간을 확보하십시오.
screen-trouble-restored = 손상된 파일을 사본에서 복구했습니다.
    .next = 지금은 이상이 없습니다. 메모리 카드가 마모됐을 수 있으니 책임자에게 알리십시오.
screen-trouble-tamper = 외함이 열린 적이 있습니다.
    .next = 단말기를 점검하고 책임자에게 알리십시오.

## 알림

screen-notice-number-mistyped = 통행증 번호가 아닙니다. 통행증과 대조하십시오.
screen-notice-direction-fixed = 이 단말기는 방향이 고정돼 있습니다.
screen-notice-raised = 제기됐습니다. 다음 보고서에 실립니다.
screen-notice-raised-before = 이미 제기됐고 아직 종결되지 않았습니다.
screen-notice-closed = 종결했습니다.
screen-notice-not-closed = 제기된 상태가 아니거나, 제기한 본인은 종결할 수 없습니다.
screen-notice-needs-supervisor = 책임자가 근무를 시작해야 합니다.
screen-notice-not-second = 다른 사람이 설정한 비밀번호입니다. 직접 변경하고 하루가 지나야 두 명 중 한 명으로 인정됩니다.
screen-notice-pin-set = 비밀번호를 설정했습니다.
screen-notice-pin-not-set-short = 비밀번호가 너무 짧습니다. 여섯 글자 이상이어야 합니다.
screen-notice-pin-not-set-own = 본인의 비밀번호는 “비밀번호 변경”에서 변경하십시오.
screen-notice-pin-not-set-wrong = 현재 비밀번호가 틀립니다.
screen-notice-pin-not-set-busy = 지금은 할 수 없습니다. 다른 비밀번호를 확인 중이거나, 틀린 뒤 더 기다려야 합니다.
screen-notice-pin-not-set-unwritable = 쓰거나 기록하지 못했습니다. 단말기 상태를 확인하십시오.
screen-notice-time-mistyped = 잘못된 시각입니다. 2026-12-01 08:30과 같이 입력하십시오.
screen-notice-needs-officer = 먼저 검사원이 근무를 시작해야 합니다.
screen-notice-needs-grounds = 화면에서 근거를 선택하십시오.
screen-notice-nothing-to-decide = 결정할 것이 없습니다.
screen-notice-one-at-a-time = 통행증은 한 장씩 제시하십시오. 다른 것을 치운 뒤 결정하십시오.
screen-notice-overtaken = 이 통행증에 관한 정보가 바뀌었습니다. 다시 확인하십시오.
screen-notice-replaced = 앞의 판정은 이제 화면에 없습니다. 다시 확인하십시오.
screen-notice-not-recorded = 기록하지 못하여 출입문을 열지 않습니다.
screen-notice-not-turned = 아무도 통과하지 않았습니다.
screen-notice-not-decided = 결정 없이 닫혔습니다. “결정 없음”으로 기록했습니다.
screen-notice-undone = 취소했습니다. 통과하지 않은 것으로 기록했습니다.
screen-notice-not-undone = 취소하지 못했습니다. 시간이 지났거나 기록할 수 없습니다.
screen-notice-updated = 새 목록을 적용했습니다.
screen-notice-not-updated-nothing = USB 메모리가 없거나 목록이 들어 있지 않습니다. 이전 목록을 그대로 씁니다.
screen-notice-not-updated-unfit = 목록이 든 문서 묶음이 아닙니다. 이전 목록을 그대로 씁니다.
screen-notice-not-updated-refused = 새 목록을 받지 않았습니다. 이전 목록을 그대로 씁니다.
screen-notice-not-updated-older = 지금 쓰는 목록보다 오래됐습니다. 지금 목록을 그대로 씁니다.
screen-notice-not-updated-forked = 지금 쓰는 목록과 모순됩니다. 같은 버전에 두 번 서명됐습니다. 이전 목록을 그대로 씁니다. 담당 기관에 알리십시오.
screen-notice-not-updated-busy = 다른 목록을 확인하고 있습니다. 잠시 뒤 다시 하십시오.
screen-notice-not-updated-elsewhere = 이 목록에는 이 단말기의 통과지점이 없습니다. 이전 목록을 그대로 씁니다.
screen-notice-not-updated-rootless = 설치된 루트 문서가 없어 목록을 받을 수 없습니다.
screen-notice-not-updated-unwritable = 새 목록을 저장하지 못했습니다. 이전 목록을 그대로 씁니다.
screen-notice-not-updated-base = 지금 쓰는 것과 다른 목록에서 바뀐 내용만 들어 있습니다. 이전 목록을 그대로 씁니다. 전체 목록이나 지금 쓰는 목록에서 바뀐 내용을 요청하십시오.
screen-notice-not-updated-forged = 이 코드들로는 목록을 만들 수 없습니다. 위조된 것이 있습니다. 이전 목록을 그대로 씁니다. 담당 기관에 알리십시오.
screen-notice-scanner-case = 스캐너가 Caps Lock 상태로 입력합니다. 스캐너 설정 코드를 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-layout = 스캐너가 다른 언어의 자판으로 입력합니다. 스캐너 설정 코드를 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-line = 스캐너의 직렬 통신 속도나 패리티가 다릅니다. 스캐너 설정 코드를 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-before = 스캐너가 코드 앞에 다른 글자를 붙입니다. 스캐너 설정 코드를 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-after = 스캐너가 코드 뒤에 Enter 말고 다른 글자를 붙입니다. 스캐너 설정 코드를 읽히십시오.
screen-notice-scanner-wide = 스캐너가 전각 문자로 입력합니다. 스캐너 설정 코드를 읽히십시오.
screen-notice-scanner-endless = 스캐너가 입력을 Enter로 끝내지 않습니다. 스캐너 설정 코드를 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-torn = 스캐너에서 전송되는 동안 코드의 일부가 빠졌습니다. 다시 읽히십시오. 통행증의 잘못이 아닙니다.
screen-notice-scanner-right = 스캐너가 바르게 설정됐습니다.
screen-notice-code-of-lists = 이것은 통행증이 아니라 목록의 코드입니다. 목록을 받으려면 책임자 화면에서 “코드에서 목록 읽기”를 누르십시오.
screen-notice-part-refused-foreign = 목록을 읽는 중이며 이것은 목록의 코드가 아닙니다. 통행증을 판정하려면 먼저 취소하십시오.
screen-notice-part-refused-newer = 더 높은 버전의 단말기용 코드입니다.
screen-notice-part-refused-damaged = 코드가 손상됐습니다. 다시 제시하십시오.
screen-notice-part-refused-other = 앞서 읽은 것과 다른 목록의 코드입니다. 이 목록을 읽으려면 취소하고 다시 시작하십시오.
screen-notice-part-refused-conflict = 앞서 읽은 코드와 모순됩니다. 취소하고 다시 시작하십시오. 또 나타나면 담당 기관에 알리십시오.
screen-notice-lists-late = 2분 동안 새 코드가 없었습니다. 이전 목록을 그대로 씁니다.
screen-notice-lists-stopped = 중지했습니다. 이전 목록을 그대로 씁니다.
screen-notice-exported = 기록을 내보냈습니다.
screen-notice-not-exported-nothing = 쓸 수 있는 USB 메모리가 없어 내보내지 않았습니다.
screen-notice-not-exported-unwritable = 내보낼 파일을 쓸 수 없습니다. 기록 자체는 이상이 없습니다.
screen-notice-not-signed-in-wrong = 검사원 번호나 비밀번호가 맞지 않습니다.
screen-notice-not-signed-in-wait = { $seconds }초 기다리십시오.
screen-notice-not-signed-in-busy = 다른 비밀번호를 확인하고 있습니다. 잠시 뒤 다시 하십시오.
screen-notice-not-signed-in-lost = 검사원 명부가 손상되어 근무를 시작할 수 없습니다. 책임자가 다시 등록하십시오.
screen-notice-not-signed-in-unwritable = 시도한 수를 기록할 수 없어 근무를 시작할 수 없습니다.
screen-notice-signed-out = 오랫동안 조작이 없어 근무를 종료했습니다. 다시 근무를 시작하십시오.
screen-notice-second-officer = 이제 다른 검사원이 근무를 시작하고 확인하십시오.
screen-notice-clock-confirmed = 시각을 확인했습니다.
screen-notice-not-confirmed = 기록하지 못하여 확인이 인정되지 않습니다.
screen-notice-new-chain = 새 기록을 시작했습니다. 새 목록을 받으십시오.
screen-notice-clock-first = 먼저 시각을 확인하십시오.
screen-notice-person-first = 먼저 앞에 있는 사람의 통행 절차를 마치십시오.
screen-notice-busy = 한꺼번에 너무 많이 요청했습니다. 잠시 뒤 다시 하십시오.
screen-notice-refused = 실행하지 않았습니다. 화면을 다시 여십시오.

## 통행인 화면

screen-traveller-show = 통행증을 제시해 주십시오
screen-traveller-wait = 잠시 기다려 주십시오
screen-traveller-pass = 통과해 주십시오
screen-traveller-closed = 검사원에게 가 주십시오

## 책임자

screen-health = 상태
screen-figures = 기록 시작 이후 집계
    .away = 아직 귀환하지 않은 인원
screen-self-test = 자체 점검
    .run = 지금 점검
    .passed = 통과
    .failed = 실패
screen-part-pipeline = 유효한 통행증을 만들어 읽고 유효로 판정
screen-part-refusal = 손상된 통행증을 거부
screen-part-signals = 표시등과 소리
screen-part-clock = 시계
screen-part-disk = 디스크
screen-part-journal = 통행 기록
screen-part-lists = 목록
screen-lists-given = 시작할 때 지정한 목록:
screen-documents = 사용 중인 목록
screen-document-name = 문서
screen-version = 버전
screen-issued = 발행일
screen-due = 갱신 예정
screen-expires = 만료일
screen-of-side = { $name }({ $side }측)
screen-update = USB 메모리에서 목록 갱신
screen-read-lists = 코드에서 목록 읽기
screen-confirm-clock = 시각이 맞음
screen-set-clock = 시각 설정
    .time = 통과지점의 일자와 시각
    .more = 검사원 두 명이 차례로 근무를 시작하여 같은 시각을 입력해야 합니다. 단말기를 다시 시작할 때까지 유효하며, 그 뒤에는 시스템 시계를 맞추십시오.
screen-change-pin = 비밀번호 변경
    .old = 현재 비밀번호
    .new = 새 비밀번호, 여섯 글자 이상
    .more = 현재 근무 중인 검사원의 비밀번호를 변경합니다.
screen-appoint = 검사원 등록 또는 비밀번호 재설정
    .more = 책임자가 처리합니다. 검사원이 비밀번호를 직접 변경하고 하루가 지나기 전에는 두 번째 확인자가 될 수 없습니다.
screen-role = 역할
    .same = 이전과 같음, 새로 등록하면 검사원
    .officer = 검사원
    .supervisor = 책임자
screen-set = 설정
screen-space = 스페이스
screen-raise = 문제 제기
    .more = 글 없이 기록되고 다음 보고서에 실립니다. 책임자가 종결합니다.
screen-raised = 여기서 제기된 문제
    .more = 제기하지 않은 책임자가 종결할 때까지 남아 있습니다.
    .close = 종결
screen-new-chain = 새 기록 시작
screen-export = 기록을 USB 메모리로 내보내기
    .here = 파일로 내보내기
    .officer = 검사원이 근무 중이고 단말기 앞에 통행인이 없어야 합니다.
screen-codes = 기록을 코드로 보이기
    .lead = 본부가 아직 확인 서명하지 않은 기록을 코드 { $count }개로 보입니다. 그 가운데 어느 것이든 { $needed }개면 됩니다. 하나하나 온전하고 선명하게 촬영하십시오. 이름은 들어 있지 않습니다.
    .large = { $bytes }바이트는 코드로 보이기에 너무 많습니다. 기록을 USB 메모리로 내보내십시오.
screen-tablets = 태블릿
    .allowed = { $count ->
        [0] 허용된 태블릿이 없습니다.
       *[other] 태블릿 { $count }대를 허용했습니다.
    }
    .allow = 태블릿 한 대 허용
    .code = 2분 안에 태블릿에 입력할 번호: { $code }
    .forget = 태블릿 허용 모두 취소
    .forgotten = 태블릿 허용을 모두 취소했습니다.
screen-pair = 이 태블릿은 아직 허용되지 않았습니다
    .more = 검사원이 단말기에서 번호를 받습니다: 메뉴, 책임자, 태블릿 한 대 허용.
    .code = 여덟 자리 번호
    .enter = 계속
    .wrong = 번호가 틀렸거나 시간이 지났습니다. 새 번호를 받으십시오.
screen-stranger = 이 브라우저는 접속할 수 없습니다
    .more = 단말기가 시작할 때 출력한 주소를 키까지 그대로 여십시오. 자체 화면이 있는 단말기에서는 화면을 다시 시작하십시오: sudo systemctl restart permit-kiosk
screen-nothing-wrong = 모두 정상입니다.

## 통행인과 검사원에게 알리는 말

screen-notice-what = 보관하는 정보
    .said = 통행마다: 통행증 번호로 만든 가명, 통과지점, 방향, 시각, 판정 부호, 결정. 이름, 사진, 거주지는 보관하지 않습니다.
screen-notice-long = 보관 기간
    .said = 기록은 { $days }일 뒤에 삭제하고 건수만 남깁니다. 가명별 통행 건수는 통행증 유효기간이 끝나고 소지자가 귀환할 때까지 보관합니다.
screen-notice-never = 묻지도 보관하지도 않는 것
    .said = 출신 민족, 지문, 얼굴 특징, 국경 밖의 친척. 의심 대상자 목록도, 점수도 없습니다.
screen-notice-other = 상대측에 알리는 정보
    .said = 가명과 통행만 알립니다. 검사원의 결정과 구호 사실은 결코 알리지 않습니다.
screen-notice-who = 책임 기관
    .said = 이곳에서 근무하는 측의 담당 기관이 책임집니다. 통과하지 못한 사람은 문의처와 기한이 적힌 통지서를 받습니다.
screen-notice-right = 결정은 사람이 합니다
    .said = 단말기는 통행증만 판정하고, 결정은 이름이 기록되는 검사원이 합니다. 누구의 귀가도 막지 않으며, 구호가 우선입니다.

## 통지서

screen-slip-title = 오늘은 통과하지 못하셨습니다
    .home = 귀가하실 수 있습니다
screen-slip-where = 일시·장소
screen-slip-why = 사유
    .officer = 통행증은 유효하나 검사원이 통과를 허가하지 않았습니다. 이의신청 방법은 발급소에 문의하십시오.
screen-slip-ask = 문의처
    .issuer = 통행증을 발급한 { $station }
    .other = 발급한 곳과 독립된 { $station }
    .any = 거주하시는 측의 모든 발급소
screen-slip-deadline = 기한
    .day = { $day }까지
    .days = { $days }일 이내
screen-slip-noname = 이 통지서에는 이름이 없습니다. 보관하거나 사진을 찍어 두십시오.
screen-slip-none = 표시할 통지서가 없습니다. 방금 돌려보낸 사람이 없습니다.

## The scanner's set-up sheet

screen-title-scanner = 스캐너
screen-scanner-sheet = 제조사 설명서의 코드로 휴대용 스캐너를 설정한 뒤 아래 코드를 읽히십시오. 설정이 바른지 단말기가 알려 줍니다.
screen-scanner-setting = 설정
screen-scanner-value = 값
screen-scanner-where = 설명서의 항목 이름
screen-scanner-suffix = 코드 뒤
    .value = Enter(CR)만, 다른 것은 없음
    .where = Suffix, terminator, postamble, message terminator
screen-scanner-prefix = 코드 앞
    .value = 없음: AIM 식별자, 코드 ID, 일자 모두 끔
    .where = Prefix, preamble, code identifier, AIM ID
screen-scanner-keyboard = 자판 언어
    .value = 미국(영어). --scanner evdev:로 쓸 때는 ALT 방식(키패드 입력)도 가능
    .where = Keyboard country/layout, language; ALT mode, emulate keypad
screen-scanner-letters = 글자
    .value = 그대로: Caps Lock 없음, 대소문자 변환 없음
    .where = Caps Lock, case conversion
screen-scanner-serial = 직렬 포트
    .value = 9,600 bps, 데이터 8비트, 패리티 없음, 정지 1비트. 다른 속도는 --scanner 장치@속도
    .where = RS-232, baud rate, parity
screen-scanner-kind = 코드 종류
    .value = QR 코드만 켬
    .where = Symbologies
screen-scanner-test = 시험 코드
