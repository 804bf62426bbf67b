### permit inspect: 코드나 문서, 그림을 층마다 풀이한다.
### 위치는 0부터 센다. 설명하는 짧은 문장으로.

help-inspect = 코드, 그림, 문서를 바이트마다 풀이
    .more =
        층마다 위치를 보입니다: 텍스트, base45, 봉투, 서명 대상, 페이로드. 잘못된 입력은 어긋난 바이트까지 보이고
        원인과 바른 형식을 알려 줍니다. 판정은 하지 않습니다. 판정은 permit verify가 합니다.
        풀이할 것이 있으면 옳고 그름과 관계없이 종료 상태는 0입니다.
help-inspect-what = 코드의 텍스트, 그림, 신뢰 문서, 문서 묶음, 통행증 번호, 또는 표준 입력을 뜻하는 -
    .value = 텍스트|그림|파일
    .more = 있는 파일의 이름이면 그 파일을 읽고, 아니면 텍스트 자체로 봅니다.
help-inspect-cose = 통행증이 나타내는 COSE_Sign1만 16진수로 출력
help-inspect-json = 텍스트 줄 대신 JSON 객체 하나를 출력
help-inspect-bundle = 키와 이름을 찾을 문서 묶음. 생략하면 시연용 묶음
    .value = 파일
help-inspect-root = 신뢰할 루트 문서: 파일 또는 그 내용의 SHA-256
    .value = 파일|SHA256
help-inspect-stages = 판독기의 각 단계가 본 것을 PNG로, 풀이하는 페이지와 함께 이 폴더에 저장
    .value = 폴더
    .more = 순서대로 번호를 붙입니다: 그림, 이진화마다 하나, 찾은 위치 패턴, 그룹, 그리고 코드마다 표본 격자, 연판정 모듈, 정정한 모듈.

inspect-no-envelope = COSE_Sign1로 나타낼 수 있는 통행증이 없습니다.
    .next = --cose 없이 permit inspect를 실행하면 텍스트가 어디에서 어긋나는지 보입니다.
inspect-unreadable = { $path } 열기 실패: { $cause }.
    .next = 다른 그림을 쓰거나 코드의 텍스트를 직접 적으십시오.

inspect-stop = 여기서 멈춤: { $flaw }
inspect-right = 바른 형식: { $right }
inspect-rule = { $field }: { $rule }

inspect-right-truncated = 앞의 머리부가 알린 만큼의 바이트.
inspect-right-trailing = 끝 뒤에는 아무것도 없어야 합니다.
inspect-right-too-long = 텍스트는 1,540자까지, 사진이 없으면 320자까지. 문서는 4 MiB까지.
inspect-right-not-shortest = 그 수를 담는 가장 적은 바이트(RFC 8949, 4.2.1). 그래야 한 값의 표기가 하나뿐입니다.
inspect-right-indefinite = 미리 밝힌 길이. 길이를 정하지 않으면 여러 가지로 표기할 수 있습니다.
inspect-right-float = 정수. 소수가 있는 항목은 없습니다.
inspect-right-tag = 태그 없음. 봉투에만 있습니다.
inspect-right-simple = false, true, null 가운데 하나.
inspect-right-reserved = 머리부의 부가 정보가 0부터 27까지.
inspect-right-unsorted = 오름차순의 항목. 키는 바이트로 비교합니다.
inspect-right-duplicate = 항목마다 한 번씩.
inspect-right-key = 수나 텍스트로 된 맵 키.
inspect-right-too-deep = 배열과 맵의 중첩은 통행증에서 4단계, 문서에서 8단계까지.
inspect-right-utf8 = UTF-8 텍스트.
inspect-right-character = 그 문자표나 항목에서 허용하는 글자.
inspect-right-overflow = 65535 이하인 세 글자, 끝에서는 255 이하인 두 글자.
inspect-right-length = 세 글자씩 묶음. 끝 묶음은 세 글자나 두 글자.
inspect-right-type = 그 항목에 정해진 자료형.
inspect-right-range = 그 항목의 범위 안의 값.
inspect-right-count = 그 항목에 정해진 수만큼.
inspect-right-redundant = 적지 않음. 생략하면 같은 뜻입니다.
inspect-right-space = 이름 사이에 빈칸 하나씩, 양 끝에는 없음.
inspect-right-header = 모든 봉투에 공통인 고정 바이트.

