### permit-reader: 명령줄, 그리고 시작하지 못한 원인.

reader-help = 검사원이 쓰는 단말기: 카메라로 읽고 화면, 표시등, 소리, 출입문으로 알림
    .more =
        맨 먼저 출력하는 줄은 화면의 주소이며, 접속을 허용하는 키가 들어 있습니다. 주어진 문서 묶음으로 판정하고 그 발행일을 알리며 네트워크가 없어도 됩니다.
        묶음이 없으면 모의 보드는 시연용 묶음으로, 시연에 정해진 일자에 판정합니다.
reader-help-board = 표시등, 단추, 출입문을 연결한 보드
    .value = 보드
reader-help-camera = 그림 폴더, Y4M 또는 MJPEG 파일, 비디오 장치, 또는 none. 두 번 쓰면 통로가 둘이 됨
    .value = 입력
    .more =
        폴더의 그림은 저마다 열 프레임씩 보이고 한 프레임은 비웁니다. 장치는 /dev/v4l/by-id에 있는 이름으로 적는 것이 좋습니다.
reader-help-bundle = 판정에 쓸 문서 묶음
    .value = 파일
reader-help-root = 설치된 루트 문서: 파일 또는 내용의 SHA-256
    .value = 파일|SHA256
    .more = 없으면 시연용 루트 문서만 받아들이고, 실제 보드에서는 아무것도 받아들이지 않습니다.
reader-help-demo = 실제 보드에서 시연용으로 판정. 모든 판정에 “시연” 표시가 붙음
reader-help-crossing = 장소: 통과지점의 번호, 식별자 또는 이름 가운데 하나
    .value = 통과지점
reader-help-side = 어느 측 검사원이 근무하는가: A 또는 B
    .value = 측
reader-help-direction = 그 측에서 본 방향: entry(입국) 또는 exit(출국). 두 번째 것은 둘째 통로의 방향
    .value = 방향
reader-help-fixed = 검사원이 방향을 바꿀 수 없음
reader-help-idle = 검사원의 조작이 없을 때 근무를 종료하는 시간(분). 0이면 종료하지 않음
    .value = 분
reader-help-unattended = 결정되지 않은 판정을 “결정 없음”으로 닫는 시간(초)
    .value = 초
reader-help-undo = 통과 결정을 취소할 수 있는 시간(초, “통과하지 않음”). 0이면 취소할 수 없음
    .value = 초
reader-help-at = 시작할 때의 시각: YYYY-MM-DD, Thh:mm, ±hh:mm. 생략하면 컴퓨터의 시계
    .value = 시각
    .more = 수동으로 설정한 시계로는 시연 밖에서 아무것도 유효로 판정하지 않습니다.
reader-help-state = 통행 기록, 키, 받아들인 목록을 두는 곳. 생략하면 프로세스와 함께 사라짐
    .value = 폴더
reader-help-number = 그 측 단말기 가운데 이 단말기의 번호
    .value = N
reader-help-scanner = 직렬 포트의 휴대용 또는 탁상 스캐너, 또는 한 번 읽을 때마다 한 줄을 내는 장치(9600이 아닌 속도는 장치@속도). 자판으로 동작하는 스캐너는 evdev:장치. 두 번째 것은 둘째 통로의 스캐너이고, none이면 그 통로에는 없음
    .value = 장치
reader-help-enrol = 검사원을 번호로 등록하고 종료. 비밀번호는 표준 입력의 첫 줄
    .value = N
    .more = 같은 번호를 다시 등록하면 비밀번호가 바뀌고 잠금이 풀립니다. 비밀번호는 여섯 글자 이상입니다.
reader-help-role = 검사원의 역할. 책임자는 책임자 화면에서 다른 사람을 등록할 수 있음
    .value = 역할
reader-help-unlock = 검사원이 바로 다시 시도할 수 있게 하고 종료. 지금까지 틀린 비밀번호는 세지 않음
    .value = N
reader-help-renew = 잃어버린 키(key)나 국경지역의 비밀값(secret)을 새로 만들고 종료
    .value = 대상
    .more = 손상된 것은 따로 둡니다. 본부는 통보받기 전까지 새 키를 알지 못합니다. 비밀값이 바뀌면 이전에 통행한 사람을 알 수 없고 다른 단말기의 기록과 합쳐지지 않습니다.
