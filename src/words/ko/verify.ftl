### permit verify: 무엇을 묻고 무엇을 답하는가, 그리고 문서 묶음의 잘못.

help-verify = 그림, 텍스트, 휴대용 스캐너로 읽은 통행증의 판정
    .more =
        찾은 통행증마다 그 통과지점의 단말기와 같은 규칙으로 판정합니다. 판정 결과는 오류가 아닙니다. 매니페스트가 없으면
        모두 읽었을 때 0, 열 수 없는 파일이나 읽지 못한 그림이 있으면 3, 문서 묶음이나 루트 문서를 쓸 수 없으면
        4로 끝납니다. 매니페스트나 --against가 있으면 1은 다른 점이 있다는 뜻입니다. 곧 판정이 다르거나 내용이
        다르거나 결함 없는 그림을 읽지 못한 경우입니다. 결함 있는 그림(세기 0 초과)은 읽지 못해도 됩니다. 1이
        3보다 앞섭니다.
help-verify-paths = 그림, 그림 폴더, 한 줄에 통행증 하나인 텍스트 파일, 또는 휴대용 스캐너를 뜻하는 -
    .value = 경로
    .more =
        폴더는 정렬된 순서로 훑으며 그 안에서는 그림만 봅니다. -를 쓰면 표준 입력의 줄마다 바로 판정합니다.
        CR, LF, 둘 다 줄 끝입니다.
help-verify-bundle = 판정에 쓰는 문서 묶음
    .value = 파일
help-verify-root = 설치된 루트 문서: 파일 또는 그 내용의 SHA-256
    .value = 파일|SHA256
    .more = 생략하면 시연용 루트 문서만 받아들이고 모든 결과에 “시연” 표시를 붙입니다.
help-verify-crossing = 장소: 통과지점의 번호, 식별자 또는 이름 가운데 하나
    .value = 통과지점
help-verify-side = 어느 측 검사원이 근무하는가: A 또는 B
    .value = 측
help-verify-direction = 그 측에서 본 방향: entry(입국) 또는 exit(출국)
    .value = 방향
help-verify-at = 일시: YYYY-MM-DD, Thh:mm, ±hh:mm. 생략하면 이 컴퓨터의 시계
    .value = 시각
    .more =
        일자만 적으면 통과지점의 정오이고, 시차가 없으면 통과지점의 현지 시각입니다. 수동으로 설정한 시계로는
        시연용 루트 문서 아래에서만 유효가 나올 수 있습니다.
help-verify-manifest = 그림의 예상 결과: 판정을 이것과 대조함
    .value = 파일
    .more =
        JSON 목록이며 항목마다 file(매니페스트와 같은 폴더), kind, strength(0부터 1), payload(16진수), code(10은 읽히지 않아야
        함), 그리고 선택 사항보다 우선하는 at, crossing, side, direction이 있습니다. 한 그림에 코드가 여럿이면
        codes 목록이나 여러 항목으로 적습니다.
help-verify-json = 판정마다 JSON 객체 한 줄을 씀. -는 표준 출력
    .value = 파일
    .more =
        항목: file, page, line, index; kind, strength, expected, outcome(right, missed, lost, wrong, misread);
        asked(crossing, side, direction, at); stage(closed, opened, found, decoded, text, envelope, signature,
        rules); verdict(valid, invalid, refer, not-a-permit, none), code, reason, evidence; also; journey;
        notes; permit(번호); text(다른 텍스트나 링크의 첫머리); ms(load, read, verify: CPU 시간);
        symbol(version, level, corners); wear(grade, used, damaged); error. 이름, 생년월일, 신분증 번호는 없습니다.
help-verify-junit = 판정마다 시험 하나인 JUnit XML을 씀
    .value = 파일
help-verify-report = 네트워크 없이 열리는 HTML 파일 하나로 보고서를 씀
    .value = 파일
    .more = 축소 그림에는 원래 그림에 있는 것이 그대로 보입니다. 이름은 --with-names를 쓸 때만 들어갑니다.
help-verify-curves = 종류별 판독률을 SVG 그림으로 씀. 종류가 적힌 매니페스트가 필요함
    .value = 파일
help-verify-against = 이전 실행의 --json 파일과 비교하여 달라진 것을 표시
    .value = 파일
help-verify-least = 종류별로 읽어야 할 최소 비율(0~1). 미달이면 종료 상태는 1
    .value = 종류=비율
    .more = 종류마다 한 번씩 적습니다. 종류는 매니페스트의 이름이며, 판정한 그림이 하나도 없는 종류는 미달로 봅니다.
