### permit-reader: 명령줄, 그리고 시작하지 못한 까닭.

reader-help = 경비원이 쓰는 단말기: 카메라로 읽고 화면, 등, 소리, 출입문으로 알린다
    .more =
        맨 먼저 찍는 줄은 화면의 주소이다. 주어진 신뢰 묶음으로 판정하고 언제 것인지 알리며 망이 없어도 된다.
        묶음이 없으면 모의 판은 시범용 묶음으로, 시범 자체의 날에 판정한다.
reader-help-board = 등, 단추, 출입문이 이어진 곳
    .value = 판
reader-help-camera = 그림 폴더, Y4M 또는 MJPEG 파일, 비디오 장치, 또는 none; 두 번 쓰면 통로가 둘이 된다
    .value = 입력
    .more =
        폴더의 그림은 저마다 열 장면씩 보이고 한 장면은 비운다. 장치는 /dev/v4l/by-id에 있는 이름으로 적는 것이 좋다.
reader-help-bundle = 판정에 쓸 신뢰 묶음
    .value = 파일
reader-help-root = 설치된 뿌리: 파일 또는 내용의 SHA-256
    .value = 파일|SHA256
    .more = 없으면 시범용 뿌리만 받아들이고, 실제 판에서는 아무것도 받아들이지 않는다.
reader-help-demo = 실제 판에서 시범용으로 판정한다; 모든 판정에 DEMO 표시가 붙는다
reader-help-crossing = 곳: 통로의 번호, 식별자 또는 어느 이름이든
    .value = 통로
reader-help-side = 어느 쪽 경비원이 서 있는가: A 또는 B
    .value = 쪽
reader-help-direction = 그쪽에서 본 방향: entry(들어옴) 또는 exit(나감); 두 번째 것은 둘째 통로의 것
    .value = 방향
reader-help-fixed = 경비원이 방향을 바꿀 수 없다
reader-help-idle = 검사원이 아무것도 하지 않으면 근무를 끝내는 시간(분); 0이면 끝내지 않는다
    .value = 분
reader-help-unattended = 아무도 다루지 않는 판정을 ‘결정 없음’으로 닫는 시간(초)
    .value = 초
reader-help-undo = 통과 결정을 취소할 수 있는 시간(초, ‘통과하지 않음’); 0이면 취소할 수 없다
    .value = 초
reader-help-at = 시작할 때의 시각: YYYY-MM-DD, Thh:mm, ±hh:mm; 없으면 컴퓨터의 시계
    .value = 시각
    .more = 손으로 맞춘 시계는 시범이 아니면 아무것도 유효하게 하지 않는다.
reader-help-state = 기록, 열쇠, 받아들인 명단을 두는 곳; 없으면 프로세스와 함께 사라진다
    .value = 폴더
reader-help-number = 그쪽 단말기 가운데 이 단말기의 번호
    .value = N
reader-help-scanner = 직렬선에 이어진 스캐너, 또는 한 번 읽을 때마다 한 줄을 주는 장치(9600이 아닌 속도는 장치@속도). 자판처럼 동작하는 스캐너는 evdev:장치. 두 번째 것은 둘째 통로의 것이고, none이면 그 통로에는 없다
    .value = 장치
reader-help-enrol = 경비원을 번호로 등록하고 끝낸다; PIN은 표준 입력의 첫 줄
    .value = N
    .more = 같은 번호를 다시 등록하면 PIN이 바뀌고 잠금이 풀린다. PIN은 여섯 글자 이상이다.
reader-help-unlock = 경비원이 곧 다시 시도할 수 있게 하고 끝낸다; 지금까지 틀린 PIN은 세지 않는다
    .value = N
reader-help-renew = 잃어버린 열쇠(key)나 구역 비밀값(secret)을 새로 만들고 끝낸다
    .value = 어느것
    .more = 손상된 것은 따로 둔다. 본부는 알리기 전까지 새 열쇠를 모른다. 비밀값이 바뀌면 전에 통행한 사람을 알 수 없고 다른 단말기의 기록과 합쳐지지 않는다.
reader-help-pair = 이 --state로 동작하는 단말기에 태블릿 한 대를 들이는 번호를 출력하고 끝낸다
    .more = 화면이 없는 곳에서 쓴다. 2분 동안, 다섯 번까지, 한 대만 쓸 수 있다.
reader-help-display = SPI에 이어진 작은 화면(320×240): 판정의 모양, 말, 이름
    .value = 화면
reader-help-stick = 이동 기억 장치의 신뢰 묶음; 경비원이 갱신을 청하면 읽는다
    .value = 파일
reader-help-listen = 화면을 내보내는 곳; 둘째 통로의 화면은 다음 포트, 또는 두 번째 --listen이 말하는 곳
    .value = 주소
reader-help-kiosk = 출력되는 주소 대신 이 폴더의 시작 화면 lane-1.html로 이 기계의 화면을 들여보내기
    .value = 폴더
    .more =
        그 안의 열쇠는 시작할 때마다 새로 만들며, 가진 사람은 경비원이 보는 것을 봅니다. 폴더가 안에 생기는
        파일에 자기 그룹을 주면(권한 2750) 그 그룹이, 아니면 소유자만 읽습니다.
reader-help-screen = 단말기가 되는 대신 이 기계의 화면을 지키기: -- 다음의 브라우저를 실행하고 그 화면이 죽으면 상태 75로 끝냄
    .value = 파일
    .more = 단말기가 --kiosk로 써 놓은 시작 화면. 그 단말기를 기다리고, 단말기가 새로 시작하면 새로 시작합니다.
reader-help-browser = 브라우저와 그 인수; 중괄호 한 쌍은 시작 화면의 주소
    .value = 명령