## 텍스트

inspect-text = 텍스트, { $count }자
inspect-line-end = 줄 끝 글자 { $count }개를 제거했습니다. 다른 것은 결코 제거하지 않습니다.
inspect-prefix = { $prefix } 접두어로 시작합니다: 국경통행증, 첫 번째 형식.
inspect-newer = BP{ $version }: 접두어로 시작합니다. 이 프로그램이 지원하는 것보다 높은 버전의 형식입니다.
inspect-foreign = { $prefix } 접두어로 시작하지 않으므로 통행증이 아닙니다.
inspect-foreign-closed = 더는 분석하지 않습니다. 다른 시스템의 코드는 종류만 밝히고 결코 열지 않습니다.
inspect-case = 접두어가 소문자로 적혀 있습니다. 통행증의 접두어는 대문자입니다.

## Base45

inspect-base45 = Base45, { $count }자가 { $bytes }바이트를 나타냄
inspect-base45-how = 세 글자 c d e는 두 바이트입니다: c + 45 d + 2025 e. 끝의 두 글자는 한 바이트입니다. ␣는 빈칸입니다.
inspect-base45-first = 첫 묶음을 직접 계산하면 { $group } = { $c } + 45 × { $d } + 2025 × { $e } = { $sum }, 16진수 { $hex }.
inspect-overflow = { $group }의 값은 { $sum }, 최댓값 { $most }보다 큽니다.
inspect-letter = Base45의 45자에 없는 글자 { $letter }(바이트 { $hex }). 쓸 수 있는 글자: 0–9, A–Z, 빈칸과 $ % * + - . / :
inspect-alone = { $group } 하나만 남았습니다. 한 글자는 바이트를 나타내지 못합니다.

## 봉투

inspect-envelope = 봉투, { $count }바이트
inspect-kid = 키 식별자: 공개 키의 SHA-256의 첫 4바이트. 어느 키로 검증할지 알릴 뿐 아무것도 증명하지 않습니다.
inspect-payload-of = 페이로드, { $count }바이트: 서명 대상
inspect-signature-r = 서명 앞부분 R: 곡선 위의 점(Ed25519, RFC 8032)
inspect-signature-s = 서명 뒷부분 s: 군의 위수보다 작은 수
inspect-rest = 나머지: 한 바이트 이상의 페이로드와 64바이트의 서명이 있어야 할 자리
inspect-short = 통행증은 69바이트 이상입니다: 키 식별자 4, 페이로드 1, 서명 64.

inspect-signed = 실제 서명 대상, { $count }바이트(Sig_structure, RFC 9052, 4.4)
inspect-signed-array = 항목 4개의 배열
inspect-signed-context = 텍스트 "Signature1": 서명자 하나
inspect-signed-protected = 보호된 머리부: 알고리즘 -19, 곧 Ed25519와 키 식별자 { $key }
inspect-signed-aad = external_aad "{ $aad }": 이 종류로 서명됐고 다른 종류로는 쓸 수 없음
inspect-signed-head = { $count }바이트 바이트열의 머리부
inspect-signed-payload = 페이로드, 봉투에 있는 그대로