help-verify-with-names = 소지자의 이름을 JSON과 보고서에 넣음. 가상의 이름에만 쓸 것
help-verify-jobs = 동시에 판정할 그림 수. 생략하면 코어마다 하나
    .value = N
help-verify-stream = 그림을 이름 순서대로 한 카메라의 프레임으로 보고 판정함
    .more =
        동영상도 됩니다: Y4M, 그리고 이어진 JPEG(.mjpeg, AVI). 코드마다 한 번 판정하며, JSON의 frame과 frames가
        읽힌 프레임과 사용한 프레임 수를 알립니다.

unfit-side = { " " }A 또는 B여야 합니다.
unfit-direction = { " " }entry 또는 exit여야 합니다.
unfit-at = { " " }1963-09-10, 1963-09-10T08:30, 1963-09-10T08:30+08:30 또는 1963-09-10T00:30:00Z 형식이라야 합니다.
unfit-least = { " " }glare=0.8처럼 매니페스트의 종류와 0부터 1까지의 비율을 적으십시오.
unfit-root = { " " }파일 또는 16진수 64자여야 합니다.

## 표

verify-progress = 판정하는 중
verify-verdict = 판정
verify-code = 부호
verify-file = 파일
verify-wear = 마모
verify-ms = 밀리초
verify-reason = 사유
verify-unread = 읽지 못함
verify-part = 여러 코드 중 하나
    .which = 한 내용의 { $of }개 부분 중 { $part }번째입니다.
    .next = 모든 부분을 한 화면에 담으십시오.
verify-closed = 열지 못함
    .next = 파일을 확인하십시오.
verify-by-hand = 수동으로 설정한 시계: { $time }.
verify-by-hand-each = 그림마다 수동으로 설정한 시계, 가장 늦은 시각 { $time }.
verify-expired = 유효기간 만료: { $documents }. 이 문서에 근거해서는 유효로 판정하지 않습니다.
verify-expired-one = { $document }({ $expired })
verify-missing = 매니페스트에는 있으나 찾을 수 없음: { $path }
verify-no-scan = 판정할 것이 없습니다.
verify-pace = { $seconds }초, 1초에 { $rate }건. CPU 시간 { $ms }밀리초
verify-rates = 종류별 판독률
verify-confusion = 예상 부호(행)와 결과 부호(열)
verify-said = { $title }: { $reason }
verify-expected = 예상
verify-none = 없음
verify-outcomes = 맞음 { $right }, 결함 있는 그림을 읽지 못함 { $missed }, 결함 없는 그림을 읽지 못함 { $lost }, 판정이 다름 { $wrong }, 잘못 읽음 { $misread }
verify-least = 읽은 비율 미달: { $kind }, { $count }장 중 { $read }장. 요구 비율은 { $least } %입니다.
verify-missed = (읽지 못함, 예상 { $expected })
verify-lost = 결함 없는 그림을 읽지 못함, 예상 { $expected }
verify-wrong = 예상 { $expected }
verify-misread = 그림의 내용과 다름, 예상 { $expected }
verify-changes = { $count ->
        [0] 이전 실행과 달라진 것이 없습니다.
       *[other] 이전 실행과 달라진 것 { $count }건:
    }
verify-absent = 없음

## 멈춘 원인

verify-empty = { $path }에 그림이 없습니다.
    .next = 그림, 그림 폴더(PNG, JPEG, WebP, BMP, PGM, TIFF), 텍스트 파일, 또는 휴대용 스캐너를 뜻하는 -를 적으십시오.
verify-no-place = 장소와 방향이 지정되지 않았습니다: { $missing }.
    .next = 이를테면 --crossing 1 --side A --direction exit를 추가하십시오.
verify-unlisted = { $path }의 장소와 방향이 지정되지 않았습니다: { $missing }.
    .next = 그 선택 사항이나 매니페스트의 같은 이름 항목을 추가하십시오.
verify-crossing = 국경지역 등록부에 없는 통과지점입니다: { $value }.
    .next = 다음 가운데 하나를 번호, 식별자 또는 이름으로 적으십시오:
verify-earlier = { $path }: --json으로 쓴 파일이 아닙니다({ $line }번째 줄).
    .next = 이전 실행에서 --json으로 쓴 파일을 --against에 지정하십시오.
