### permit verify: 무엇을 묻고 무엇을 답하는가, 그리고 신뢰묶음의 잘못.

help-verify = 그림, 본문, 휴대용 스캐너로 읽은 통행증의 판정
    .more =
        찾은 통행증마다 그 통행지점의 판독기와 같은 규칙으로 판정합니다. 판정은 오유가 아닙니다. 목록이 없으면
        모두 읽었을 때 0, 열 수 없는 파일이나 읽지 못한 그림이 있으면 3, 신뢰묶음이나 뿌리를 쓸 수 없으면
        4로 끝납니다. 목록이나 --against가 있으면 1은 다른 점이 있다는 뜻입니다. 곧 판정이 다르거나 내용이
        다르거나 깨끗한 그림을 읽지 못한 경우입니다. 나쁘게 만든 그림(강도 0 초과)은 읽지 못해도 됩니다. 1이
        3보다 앞섭니다.
help-verify-paths = 그림, 그림 폴더, 한 줄에 통행증 하나인 본문 파일, 또는 휴대용 스캐너를 뜻하는 -
    .value = 경로
    .more =
        폴더는 정렬된 순서로 훑으며 그 안에서는 그림만 봅니다. -를 쓰면 표준 입력의 줄마다 곧 판정합니다.
        CR, LF, 둘 다 줄 끝입니다.
help-verify-bundle = 판정에 쓰는 신뢰묶음
    .value = 파일
help-verify-root = 설치된 뿌리: 파일 또는 그 내용의 SHA-256
    .value = 파일|SHA256
    .more = 적지 않으면 시범용 뿌리만 받아들이고 모든 결과에 DEMO를 붙입니다.
help-verify-crossing = 곳: 통행지점의 번호, 식별자 또는 이름
    .value = 통행지점
help-verify-side = 어느 쪽 근무자인가: A 또는 B
    .value = 쪽
help-verify-direction = 그쪽에서 본 방향: entry(들어옴) 또는 exit(나감)
    .value = 방향
help-verify-at = 때: YYYY-MM-DD, Thh:mm, ±hh:mm; 적지 않으면 이 콤퓨터의 시계
    .value = 시각
    .more =
        날만 적으면 통행지점의 정오이고, 시차가 없으면 통행지점의 현지 시각입니다. 손으로 맞춘 시계로는
        시범용 뿌리 아래에서만 유효가 나올 수 있습니다.
help-verify-manifest = 그림의 기대 결과: 판정을 이것과 맞대여 본다
    .value = 파일
    .more =
        JSON 목록이며 항목마다 file(목록 옆), kind, strength(0부터 1), payload(16진), code(10은 읽히지 말아야
        함), 그리고 선택항목보다 앞서는 at, crossing, side, direction이 있습니다. 한 그림에 부호가 여럿이면
        codes 목록이나 여러 항목으로 적습니다.
help-verify-json = 판정마다 JSON 객체 한 줄을 쓴다; -는 표준 출력
    .value = 파일
    .more =
        항목: file, page, line, index; kind, strength, expected, outcome(right, missed, lost, wrong, misread);
        asked(crossing, side, direction, at); stage(closed, opened, found, decoded, text, envelope, signature,
        rules); verdict(valid, invalid, refer, not-a-permit, none), code, reason, evidence; also; journey;
        notes; permit(번호); text(다른 본문이나 련결의 첫머리); ms(load, read, verify: 처리기 시간);
        symbol(version, level, corners); wear(grade, used, damaged); error. 이름, 난 날, 증명서 번호는 없습니다.
help-verify-junit = JUnit XML을 쓴다, 판정마다 시험 하나
    .value = 파일
help-verify-report = 보고서를 쓴다: 망 없이 열리는 HTML 파일 하나
    .value = 파일
    .more = 작은 그림은 원래 그림에 보이는 것을 보여 줍니다. 이름은 --with-names를 쓸 때만 들어갑니다.
help-verify-curves = 종류별 판독률을 SVG 그림으로 쓴다; 종류가 적힌 목록이 필요합니다
    .value = 파일
help-verify-against = 이전 실행의 --json 파일과 견주어 달라진 것을 말한다
    .value = 파일