inspect-signature = 서명
inspect-key-id = 키 { $key }
inspect-key = 키 { $key }: { $station }({ $number }번, { $side }측), { $class }, 발급 기간 { $from }부터 { $through }까지.
inspect-class-station = 발급소의 승인을 거쳐 사용
inspect-class-delegated = 위임받은 지역에도 사용
inspect-class-direct = 직접 사용
inspect-class-demo = 시연용
inspect-holds = 이 키로 서명이 맞습니다.
inspect-fails = 이 키로 서명이 맞지 않습니다. 페이로드나 키 식별자, 서명이 바뀌었거나 다른 키로 서명됐습니다.
inspect-unknown-key = 식별자 { $key }: 목록의 키 { $count }개 가운데 없습니다. 서명이 맞는지 알 수 없습니다.
inspect-demo-keys = 시연용 키로 검증했습니다. --bundle로 다른 것을 쓸 수 있습니다.
inspect-own-keys = 지정된 묶음의 키로 검증했습니다.
inspect-no-verdict = 이것은 판정이 아닙니다. 지금 여기서 이 방향으로 쓸 수 있는지는 permit verify가 판정합니다.

## 담긴 내용

inspect-payload = 페이로드, { $count }바이트
inspect-unproven = 맞는 서명이 없습니다. 누구나 쓸 수 있는 내용이며, 단말기에는 아무것도 표시되지 않습니다.
inspect-item = { $kind } · { $field }
inspect-item-means = { $kind } · { $field }: { $meaning }
inspect-type-number = 수 { $number }
inspect-type-bytes = { $count }바이트
inspect-type-text = { $count }바이트의 텍스트
inspect-type-array = 항목 { $count }개의 배열
inspect-type-map = { $count }쌍의 맵
inspect-type-other = 통행증에 없는 것
inspect-printed = 통행증에 적힌 번호: { $number }
inspect-newer-option = 선택 항목 { $option }: 지원하지 않음. 0보다 작은 항목은 소지자에 대한 제한이므로 더 높은 버전의 단말기가 필요합니다.

inspect-id = { $number }: { $name }({ $station }번, { $side }측), { $year }년, 일련번호 { $serial }, { $copy }번째 발급
inspect-none = 없음
inspect-through = { $day }, 모두 { $days }일
inspect-region = { $name }, { $side }측
inspect-region-unknown = { $name }, 이 국경지역 등록부에 없음
inspect-nation-china = 중국(ISO 3166-1)
inspect-nation-korea = 조선민주주의인민공화국(ISO 3166-1)
inspect-nation-other = ISO 3166-1 번호로 적은 국가
inspect-option = 선택 항목 { $option }
inspect-option-ignored = 선택 항목 { $option }, 지원하지 않으며 무시함
inspect-option-newer = 선택 항목 { $option }, 지원하지 않는 제한

inspect-field-permit = 통행증
    .rule = 항목 9개, 선택 항목이 있으면 10개.
inspect-field-id = 통행증 번호
    .rule = 7바이트: 발급소(0이 아님), 1900년부터의 햇수, 일련번호(0이 아님), 발급 차수.
inspect-field-latin = 이름, 로마자
    .rule = 1부터 39바이트까지, A–Z, a–z, U+00C0–024F, 빈칸, 작은따옴표, 붙임표, 마침표.
inspect-field-native = 이름, 한글 또는 한자
    .rule = 60바이트까지의 한글이나 한자, 빈칸과 ·, 또는 null.
inspect-field-birth = 생년월일
    .rule = -36524(1800-01-01)부터의 일수, 또는 [년], 또는 [년, 월].
inspect-field-birth-year = 태어난 해
    .rule = 1800부터 2155까지.
inspect-field-birth-month = 태어난 달
    .rule = 1부터 12까지.
inspect-field-nationality = 국적
    .rule = 1부터 999까지(ISO 3166-1).
inspect-field-region = 거주 지역
    .rule = 국경지역 등록부의 번호, 1부터 65535까지.
inspect-field-zone = 국경지역
    .rule = 국경지역 등록부의 번호, 1부터 65535까지.
inspect-field-from = 유효기간 첫날
    .rule = 1900-01-01부터의 일수, 0부터 93501까지.
inspect-field-through = 유효기간 마지막 날
    .rule = 1900-01-01부터의 일수, 첫날보다 앞설 수 없음.