manifest-large = { $path }: 매니페스트로는 너무 큽니다.
    .next = 매니페스트가 맞는지 확인하거나 여럿으로 나누십시오.
manifest-unfit = { $path }: 매니페스트가 아닙니다. { $line }번째 줄, { $column }번째 칸: { $cause }.
    .next = 적어도 "file"이 있는 객체의 JSON 목록이라야 합니다.
manifest-payload = { $path }, { $entry }번째 항목({ $file }): payload가 16진수가 아닙니다.
    .next = 코드 텍스트의 바이트를 16진수 두 자씩 적으십시오.
manifest-ask = 매니페스트에 적힌 { $path }의 값이 잘못됐습니다: { $field } = { $value }.
    .next = at은 1963-09-10T08:30과 같이, side는 A 또는 B, direction은 entry 또는 exit로 적으십시오.

## 신뢰

trust-of-side = { $side }측의 { $document }
trust-open = { $path } 열기 실패: { $cause }.
    .next = --bundle과 --root의 경로를 확인하십시오.
trust-not-a-file = { $path }: 파일이 아닙니다.
    .next = bundle.cbor와 같은 파일 자체를 지정하십시오.
trust-large = { $path }: 한도 { $most } MiB를 넘습니다.
    .next = 맞는 파일인지 확인하십시오.
trust-not-bundle = { $path }: 문서 묶음이 아닙니다.
    .next = 기관이 발행한 파일(bundle.cbor 등)을 --bundle에 지정하십시오.
trust-a-root = { $path }: 문서 묶음이 아니라 루트 문서입니다.
    .next = 그것은 --root에, 문서 묶음은 --bundle에 지정하십시오.
trust-truncated = { $path }: { $bytes }바이트에서 끊겼습니다.
    .next = 원본을 다시 복사하십시오.
trust-malformed = { $path }: 손상됐습니다. { $document }, { $offset }번째 바이트.
    .next = 원본을 다시 복사하고, 그래도 안 되면 기관에 알리십시오.
trust-not-demo = { $path }: 시연용 루트 문서에 속하지 않습니다. 자체 루트 문서(버전 { $version })의 지문은 { $fingerprint }입니다.
    .next = 기관이 다른 경로로 알려 준 지문과 대조하여 같으면 실행하십시오: { $command }
trust-other-root = { $path }: 지정된 루트 문서에 속하지 않습니다. 자체의 최신 루트 문서(버전 { $version })의 지문은 { $fingerprint }입니다.
    .next = --root를 확인하십시오. 기관이 새 지문을 확인해 주면 실행하십시오: { $command }
trust-signer = { $path }: { $document }에 권한 없는 키로 서명했습니다({ $key }).
    .next = 쓰지 마십시오. 문서 묶음을 다시 받고 기관에 알리십시오.
trust-signature = { $path }: { $document }의 서명이 맞지 않습니다(키 { $key }).
    .next = 쓰지 마십시오. 문서 묶음을 다시 받고 기관에 알리십시오.
trust-threshold = { $path }: { $document }에 { $side }측의 서명이 { $need }건 필요하나 { $have }건뿐입니다.
    .next = 그 측에 서명을 요청하십시오.
trust-zone = { $path }: { $document }의 국경지역이 다릅니다(문서 { $found }, 필요 { $expected }).
    .next = 해당 국경지역의 문서 묶음을 받으십시오.
trust-missing = { $path }: 빠진 문서: { $document }.
    .next = 문서 묶음 전체를 다시 받으십시오.
trust-future = { $path }: { $document }의 서명 시각({ $issued })이 이 컴퓨터의 시각({ $clock })보다 늦습니다.
    .next = 이 컴퓨터의 시계를 맞추거나 --at으로 일시를 지정하십시오.
trust-broken = { $path }: 쓸 수 없습니다. { $said }.
    .next = 문서 묶음을 다시 받고, 그래도 안 되면 기관에 알리십시오.
trust-not-root = { $path }: 루트 문서가 아닙니다.
    .next = 기관이 발행한 파일(root.cbor 등)이나 64자 지문을 --root에 지정하십시오.
trust-no-demo = 이 빌드에는 시연용 루트 문서가 없습니다.
    .next = 설치된 루트 문서를 지정하십시오: --root FILE.

verify-scanner = 통행증이 아니라 스캐너 문제
    .next = 스캐너 설정 코드를 읽힌 뒤 다시 읽히십시오.