reader-help-tablets = 검사원이 허용한 판형 컴퓨터에도 이 지역망 주소에서 화면을 내보내기; 둘째 통로는 다음 포트, 또는 두 번째 것이 말하는 곳
    .value = 주소
    .more =
        생략하면 화면은 이 컴퓨터에서만 봅니다. 판형 컴퓨터는 책임자 화면의 여덟 자리 번호로 허용하며
        단말기를 다시 시작할 때까지 유효합니다. 도중에 암호화하지 않으므로 다른 사람이 없는 망을 쓰십시오.
reader-help-name = 그 주소 밖에 판형 컴퓨터가 부를 수 있는 이름
    .value = 이름
reader-help-export = 책임자가 요구할 때 기록을 내보내는 폴더
    .value = 폴더
reader-help-events = 판정, 결정, 등과 계전기의 변화마다 JSON 한 줄을 쓴다; -는 표준 출력
    .value = 파일
    .more = 이름, 통행증 번호, 코드의 내용은 들어 있지 않다.
reader-help-fps = 재생할 때 초당 장면 수
    .value = N
reader-help-once = 한 번만 재생하고, 판정은 다음 통행증에 자리를 내주고, 끝낸다
reader-help-release = 카메라 수만큼의 통로에서 모든 출력을 끄고 끝낸다
    .more =
        강제로 끝난 단말 뒤에 쓴다. 서비스가 멈출 때마다 이렇게 한다.
reader-help-rtc = 계속 가고 있었어야 할 전지 시계
    .value = 시계
    .more =
        실제 판에서는 따로 정하지 않으면 커널의 시계에 묻는다. 멈췄거나 읽을 수 없는 시계는
        믿지 않으며, 그 시각으로는 아무것도 초록이 되지 않는다. 커널은 자기 시계로 체계의 시각을 맞춘다.
        DS3231의 시각은 체계가 무엇이라 하든 단말의 시각이다.
reader-help-lang = 언어: zh, ko 또는 en
    .value = 언어

reader-exit-good = 멈추라고 하였거나 마지막 그림까지 끝냈음
reader-exit-again = 카메라가 멎었음: 다시 시작하십시오

reader-no-events = { $path } 쓰기 실패: { $cause }.
    .next = --events로 다른 파일을 고르십시오.
reader-no-browser = 브라우저 { $path }가 시작하지 않습니다: { $cause }.
    .next = 설치하거나 -- 다음에 다른 것을 쓰십시오
reader-no-file = { $path } 읽기 실패: 없거나, 보통 파일이 아니거나, 너무 큽니다.
    .next = 경로를 확인하십시오. 링크, 폴더, 장치는 따라가지 않습니다.
reader-no-root = 실제 판에는 설치된 뿌리가 있어야 합니다.
    .next = --root로 적거나, 시범으로 판정하려면 --demo를 붙이십시오.
reader-no-bundle = 실제 판에는 판정에 쓸 신뢰 묶음이 있어야 합니다.
    .next = --bundle로 적거나, 시범으로 판정하려면 --demo를 붙이십시오.
reader-refused = { $path } 받아들이지 않음: { $said }.
    .next = 펴낸 곳에서 묶음을 다시 받으십시오. 쓰던 것은 그대로 있습니다.
reader-demo-refused = 실제 판에서는 시범용 뿌리를 받아들이지 않습니다.
    .next = 기관의 뿌리를 설치하거나, 시범으로 판정하려면 --demo를 붙이십시오.
reader-place = 이 단말기가 어디에 있는지 알 수 없습니다.
    .next = --crossing, --side, --direction으로 곳을 적으십시오.
reader-which-crossing = 통로 { $said }: 없습니다.
    .next = 다음에서 고르십시오: { $crossings }.
reader-state = { $path }의 상태를 쓸 수 없습니다: { $cause }.
    .next = 폴더에 쓸 수 있는지, 다른 단말기가 쓰고 있지 않은지 확인하십시오.
reader-camera = { $path }: 카메라로 쓸 수 없습니다: { $cause }.
    .next = 그림 폴더, Y4M 또는 MJPEG 파일, 비디오 장치를 적으십시오.
reader-no-device = 카메라 없이 만든 프로그램이라 { $path } 열기 실패.
    .next = 폴더나 파일을 재생하거나, 카메라가 든 판을 쓰십시오.
reader-listen = { $address }에서 내보낼 수 없습니다: { $cause }.
    .next = --listen으로 다른 주소를 고르십시오. 포트 0은 빈 것을 아무거나 씁니다.
reader-no-board = 판을 열 수 없습니다: { $cause }.
    .next = --board, 핀을 쓸 권한, hardware/의 문제 해결 장을 확인하십시오.
reader-lanes = 판에는 통로 둘을 이을 자리가 있고, 통로마다 카메라, 방향, 스캐너, 화면은 하나씩이다.
    .next = --camera는 한 번이나 두 번, 나머지는 그보다 많지 않게 쓰십시오.
reader-display-lanes = 둘째 통로가 작은 화면의 자리를 쓴다.
    .next = --display 또는 두 번째 --camera를 빼십시오.
reader-thread = 체계가 스레드를 주지 않습니다: { $cause }.
    .next = 다른 프로그램을 닫고 다시 시작하십시오.
reader-not-renewed = { $path }에 아무것도 새로 만들지 않았습니다: { $cause }.
    .next = 잃어버린 것만 새로 만들 수 있습니다. 단말기 화면의 말을 보십시오.
reader-not-paired = { $path }에 태블릿 번호를 만들지 못하였습니다: { $cause }.
    .next = --state를 확인하고 단말기와 같은 사용자로 실행하십시오.
reader-not-enrolled = 경비원을 등록하지 못하였습니다: { $cause }.
    .next = --state를 확인하고 여섯 글자 이상의 PIN을 고르십시오.
