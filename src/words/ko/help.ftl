### 명령줄 도움말. 마침표 없는 짧은 말. .more는 --help에서 나온다.

help-may-be = { " " }({ $values })
help-default = { " " }[기본값: { $value }]
help-flag-help = 도움말 표시. --help는 -h보다 자세함
help-flag-version = 버전 표시

help-permit = 국경통행증 발급, 읽기, 확인
help-permit-lang = 언어: zh, ko, en. 생략하면 시스템 언어
    .value = 언어

help-read = 그림에 있는 모든 QR 코드 읽기(통행증이 아니어도)
    .more = 판정은 하지 않습니다. 모든 그림을 열었으면 종료 상태 0, 열지 못한 것이 있으면 3입니다.
help-read-paths = 그림(PNG, JPEG, WebP, GIF, BMP, PGM, TIFF) 또는 그림 폴더
    .value = 경로
    .more =
        폴더는 이름 순서로 훑고, 파일을 가리키는 링크를 따라가며, 그림이 아닌 파일은 지나칩니다.
        직접 적은 경로는 언제나 열어 봅니다.
help-read-reader = 읽는 방식: 이 프로그램의 판독기 또는 비교용 rqrr
    .value = 판독기
help-read-json = 그림마다 JSON 한 줄씩 출력
    .more =
        코드가 없는 그림(codes: [])과 열지 못한 그림(error 추가)도 한 줄씩 나옵니다. ms는 메모리의
        회색 그림에서 코드를 얻기까지의 CPU 시간이고, corners는 코드 자체의 왼쪽 위에서 시계 방향입니다.
help-read-jobs = 동시에 읽을 그림 수. 생략하면 코어마다 하나
    .value = 수
help-read-stream = 그림을 이름 순서대로 한 카메라의 프레임으로 봄
    .more =
        동영상도 됩니다: Y4M, 그리고 이어진 JPEG(.mjpeg, AVI). 한 프레임에서 읽히지 않는 코드는 여러 프레임을 모아
        읽습니다. 코드마다 한 번, 읽힌 프레임과 사용한 프레임 수를 알립니다. 마지막 줄은 합계이며, 읽지 못했으면
        도움말이 붙습니다.

help-images = 읽기 쉬운 것부터 읽을 수 없는 것까지 코드의 카메라 그림 생성
    .more =
        판독기의 성능을 측정하기 위한 것입니다. 그림은 종류, 세기, 크기, 시드로 정해집니다. manifest.json에
        읽어야 할 내용(payload, 16진수)과 자리(corners)가 적힙니다.
help-images-texts = 코드에 넣을 텍스트: 0-9, A-Z, 빈칸과 $ % * + - . / :
    .value = 텍스트
help-images-file = 한 줄에 하나씩 텍스트를 적은 파일
    .value = 파일
help-images-out = 그림을 쓸 폴더
    .value = 폴더
help-images-kinds = 그림의 결함 종류. 생략하면 모두
    .value = 종류[,…]
    .more =
        clean, perspective, rotation, defocus, motion, noise, low-light, shadow, glare, low-contrast, jpeg,
        small, dirt, scratch, fold, curved, crumple, torn, moire, faded, smeared, several, combo. 결함 없이 크기, 수,
        색, 각도만 다른 장면: close, sheet, beside, inverted, colour, steep, far. 코드가 없는 것: desk, text,
        texture, barcode, chessboard, matrix, finders, scrambled.
help-images-strengths = 결함의 세기, 0부터 1까지
    .value = 수[,…]
help-images-per = 종류, 세기, 크기마다 그림 수
    .value = 수
help-images-size = 너비와 높이(픽셀)
    .value = 너비x높이[,…]
help-images-seed = 시드가 다르면 그림도 다름
    .value = 수
help-images-jobs = 동시에 만들 그림 수. 생략하면 코어마다 하나
    .value = 수

help-completions = 셸의 자동완성 스크립트 출력
help-completions-shell = 어느 셸
    .value = SHELL

help-man = 설명서를 출력하거나 명령마다 한 쪽씩 쓰기
help-man-out = 모든 설명서를 이 폴더에 쓰기
    .value = 폴더
