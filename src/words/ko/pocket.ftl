### 휴대 확인기: 전화기의 웹 페이지. 모듈을 불러오기 전에 `page/index.html`에 있는 글은 여기서 옮긴 것이며, 시험이 둘을 맞춘다.

pocket-title = 휴대 확인기
pocket-short = 확인기
pocket-no-script = 이 페이지에는 JavaScript와 WebAssembly를 쓸 수 있는 브라우저가 필요합니다.
pocket-starting = 시작하는 중
pocket-failed = 이 브라우저에서는 확인기가 시작되지 않습니다. 더 새로운 브라우저를 쓰거나 페이지를 다시 여십시오.

pocket-patrol = 확인
pocket-holder = 내 통행증
pocket-lists = 목록
pocket-limits = 한계

## 읽기

pocket-camera-on = 카메라 켜기
pocket-camera-off = 카메라 끄기
pocket-camera-refused = 카메라를 쓸 수 없게 되어 있습니다. 브라우저 설정에서 이 페이지에 허용하거나, 사진을 고르거나 번호를 입력하십시오.
pocket-camera-none = 카메라가 없습니다. 사진을 고르거나 번호를 입력하십시오.
pocket-camera-lost = 카메라 연결이 끊겼습니다. 다시 켜십시오.
pocket-camera-rest = 카메라를 쉬게 했습니다. 2분 동안 아무 코드도 보이지 않았습니다.
pocket-power = 배터리가 부족합니다. 초당 살피는 화면 수를 줄입니다.
pocket-picture = 사진 또는 PDF
pocket-next = 다음 통행증
pocket-again = 확인기가 이 화면에서 멈추어 다시 시작했습니다. 다음 것을 계속하십시오.
pocket-file-none = 이 파일은 사진이 아닙니다. 사진이나 PDF를 고르십시오.
pocket-file-damaged = 손상된 파일입니다. 사진을 다시 찍으십시오.
pocket-file-large = 이 파일은 너무 큽니다. 더 작은 사진을 고르십시오.
pocket-file-locked = 이 PDF에는 암호가 필요합니다. 암호가 없는 파일을 고르십시오.
pocket-file-foreign = 이 종류의 사진은 여기서 읽을 수 없습니다. PNG나 JPEG로 저장하십시오.
pocket-file-absent = 서버가 응답하지 않아 이런 파일을 읽는 프로그램을 불러올 수 없습니다. 사진을 고르거나 네트워크가 있을 때 다시 하십시오.
pocket-file-loading = 이런 파일을 읽는 프로그램을 불러오는 중입니다. 한 번만 필요하니 잠시 기다리십시오.
pocket-file-more = 이 파일의 페이지를 보고 있습니다. { $count }쪽 남았습니다.
pocket-part-elsewhere = 이것은 목록의 코드이며 통행증이 아닙니다. 목록을 받으려면 “목록”을 여십시오.
pocket-outline = 카메라 화면. 그 안의 코드에 테두리가 표시됩니다

## 있는 곳

pocket-place = 어디에 계십니까?
pocket-crossing = 통과지점
pocket-side = 측
pocket-direction = 방향
pocket-side-a = A측
pocket-side-b = B측
pocket-nowhere = 통과지점이 아닌 곳
pocket-not-asked = 여기서 확인하지 않은 것: 통행증이 통과지점에서 유효한지, 그곳이 열려 있는지.
pocket-way-home = 집으로 돌아가는 사람은 여기에 무엇이 표시되든 붙잡지 않습니다.
pocket-not-known = 여기서 알 수 없는 것: 이미 한 통행, 소지자가 이미 건너가 있는지, 얼마나 머물렀는지.
pocket-opens-nothing = 여기서는 아무것도 기록하지 않고 아무것도 열지 않습니다.
pocket-clock-next = 이 기기의 시계를 바로잡거나 새 목록을 받으십시오.
pocket-journeys = 허용된 통행
pocket-at = 시연하는 날

## 자기 통행증