help-verify-with-names = 소지자의 이름을 JSON과 보고서에 넣는다; 지어낸 이름에만 쓴다
help-verify-jobs = 동시에 판정하는 그림의 수; 적지 않으면 코어마다 하나
    .value = N
help-verify-stream = 그림을 이름 순서대로 한 카메라의 화면으로 보고 검사함
    .more =
        동영상도 됨: Y4M, 그리고 이어진 JPEG(.mjpeg, AVI). 코드마다 한 번 검사하며, JSON의 frame과 frames가
        읽힌 화면과 쓰인 화면 수를 알림.

unfit-side = { " " }A 또는 B여야 합니다.
unfit-direction = { " " }entry 또는 exit여야 합니다.
unfit-at = { " " }1963-09-10, 1963-09-10T08:30 또는 1963-09-10T08:30+08:30과 같아야 합니다.
unfit-root = { " " }파일 또는 16진 64자여야 합니다.

## 표

verify-progress = 판정 중
verify-verdict = 판정
verify-code = 부호
verify-file = 파일
verify-wear = 마모
verify-ms = 밀리초
verify-reason = 까닭
verify-unread = 읽지 못함
verify-closed = 열지 못함
    .next = 파일을 확인하십시오.
verify-by-hand = 손으로 맞춘 시계: { $time }.
verify-by-hand-each = 그림마다 손으로 맞춘 시계, 가장 늦은 때 { $time }.
verify-expired = 기한 지남: { $documents }. 이것에 기대는 것은 유효가 되지 않습니다.
verify-expired-one = { $document }({ $expired })
verify-missing = 목록에는 있으나 없는 것: { $path }
verify-no-scan = 판정할 것이 들어오지 않았습니다.
verify-pace = { $seconds }초, 1초에 { $rate }건; 처리기 시간 { $ms }밀리초
verify-rates = 종류별 판독률
verify-confusion = 기대한 부호(행)와 얻은 부호(렬)
verify-said = { $title }: { $reason }
verify-expected = 기대
verify-none = 없음
verify-outcomes = 맞음 { $right }, 나쁜 그림을 읽지 못함 { $missed }; 깨끗한데 읽지 못함 { $lost }, 판정이 다름 { $wrong }, 잘못 읽음 { $misread }
verify-missed = (읽지 못함; 기대 { $expected })
verify-lost = 깨끗한데 읽지 못함; 기대 { $expected }
verify-wrong = 기대 { $expected }
verify-misread = 그림에 든 것과 다름; 기대 { $expected }
verify-changes = { $count ->
        [0] 이전 실행과 달라진 것이 없습니다.
       *[other] 이전 실행과 달라진 것 { $count }건:
    }
verify-absent = 없음

## 멈춘 까닭

verify-empty = { $path }에 그림이 없습니다.
    .next = 그림, 그림 폴더(PNG, JPEG, WebP, BMP, PGM, TIFF), 본문 파일, 또는 휴대용 스캐너를 뜻하는 -를 적으십시오.
verify-no-place = 곳과 방향이 적히지 않았습니다: { $missing }.
    .next = 례를 들어 --crossing 1 --side A --direction exit를 더하십시오.
verify-unlisted = { $path }의 곳과 방향이 적히지 않았습니다: { $missing }.
    .next = 그 선택항목이나 목록의 같은 이름 항목을 더하십시오.
verify-crossing = 구역 등록부에 통행지점 { $value }이(가) 없습니다.
    .next = 다음 가운데 하나를 번호, 식별자 또는 이름으로 적으십시오:
verify-earlier = { $path }은(는) --json이 쓴 파일이 아닙니다({ $line }번째 줄).
    .next = 이전 실행에서 --json이 쓴 파일을 --against에 주십시오.
manifest-large = { $path }은(는) 목록으로는 너무 큽니다.
    .next = 목록이 맞는지 확인하거나 여럿으로 나누십시오.
manifest-unfit = { $path }은(는) 목록이 아닙니다: { $line }번째 줄, { $column }번째 칸: { $cause }.
    .next = 적어도 "file"이 있는 객체의 JSON 목록이라야 합니다.
