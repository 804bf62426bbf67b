### 명령이 하는 말: 표, 오류, 다음 할 일.
### 무엇이 일어났는지 먼저 말하고, .next에서 어떻게 할지 말한다.

next-step = 다음: { $next }

## 오류

fault-open = { $path } 열기 실패: { $cause }.
    .next = 경로가 맞는지, 읽을 권한이 있는지 확인하십시오.
fault-write = { $path } 쓰기 실패: { $cause }.
    .next = --out으로 다른 곳을 고르거나 쓰기 권한을 주십시오. 쓰다 만 파일은 남지 않았습니다.
fault-key-shut = 키 파일을 열 수 없습니다: { $path }: { $said }
    .next = 파일과 암호를 확인하십시오. 암호를 어디서 읽는지는 --help에 있습니다.
fault-full = { $path } 쓰기 실패: { $cause }.
    .next = 빈 공간을 마련한 뒤 같은 명령을 다시 실행하십시오. 쓰다 만 파일은 남지 않았습니다.
fault-screen = 출력 실패: { $cause }.
    .next = 표준 출력이 어디로 가는지 확인하십시오.
fault-unreadable = 그림 { $count }장을 열지 못했습니다.
    .next = 위에 적힌 원인을 보십시오. 경로를 확인하거나 그림을 PNG나 JPEG로 다시 저장하십시오.
fault-no-pictures = { $path }에 그림이 없습니다.
    .next = 그림(PNG, JPEG, WebP, BMP, PGM, TIFF, PDF)이 있는 폴더나 그림을 직접 적으십시오.

io-not-found = 그런 파일이나 폴더가 없습니다
io-denied = 권한이 없습니다
io-exists = 이미 있습니다
io-not-a-folder = 경로 가운데에 폴더가 아닌 것이 있습니다
io-a-folder = 폴더입니다
io-full = 디스크가 가득 찼습니다
io-quota = 디스크 할당량을 다 썼습니다
io-read-only = 읽기 전용 디스크입니다
io-name = 쓸 수 없는 이름입니다
io-other = { $said }

picture-not-a-file = 파일이 아닙니다
picture-empty = 빈 파일입니다
picture-unknown = 지원하지 않는 그림 형식입니다({ $kinds }만 지원)
picture-kinds = PNG, JPEG, WebP, GIF, BMP, PGM, TIFF
picture-kinds-pdf = PNG, JPEG, WebP, GIF, BMP, PGM, TIFF, PDF
picture-truncated = 파일이 중간에 끊겼습니다
picture-damaged = { $format } 파일이 손상됐습니다
picture-pixels = { $width } × { $height } 픽셀은 너무 많습니다(1억까지)
picture-bytes = 파일이 너무 큽니다({ $bytes }바이트)
picture-pages = 쪽이 너무 많습니다({ $found }쪽)
picture-encrypted = 암호가 걸린 PDF 파일입니다
picture-foreign = { $kind } 형식은 지원하지 않습니다. JPEG나 PNG로 저장하십시오
picture-unsupported = 이런 종류의 { $format } 파일은 지원하지 않습니다. JPEG나 PNG로 다시 저장하십시오
picture-first-of-many = 동영상: 첫 장면만 확인했습니다
picture-ends-early = 파일이 끝까지 있지 않습니다. 없는 부분은 확인하지 못했습니다
picture-small = { $kind } 코드: 통행증이 아닙니다
picture-passed = 지원하지 않아 지나친 그림: { $kinds }. JPEG나 PNG로 저장하십시오
picture-other = { $said }

## 명령줄

usage-unknown = { $argument } 인수는 없습니다.
usage-subcommand = { $value } 명령은 없습니다.
usage-no-subcommand = 명령이 빠졌습니다.
usage-missing = { $argument } 인수가 빠졌습니다.
usage-no-value = { $argument }에 값이 필요합니다.
usage-value = { $argument }에 { $value } 값은 쓸 수 없습니다.
usage-too-many = { $argument }의 값이 너무 많습니다.
usage-conflict = { $argument } 인수와 { $other } 인수는 함께 쓸 수 없습니다.
usage-utf8 = 올바른 유니코드 텍스트가 아닌 인수가 있습니다.
usage-other = 명령줄을 해석할 수 없습니다.
usage-meant = { " " }혹시 { $value }입니까?
usage-help = { $command } --help 명령으로 도움말을 보십시오.
unfit-lang = { " " }zh, ko, en 가운데 하나여야 합니다.
unfit-jobs = { " " }1부터 256까지의 수여야 합니다.
unfit-other = { " " }({ $said })

