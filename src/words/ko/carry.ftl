### permit-carry: 단말기에 무엇을 가져오고 무엇을 보냈으며 왜 못 했는지.

carry-help = 단말기 곁에서: 정적 서버에서 새 목록을 받아 USB 메모리의 파일이 놓일 곳에 두고, 내보낸 통행 기록을 본부에 보냄
    .more =
        목록은 루트 문서로 확인되고 이미 있는 것에 이어질 때만 놓음. --once가 없으면 계속하며 15분마다 물음. 한 차례
        실패하면 1분을 기다리고 그다음부터는 두 배씩, 길어야 1시간.
carry-help-lang = 언어: zh, ko 또는 en. 생략하면 시스템의 언어
    .value = 언어
carry-help-from = 문서 묶음의 주소, http://…. 미러가 있으면 여러 번: 모두 물어 가장 새것을 씀
    .value = 주소
carry-help-root = 설치된 루트 문서
    .value = 파일
carry-help-out = 문서 묶음을 놓을 곳, 단말기의 --stick
    .value = 파일
carry-help-state = 서버마다 기억할 것을 둘 폴더
    .value = 폴더
carry-help-exports = 내보낸 통행 기록이 든 폴더, 단말기의 --export
    .value = 폴더
carry-help-journals = 내보낸 파일을 거두는 본부의 주소, http://…/journal
    .value = 주소
carry-help-once = 한 번만 물음. 답한 서버가 없거나 아직 보낼 파일이 있으면 종료 상태는 1

unfit-carry-url = { " " }http://로 시작하는 주소여야 합니다. 도중에 읽혀서는 안 되면 터널이 필요합니다.

carry-newer = { $url }: 새 목록을 가져왔습니다
carry-nothing = { $url }: 아무것도 받아들이지 않았습니다: { $said }
carry-home = { $name }: 본부에 닿았습니다
carry-not-taken = { $name }: 본부가 거두지 않아 따로 두었습니다 (상태 { $status })
carry-waits = { $name }: 아직 보내지 못했습니다: { $said }

carry-unreached = 서버에 닿지 않음 ({ $detail })
carry-redirect = 다른 곳으로 보내므로 따르지 않음 (상태 { $detail })
carry-status = 서버가 거절함 (상태 { $detail })
carry-too-long = 이런 파일에 허용된 길이를 넘음
carry-broke-off = { $detail }바이트를 받고 끊김
carry-slow = 서버가 너무 오래 걸림
carry-another = 서버에 있는 파일이 받기 시작한 것과 다름
carry-older = 이미 있는 것보다 오래됨
carry-refused = 확인되지 않음 ({ $detail })
carry-disk = 이 기계의 파일을 읽거나 쓸 수 없음 ({ $detail })