reader-help-pair = 이 --state로 동작하는 단말기에 태블릿 한 대를 허용하는 번호를 출력하고 종료
    .more = 화면이 없는 곳에서 씁니다. 2분 동안, 다섯 번까지, 한 대에만 쓸 수 있습니다.
reader-help-public-key = 일지의 공개 키(단말기 명부에 올릴 64자리 16진수)를 출력하고 종료
    .more = 처음 시작하기 전이면 키와 국경지역의 비밀값을 만듭니다. 국경지역의 비밀값은 모든 단말기가 함께 씁니다. 그 전에 두 파일을 새 폴더에 복사하십시오.
reader-help-display = SPI에 연결한 작은 화면(320×240): 판정의 모양, 문구, 이름
    .value = 화면
reader-help-stick = USB 메모리의 문서 묶음. 검사원이 갱신을 요청하면 읽음
    .value = 파일
reader-help-listen = 화면을 제공하는 주소. 둘째 통로의 화면은 다음 포트, 또는 두 번째 --listen이 지정하는 곳
    .value = 주소
reader-help-kiosk = 출력되는 주소 대신 이 폴더의 시작 화면 lane-1.html로 이 컴퓨터의 화면에 접속을 허용
    .value = 폴더
    .more =
        그 안의 키는 시작할 때마다 새로 만들며, 이를 가진 사람은 검사원이 보는 것을 볼 수 있습니다. 폴더가 안에 생기는
        파일에 자기 그룹을 주면(권한 2750) 그 그룹이, 아니면 소유자만 읽습니다.
reader-help-screen = 단말기로 동작하는 대신 이 컴퓨터의 화면을 유지: -- 다음의 브라우저를 실행하고 화면이 응답하지 않으면 상태 75로 종료
    .value = 파일
    .more = 단말기가 --kiosk로 써 놓은 시작 화면. 그 단말기를 기다리고, 단말기가 다시 시작하면 함께 다시 시작합니다.
reader-help-browser = 브라우저와 그 인수. 중괄호 한 쌍은 시작 화면의 주소
    .value = 명령
reader-help-tablets = 검사원이 허용한 태블릿에도 이 지역 네트워크 주소에서 화면을 제공. 둘째 통로는 다음 포트, 또는 두 번째 것이 지정하는 곳
    .value = 주소
    .more =
        생략하면 화면은 이 컴퓨터에서만 봅니다. 태블릿은 책임자 화면의 여덟 자리 번호로 허용하며
        단말기를 다시 시작할 때까지 유효합니다. 통신을 암호화하지 않으므로 다른 사람이 쓰지 않는 네트워크를 쓰십시오.
reader-help-name = 그 주소 외에 태블릿이 쓸 수 있는 호스트 이름
    .value = 이름
reader-help-export = 책임자가 요청할 때 통행 기록을 내보내는 폴더
    .value = 폴더
reader-help-events = 판정, 결정, 표시등과 계전기의 변화마다 JSON 한 줄을 씀. -는 표준 출력
    .value = 파일
    .more = 이름, 통행증 번호, 코드의 내용은 들어 있지 않습니다.
reader-help-fps = 재생할 때 초당 프레임 수
    .value = N
reader-help-once = 한 번만 재생하고, 판정은 다음 통행증이 오면 넘기고, 종료
reader-help-release = 카메라 수만큼의 통로에서 모든 출력을 끄고 종료
    .more =
        단말기가 강제로 종료된 뒤에 씁니다. 서비스가 멈출 때마다 이렇게 합니다.
reader-help-rtc = 계속 가고 있어야 하는 전지 시계
    .value = 시계
    .more =
        실제 보드에서는 따로 정하지 않으면 커널의 시계를 읽습니다. 멈췄거나 읽을 수 없는 시계는
        신뢰하지 않으며, 그 시각으로는 초록 판정이 나오지 않습니다. 커널은 자기 시계로 시스템의 시각을 맞춥니다.
        DS3231의 시각은 시스템의 시각과 관계없이 단말기의 시각이 됩니다.
reader-help-lang = 언어: zh, ko, en
    .value = 언어

reader-exit-good = 정지 요청을 받았거나 마지막 그림까지 처리함
reader-exit-again = 카메라가 응답하지 않음: 다시 시작하십시오