usage-options = 선택 사항
heading-usage = 사용법
heading-commands = 명령
heading-command = 명령
heading-arguments = 인수
heading-options = 선택 사항
heading-exit = 종료 상태
exit-good = 모두 예상대로임
exit-differs = 예상과 다른 것이 있음
exit-usage = 명령줄이 틀림
exit-unreadable = 읽지 못한 것이 있음
exit-untrusted = 신뢰 문서를 쓸 수 없음
exit-unwritable = 쓰지 못한 것이 있음
exit-interrupted = 중단됨. 쓰다 만 파일은 없음

## permit read

read-paths-pdf = 그림(PNG, JPEG, WebP, GIF, BMP, PGM, TIFF, PDF) 또는 그림 폴더
read-progress = 읽는 중
read-picture = 그림
read-code = 코드
read-ms = 밀리초
read-contents = 내용
read-none = 코드 없음
read-incomplete = 코드로 보이는 것이 너무 많아 모두 확인하지 못했습니다. 나누어 촬영하십시오
read-binary = { $bytes }바이트, 텍스트 아님
read-part = { $of }개 중 { $part }번째 부분
read-joined = { $count }개 부분을 합친 내용
read-worn = 마모(등급 { $grade }, 오류 정정의 { $used } % 사용): 곧 교체하십시오
read-page = { $path }, { $page }쪽
read-sum = 코드 있음 { $with }장, 없음 { $without }장, 읽지 못함 { $unreadable }장. 모두 { $ms }밀리초

## permit read --stream

stream-frame = 프레임
stream-frames = 사용 프레임
stream-sum = 프레임 { $frames }장에서 { $codes }개 읽음, 읽지 못한 프레임 { $unreadable }장. 모두 { $ms }밀리초
guide-too-far = 코드가 너무 멉니다. 가까이 대십시오.
guide-too-close = 코드가 화면을 벗어납니다. 조금 떨어뜨리십시오.
guide-tilted = 코드가 기울었습니다. 카메라에 똑바로 대십시오.
guide-moving = 코드가 움직입니다. 움직이지 않게 하십시오.
guide-dark = 너무 어둡습니다.
guide-bright = 너무 밝습니다.
guide-glare = 코드에 빛이 반사됩니다. 조금 돌리십시오.
guide-faint = 명암 차이가 거의 없습니다. 코드를 닦거나 덮은 것을 치우십시오.
guide-blurred = 코드가 흐립니다. 거리를 바꾸거나 렌즈를 닦으십시오.
guide-torn = 코드 일부가 없거나 가려졌거나 휘었습니다. 펴서 모두 보이게 하십시오.

## permit images

images-progress = 그림 만드는 중
images-done = 그림 { $count }장. 내용은 { $path }에 있습니다.
fault-no-text = 코드에 넣을 텍스트가 없습니다.
    .next = 선택 사항 뒤에 텍스트를 적거나 --texts로 파일을 지정하십시오.
fault-alphabet = “{ $text }”에 코드가 담을 수 없는 글자가 있습니다.
    .next = 0-9, A-Z, 빈칸과 $ % * + - . / : 만 쓰십시오.
fault-too-long = “{ $text }”: 너무 길어 코드에 들어가지 않습니다.
    .next = 더 짧은 텍스트를 쓰십시오.
unfit-kind = { " " }쓸 수 있는 종류는 --help에 있습니다.
unfit-strength = { " " }0부터 1까지의 수여야 합니다.
unfit-size = { " " }픽셀 수로 너비x높이를 적으십시오. 각각 160부터 8192까지입니다.
