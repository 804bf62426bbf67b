### permit journal: 단말기 통행 기록의 내보낸 파일을 하나하나 보이고 무엇이 잘못되었는지 말한다.

help-journal = 단말기에서 내보낸 통행 기록을 열어 확인하고 보임
    .more =
        기록의 사슬과 서명을 단말기의 공개 키로 확인함. 공개 키는 직접 주거나 문서 묶음의 단말기 목록에서 가져옴. 이름과
        통행증 번호는 없고 가명도 보이지 않음. 잘못이 없으면 종료 상태는 0, 있으면 1, 내보낸 파일이 아니면 3, 쓸 공개 키가
        없으면 4.
help-journal-file = 내보낸 파일
    .value = 파일
help-journal-key = 단말기의 공개 키, 16진수 64자리
    .value = 키
help-journal-bundle = 단말기 목록에 그 공개 키가 있는 문서 묶음
    .value = 파일
help-journal-root = 설치된 루트: 파일 또는 그 SHA-256. 생략하면 시연만 받음
    .value = 파일|SHA256
help-journal-form = 사람이 읽는 표, CSV(기록만, 결과는 표준 오류), 또는 한 줄에 JSON 객체 하나씩이고 결과는 마지막
    .value = 형식
    .more =
        열: sequence 순번; time 시각(UTC); clock 시계(trusted, by-hand, untrusted); entry 일; crossing, side, direction;
        verdict(green, amber, red, none), code, also; about 관련 기록; officer, second; ground; detail; lane; number.
unfit-terminal-key = { " " }16진수 64자리의 공개 키여야 합니다.
fault-journal-none = { $path } 파일은 통행 기록을 내보낸 파일이 아닙니다.
    .next = 단말기가 쓴 파일을 지정하세요. 그 파일이 맞다면 손상된 것이니 다시 내보내세요.
fault-journal-key = { $side } 측 { $number }번 단말기의 공개 키를 모릅니다.
    .next = --key 로 공개 키를 주거나, 단말기 목록에 그 키가 있는 문서 묶음을 지정하세요.

journal-number = 기록
journal-time = 시각(UTC)
journal-what = 내용
journal-clock-by-hand = 시계를 사람이 맞춤
journal-clock-untrusted = 믿을 수 없는 시계

journal-entry = 입국
journal-exit = 출국
journal-judged = { $heading }: { $title } ({ $code }), 통과지점 { $crossing }, { $side } 측, { $way }
journal-officer = 검사원 { $officer }
journal-terminal = 단말기
journal-about = { " " }(기록 { $number })
journal-admitted = 통과: { $who }
journal-admitted-against = 판정과 달리 통과: { $who }, 근거 { $ground }
journal-turned-back = 돌려보냄: { $who }, 부호 { $code }
journal-assisted = 구호: { $who }
journal-not-decided = 결정 없음
journal-passed = 출입문으로 사람이 지남
journal-not-passed = 출입문으로 지난 사람 없음
journal-undone = 통과를 취소함: 검사원 { $officer }, 지난 사람 없음
journal-heartbeat = 정상 작동
journal-on-duty = 근무 시작: 검사원 { $officer }
journal-off-duty = 근무 종료: 검사원 { $officer }
journal-enrolled = 검사원 { $officer } 등록 또는 비밀번호 변경: 검사원 { $by }
journal-clock-distrusted = 시계를 더는 믿을 수 없음: { $why }
journal-clock-trusted = 시계를 다시 믿을 수 있음
journal-clock-confirmed = 검사원 { $first }, { $second } 두 사람이 시계를 확인함
journal-clock-vouched = 검사원 { $officer } 한 사람이 시계가 맞다고 함. 두 번째 확인이 남음
journal-why-missing = 시계가 없음
journal-why-stopped = 멈췄음
journal-why-below-floor = 서명된 때보다 앞섬
journal-why-jumped = 건너뛰었음
journal-why-far-ahead = 너무 앞서 있음
journal-lists-taken = 목록을 받음: 루트 { $root }, 국경지역 등록부 { $zone }, A 측 { $a }, B 측 { $b }
journal-lists-refused = 목록을 받지 않음, 부호 { $code }
journal-out = 고장: { $part }
journal-back = 다시 작동: { $part }
journal-part-journal = 통행 기록
journal-part-disk = 디스크
journal-part-camera = 카메라
journal-part-self-test = 자체 점검
journal-part-clock = 시계 칩
journal-part-signals = 표시등 또는 소리
journal-part-gate = 출입문
journal-part-housing = 덮개 열림
journal-part-screen = 화면
journal-part-program = 프로그램
journal-part-files = 자체 파일
journal-part-other = 여기서 모르는 부분
journal-opened = 통행 기록을 엶. 처음 찾은 손상: { $count }
journal-disk-failed = 디스크 오류 ({ $errno })
journal-head = 서명된 머리
journal-carried = 넘겨받은 허가 집계: { $count }
journal-removed = 기한이 지난 기록 { $through }까지 지움
journal-new-chain = 검사원 { $first }, { $second } 두 사람의 이름으로 새 사슬을 시작함. 앞의 사슬은 기록 { $end }까지 읽을 수 있었음
journal-other = 여기서 모르는 일

journal-of = { $side } 측 { $number }번 단말기: 기록 { $first }부터 { $last }까지, 서명 { $signed }
journal-counts = 기록 { $records }: 판정 { $judged }, 통과 { $admitted }(취소 { $undone }), 돌려보냄 { $back }, 구호 { $assisted }, 결정 없음 { $open }
journal-earlier = 기록 1부터 { $through }까지는 이 파일에 없습니다.
journal-chains = 앞서 시작한 사슬: { $count }. 이 사슬의 첫 기록이 그 사유를 말합니다.
journal-sound = 사슬과 서명이 모두 맞습니다.
journal-problem-malformed = 파일이 { $number }번째 바이트부터 내보낸 파일이 아닙니다.
journal-problem-forged = { $number }번째 구간은 이 키로 서명되지 않아 그 내용을 보이지 않습니다.
journal-problem-other-terminal = { $number }번째 구간은 다른 단말기의 것입니다.
journal-problem-no-head = 끝의 머리가 이 키로 서명되지 않아 어디서 끝나는지 모릅니다.
journal-problem-other-head = 끝의 머리가 다른 처음, 끝 또는 구간 수를 말합니다. 무엇이 빠지거나 끼어들었습니다.
journal-problem-bad-record = 기록 { $number } 손상.
journal-problem-gap = 빈 곳: 기록 { $from }부터 { $through }까지 없습니다.
journal-problem-broken = 기록 { $expected } 자리에 기록 { $found } 하나가 있고 앞의 기록을 잇지 않습니다. 끼어들거나 옮겨지거나 거듭되거나 바뀌었습니다.
journal-problem-bad-head = 기록 { $number }의 서명된 머리가 맞지 않습니다.
journal-problem-unsigned = 기록 { $number } 뒤로 두 시간 넘게 서명된 머리가 없습니다.
journal-problem-damaged = 단말기 스스로 통행 기록이 손상된 것을 찾았습니다 (파일 { $number }).
journal-problem-other = 여기서 모르는 다른 잘못이 있습니다.