inspect-field-options = 선택 항목
    .rule = 없으면 생략합니다.
inspect-field-option = 선택 항목의 키
    .rule = 수. 오름차순으로 한 번씩.
inspect-field-crossings = 통행할 수 있는 통과지점
    .rule = 오름차순의 번호 1개부터 24개까지.
inspect-field-crossing = 통과지점
    .rule = 1부터 65535까지, 앞 번호보다 큼.
inspect-field-issued = 발급일
    .rule = 유효기간 첫날보다 앞선 날. 같은 날이면 생략합니다.
inspect-field-entries = 나가는 통행 수
    .rule = 1 이상.
inspect-field-stay = 최장 체류(일)
    .rule = 1부터 65535까지.
inspect-field-children = 동반 어린이
    .rule = 1부터 9까지.
inspect-field-document = 신분증
    .rule = 1부터 20바이트까지, A–Z, 0–9, 붙임표와 <.
inspect-field-portrait = 사진
    .rule = 1부터 800바이트까지의 손실 압축 WebP.
inspect-field-specimen = 견본
    .rule = true. 정식 통행증에서는 생략합니다.

## 그림

inspect-picture = 그림, { $width } × { $height } 픽셀
inspect-page = { $page }쪽, { $width } × { $height } 픽셀
inspect-codes = { $count ->
        [0] 코드를 읽지 못했습니다.
       *[other] 코드 { $count }개를 읽었습니다.
    }
inspect-code = 코드 { $number }
inspect-corners = 네 모서리(픽셀), 코드의 왼쪽 위부터 시계 방향: { $corners }
inspect-version = 버전 { $version }: { $modules } × { $modules } 모듈, 한 모듈의 너비는 약 { $pixels }픽셀.
inspect-level = 오류 정정 { $level }: 약 { $share } %까지 손상돼도 복원됩니다.
inspect-mirrored = 뒷면에서 본 것입니다.
inspect-wear = 마모 등급 { $grade }: { $modules }모듈 가운데 { $damaged }모듈이 인쇄할 때와 다릅니다. 가장 나쁜 블록은 정정 능력의 { $used } %를 씁니다.
inspect-wear-unknown = 마모를 알 수 없습니다. 이 판독 방식은 인쇄된 모양을 알려 주지 않습니다.
inspect-sight = { $corners } 위치에 코드가 보입니다. 버전 { $version }인 듯하나 읽지 못했습니다. 블록의 { $share } %는 정정할 수 있었습니다.

## 번호

inspect-number = 통행증 번호
inspect-check = 검사 문자 { $check }: 맞습니다(ISO 7064 MOD 37,2).
inspect-number-character = 통행증 번호에 없는 글자가 있습니다.
inspect-number-shape = 네 묶음의 수와 검사 문자 하나로 돼 있지 않습니다.
inspect-number-range = 발급소, 해, 일련번호, 발급 차수 가운데 불가능한 값이 있습니다.
inspect-number-check = 검사 문자가 맞지 않습니다. 잘못 입력된 곳이 있습니다.
inspect-number-meant = 이 수에 맞는 검사 문자는 { $check }: { $number }
inspect-number-form = 형식: SSSSS-YYYY-NNNNNNNN-CCC-K, 곧 발급소, 해, 일련번호, 발급 차수, 검사 문자. 앞의 0은 생략할 수 있습니다.
inspect-number-proves = 번호는 아무것도 증명하지 않습니다. 조회할 수는 있어도 검증할 수는 없습니다.

## 신뢰 문서