manifest-payload = { $path }, { $entry }번째 항목({ $file }): payload가 16진이 아닙니다.
    .next = 부호 본문의 바이트를 16진 두 자씩 적으십시오.
manifest-ask = 목록이 { $path }에 적은 { $field } = { $value }은(는) 있을 수 없습니다.
    .next = at은 1963-09-10T08:30과 같이, side는 A 또는 B, direction은 entry 또는 exit로 적으십시오.

## 신뢰

trust-of-side = { $side }쪽의 { $document }
trust-open = { $path }을(를) 열 수 없습니다: { $cause }.
    .next = --bundle과 --root의 경로를 확인하십시오.
trust-not-a-file = { $path }은(는) 파일이 아닙니다.
    .next = bundle.cbor와 같은 파일 자체를 주십시오.
trust-large = { $path }은(는) 한도 { $most } MiB를 넘습니다.
    .next = 맞는 파일인지 확인하십시오.
trust-not-bundle = { $path }은(는) 신뢰묶음이 아닙니다.
    .next = 기관이 펴낸 파일(bundle.cbor 등)을 --bundle에 주십시오.
trust-a-root = { $path }은(는) 뿌리이며 신뢰묶음이 아닙니다.
    .next = 그것은 --root에, 신뢰묶음은 --bundle에 주십시오.
trust-truncated = { $path }이(가) { $bytes }바이트에서 끊겼습니다.
    .next = 원래 곳에서 다시 복사하십시오.
trust-malformed = { $path }이(가) 깨졌습니다: { $document }, { $offset }번째 바이트.
    .next = 원래 곳에서 다시 복사하고, 그래도 안 되면 기관에 알리십시오.
trust-not-demo = { $path }은(는) 시범용 뿌리에 속하지 않습니다. 그 자체의 뿌리(판 { $version })의 지문은 { $fingerprint }입니다.
    .next = 기관이 다른 길로 알려 준 지문과 맞대여 보고, 같으면 실행하십시오: { $command }
trust-other-root = { $path }은(는) 주어진 뿌리에 속하지 않습니다. 그 자체의 가장 새 뿌리(판 { $version })의 지문은 { $fingerprint }입니다.
    .next = --root를 확인하십시오. 기관이 새 지문을 확인해 주면 실행하십시오: { $command }
trust-signer = { $path }: { $document }에 권한 없는 열쇠 { $key }(으)로 서명했습니다.
    .next = 쓰지 마십시오. 신뢰묶음을 다시 받고 기관에 알리십시오.
trust-signature = { $path }: { $document }에 대한 열쇠 { $key }의 서명이 맞지 않습니다.
    .next = 쓰지 마십시오. 신뢰묶음을 다시 받고 기관에 알리십시오.
trust-threshold = { $path }: { $document }에 { $side }쪽의 서명 { $need }건 가운데 { $have }건뿐입니다.
    .next = 그쪽에 서명을 청하십시오.
trust-zone = { $path }: { $document }은(는) 구역 { $found }의 것이며 구역 { $expected }의 것이 아닙니다.
    .next = 맞는 구역의 신뢰묶음을 받으십시오.
trust-missing = { $path }: { $document }이(가) 없습니다.
    .next = 신뢰묶음 전체를 다시 받으십시오.
trust-future = { $path }: { $document }은(는) { $issued }에 서명했는데 이 시계는 { $clock }입니다.
    .next = 이 콤퓨터의 시계를 맞추거나 --at으로 때를 적으십시오.
trust-broken = { $path }을(를) 쓸 수 없습니다: { $said }.
    .next = 신뢰묶음을 다시 받고, 그래도 안 되면 기관에 알리십시오.
trust-not-root = { $path }은(는) 뿌리가 아닙니다.
    .next = 기관이 펴낸 파일(root.cbor 등)이나 64자 지문을 --root에 주십시오.
trust-no-demo = 이 판에는 시범용 뿌리가 없습니다.
    .next = 설치된 뿌리를 적으십시오: --root FILE.

verify-scanner = 통행증이 아니라 스캐너 문제
    .next = 스캐너 설정 코드를 읽힌 뒤 다시 읽히십시오.