pocket-holder-more = 통행증의 코드를 카메라에 보이거나 그 사진을 고르십시오. 설명만 하고 아무것도 남기지 않습니다.
pocket-explain-days = { $from }부터 { $through }까지 유효합니다.
pocket-explain-journeys = { $count ->
   *[other] 왕복 통행이 { $count }번 허용됩니다.
}
pocket-explain-unlimited = 몇 번이든 통행할 수 있습니다.
pocket-explain-used = 몇 번 통행했는지는 통과지점에서 알며 여기서는 알 수 없습니다.
pocket-outlook = 집을 떠나 출국
pocket-today = 오늘
pocket-tomorrow = 내일
pocket-ask = 궁금한 것은 발급소에 물으십시오: { $station }.

## 루트 문서와 목록

pocket-lists-first = 아직 판정할 수 없습니다. 먼저 “목록”에서 목록을 받으십시오.
pocket-root = 루트 문서
pocket-root-absent = 여기에 루트 문서가 없습니다. 아직 받지 않았거나 브라우저가 지웠습니다.
pocket-root-more = 이 페이지는 루트 문서 하나의 목록만 믿습니다. 그 지문을 기관이 종이로 알려 준 지문과 묶음마다 또는 낱말마다 비교하십시오.
pocket-root-same = 같습니다
pocket-root-other = 다릅니다: 받지 않기
pocket-root-scan = 지문 스캔
pocket-root-none = 이것은 루트 문서의 지문이 아닙니다.
pocket-other-root = 이 목록은 다른 루트 문서의 것입니다. 아무것도 받지 않았습니다.
pocket-lists-absent = 목록 없음
pocket-lists-file = 파일에서
pocket-lists-terminals = 단말기만 읽는 코드입니다. 휴대전화와 창구용으로는 permit authority codes --numbered로 그린 코드가 필요합니다.
pocket-lists-server = 이 서버에서
pocket-lists-unreachable = 서버가 응답하지 않거나 목록이 없습니다. 쓰고 있는 목록은 그대로입니다.
pocket-lists-shared = 다른 탭이 목록이나 위치를 바꾸었습니다. 여기서도 그것을 씁니다.
pocket-forget = 모두 지우기
pocket-forget-more = 루트 문서, 목록, 위치를 지웁니다. 그 뒤에는 더 오래된 목록도 받게 됩니다. 이 페이지가 다른 목록을 알지 못하기 때문입니다.
pocket-forget-sure = 예, 모두 지웁니다
pocket-not-kept = 이 브라우저는 이 페이지의 내용을 보관하지 않습니다. 닫으면 루트 문서와 목록이 사라집니다.
pocket-kept-short = 공간이 부족하면 브라우저가 루트 문서와 목록을 지울 수 있습니다. 페이지를 설치하면 더 오래 보관됩니다.

## 페이지 자체

pocket-offline = 이제 네트워크 없이도 쓸 수 있습니다.
pocket-newer = 이 페이지의 새 판을 쓸 수 있습니다.
pocket-newer-take = 지금 쓰기

## 전화기가 보장하지 못하는 것

pocket-limit-stays = 읽은 것은 이 기기를 떠나지 않고 보관되지도 않습니다. 화면 사진은 사용자 자신의 책임입니다.
pocket-limit-journal = 통행 기록이 없습니다. 몇 번 통행했는지, 건너가 있는지, 머문 기간을 여기서는 알 수 없으며 출입문도 열지 않습니다.
pocket-limit-clock = 이 기기의 시계를 앞당기면 통행증이 만료된 것처럼 보일 수 있습니다. 알려진 시각보다 뒤로 돌리면 알아차리며 그때는 초록이 나오지 않습니다.
pocket-limit-storage = 브라우저 저장소를 지우면 루트 문서와 목록이 지워지고, 더 오래된 목록을 다시 받을 수 있습니다. 매번 루트 문서의 지문을 비교하십시오.
pocket-limit-device = 이 기기나 페이지를 제공한 서버를 다루는 사람은 화면에 나오는 것도 바꿀 수 있습니다. 통과지점에서는 단말기의 판정에 따릅니다.