inspect-bundle = 문서 묶음, { $count }바이트
inspect-bundle-has = 문서 { $count }개, 그 가운데 루트 문서 { $roots }개.
inspect-side-missing = { $side }측 문서가 없습니다.
inspect-document = 문서: { $document }, { $count }바이트
inspect-document-unknown = 알 수 없는 종류의 문서, { $count }바이트
inspect-expanded = 펼친 통행증
inspect-expanded-says = 통행증의 COSE_Sign1입니다. 아래의 텍스트를 나타냅니다.
inspect-cose-one = 태그 18, COSE_Sign1: 서명 하나. 항목 4개의 배열
inspect-cose-many = 태그 98, COSE_Sign: 여러 서명. 항목 4개의 배열. 빈 머리부
inspect-cose-unprotected = 보호되지 않은 머리부: 비어 있음
inspect-cose-signatures = 서명 { $count }개, 키 식별자의 오름차순
inspect-signer = { $key }, { $side }측, 역할 { $role }: { $says }
inspect-signer-unknown = { $key }: 가지고 있는 루트 문서에 없어 서명이 맞는지 알 수 없습니다.
inspect-header-version = 버전
inspect-header-issued = 발행 시각
inspect-header-next = 다음 갱신
inspect-header-expires = 유효기간 만료
inspect-header-zone = 국경지역
inspect-fingerprint = 지문(--root에 쓸 수 있음): { $fingerprint }
inspect-fingerprint-words = 소리 내어 읽을 수 있도록 낱말로: { $words }
inspect-digests = 도난당한 키 { $key }: 실제로 서명한 통행증 { $count }건 가운데 처음 { $shown }건의 해시값만 표시합니다.
inspect-contents = 내용:
inspect-no-document = 페이로드가 어느 신뢰 문서에도 해당하지 않습니다. 가장 가까운 종류로 표시합니다.
inspect-skipped = 앞의 { $count }개 항목은 생략했습니다.
inspect-whole = 묶음 전체
inspect-sound = 온전합니다. 그 첫 루트 문서가 설치된 단말기에서 받아들입니다.

## 판독기가 본 것 (--stages)

stages-title = 판독기가 본 것
stages-about = 그림 하나를 판독기의 순서대로 단계마다 보입니다. 판독기는 앞의 이진화로 다 읽지 못했을 때만 뒤의 것을 보지만, 여기서는 모두 보입니다.
stages-done = 그림 { $count }장. 풀이는 { $path }에 있습니다.
stages-no-picture = 단계를 보일 수 있는 것은 그림뿐입니다.
    .next = 그림 파일을 지정하거나 --stages를 빼십시오.
stages-input = 그림
stages-input-says = { $width } × { $height } 픽셀의 회색조. 색은 보지 않습니다.
stages-binarize = 이진화: “{ $name }”
stages-binarize-says = 주변과 비교한 명암, 크기는 1/{ $scale }. 위치 패턴 { $count }개. 여기서는 위치 패턴만 찾고, 모듈은 언제나 회색조 그림에서 측정합니다.
stages-find = 찾기
stages-find-says = 이진화로 찾은 위치 패턴 { $count }개. 이진화마다 고리의 크기와 색이 다르며, 가장 안쪽이 첫째 것입니다.
stages-group = 그룹
stages-group-says = { $count ->
        [0] 한 코드에 속하는 것으로 보이는 위치 패턴 셋이 없었습니다.
       *[other] 위치 패턴 셋씩 { $count }개 그룹을 시도했습니다.
    } 고리는 두 선이 만나는 모서리에 있습니다. 실선: 읽음. 점선: 읽지 못함.
stages-sample = 표본: { $number }번째 코드, 버전 { $version }
stages-sample-says = 모듈마다 측정한 자리의 점: 어둡게 보이면 노랑, 밝게 보이면 파랑. 격자는 패턴에 나타나는 접힘과 굽음을 따라갑니다.
stages-soften = 연판정: { $number }번째 코드
stages-soften-says = 모듈마다 주변의 명암과 비교합니다. 회색은 본 값, 네모의 크기는 확실한 정도입니다. { $count }개 가운데 { $unsure }개는 불확실합니다.
stages-correct = 정정: { $number }번째 코드
stages-correct-says = 모듈의 바른 모습. 테두리와 가위표: 잘못 본 모듈 { $wrong }개. 줄무늬: 정정하기 전에 의심스러워 버린 부호어의 모듈 { $erased }개.