reader-no-events = { $path } 쓰기 실패: { $cause }.
    .next = --events로 다른 파일을 고르십시오.
reader-no-browser = 브라우저 { $path } 시작 실패: { $cause }.
    .next = 설치하거나 -- 다음에 다른 브라우저를 적으십시오
reader-no-file = { $path } 읽기 실패: 없거나, 일반 파일이 아니거나, 너무 큽니다.
    .next = 경로를 확인하십시오. 링크, 폴더, 장치는 따라가지 않습니다.
reader-no-root = 실제 보드에는 설치된 루트 문서가 있어야 합니다.
    .next = --root로 지정하거나, 시연으로 판정하려면 --demo를 붙이십시오.
reader-no-bundle = 실제 보드에는 판정에 쓸 문서 묶음이 있어야 합니다.
    .next = --bundle로 지정하거나, 시연으로 판정하려면 --demo를 붙이십시오.
reader-not-demo = { $path } 받아들이지 않음: --root가 없으면 시연용 묶음만 받습니다.
    .next = 해당 기관의 루트 문서를 --root로 지정하십시오. 파일이나 그 SHA-256이면 됩니다.
reader-refused = { $path } 받아들이지 않음: { $said }.
    .next = 발행한 곳에서 묶음을 다시 받으십시오. 쓰던 것은 그대로 있습니다.
reader-demo-refused = 실제 보드에서는 시연용 루트 문서를 받아들이지 않습니다.
    .next = 기관의 루트 문서를 설치하거나, 시연으로 판정하려면 --demo를 붙이십시오.
reader-place = 이 단말기가 설치된 장소를 알 수 없습니다.
    .next = --crossing, --side, --direction으로 장소를 지정하십시오.
reader-which-crossing = 통과지점 { $said }: 없습니다.
    .next = 다음에서 고르십시오: { $crossings }.
reader-state = 상태 폴더 { $path }: 쓸 수 없습니다: { $cause }.
    .next = 폴더에 쓸 수 있는지, 다른 단말기가 쓰고 있지 않은지 확인하십시오.
reader-camera = { $path }: 카메라로 쓸 수 없습니다: { $cause }.
    .next = 그림 폴더, Y4M 또는 MJPEG 파일, 비디오 장치를 지정하십시오.
reader-no-device = 카메라 기능 없이 빌드된 프로그램입니다. { $path } 열기 실패.
    .next = 폴더나 파일을 재생하거나, 카메라 기능이 있는 빌드를 쓰십시오.
reader-listen = { $address } 주소에서 화면을 제공할 수 없습니다: { $cause }.
    .next = --listen으로 다른 주소를 고르십시오. 포트 0은 비어 있는 포트를 씁니다.
reader-no-board = 보드를 열 수 없습니다: { $cause }.
    .next = --board, 핀을 쓸 권한, hardware/의 문제 해결 장을 확인하십시오.
reader-lanes = 보드에는 통로 둘까지 연결할 수 있고, 통로마다 카메라, 방향, 스캐너, 화면은 하나씩입니다.
    .next = --camera는 한 번이나 두 번, 나머지는 그보다 많지 않게 쓰십시오.
reader-display-lanes = 둘째 통로가 작은 화면의 핀을 씁니다.
    .next = --display 또는 두 번째 --camera를 빼십시오.
reader-thread = 시스템에서 스레드를 만들 수 없습니다: { $cause }.
    .next = 다른 프로그램을 닫고 다시 시작하십시오.
reader-not-renewed = { $path }에 아무것도 새로 만들지 않았습니다: { $cause }.
reader-no-key = { $path }에 있는 단말기 키를 읽을 수 없습니다: { $cause }. 잃어버렸으면 --renew key로 새로 만드십시오.
    .next = 잃어버린 것만 새로 만들 수 있습니다. 단말기 화면의 안내를 보십시오.
reader-not-paired = { $path }에 태블릿 번호를 만들지 못했습니다: { $cause }.
    .next = --state를 확인하고 단말기와 같은 사용자로 실행하십시오.
reader-not-enrolled = 검사원을 등록하지 못했습니다: { $cause }.
    .next = --state를 확인하고 여섯 글자 이상의 비밀번호를 고르십시오.
