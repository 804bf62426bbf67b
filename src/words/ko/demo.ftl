### permit demo: 시연.

help-demo = 유효한 것과 아닌 것을 갖춘 통행증 한 벌을 만들고 판정
    .more =
        폴더에는 bundle.cbor와 root.cbor, 통행증과 그 코드(permits), 카메라 그림(pictures), report.html이 있습니다.
        키는 모두 공개된 것이고 카드마다 견본이라고 적혀 있어 시험용으로만 씁니다. 같은 폴더에 다시 실행하면
        자기 파일만 바꾸며, 다른 파일이 있는 폴더에는 쓰지 않습니다. 판정이 모두 예상과 같으면 종료 상태 0, 아니면 1입니다.
help-demo-out = 결과를 쓸 폴더
    .value = 폴더
help-demo-per = 경우마다 결함 없는 그림 한 장 외에, 종류와 세기마다 만들 그림 수
    .value = N
help-demo-jobs = 동시에 판정할 그림 수. 생략하면 코어마다 하나
    .value = N

demo-broken = 시연을 만들 수 없습니다. 프로그램 자체의 오류입니다.
    .next = 변경하지 않은 프로젝트에서 다시 빌드하십시오.
demo-foreign = { $path }에 시연과 관계없는 파일이 있습니다: { $file }.
    .next = --out으로 다른 폴더를 고르거나 그 파일을 옮기십시오. 아무것도 쓰지 않았습니다.

demo-cards = 통행증 그리는 중
demo-pictures = 그림 만드는 중
demo-judging = 판정하는 중
demo-expected = 예상
demo-got = 결과
demo-case = 경우
demo-says = 판정
demo-unread = 코드를 읽지 못함
demo-direct = 그림 없이 직접 판정
demo-cases = { $count }가지 경우 가운데 { $right }가지가 예상대로 판정됨

demo-next = 다음에 볼 것
demo-next-report = 보고서(모든 브라우저에서 열림):
demo-next-verify = 단말기 관리자가 쓰는 명령으로 같은 판정을 다시 보기:
demo-next-page = 브라우저에서 통행증을 인쇄하고 하나를 카메라로 찍은 뒤 판정하기:
demo-next-inspect = 코드 하나를 바이트 단위로 풀이하기:
demo-fonts = 한자와 한글이 있는 글꼴을 찾지 못했습니다. 통행증 페이지에 네모가 보일 수 있습니다. 코드, 그림, 판정에는 글꼴이 필요 없습니다.
