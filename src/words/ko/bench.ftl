### permit bench: 우리 수치를 새로 측정한다.

help-bench = 문서에 적힌 수치를 이 컴퓨터에서 다시 측정
help-bench-reading = 우리 판독기와 다른 판독기의 판독률과 시간 비교
    .more =
        그림마다 같은 회색조 픽셀을 모든 판독기에 차례로 주고, 각각 한 스레드로 읽습니다. 시간은 CPU 시간입니다.
        다른 판독기는 Python에 설치된 것만 씁니다(pip install zxing-cpp pyzbar
        opencv-contrib-python-headless numpy). 없는 것은 이름을 표시합니다.
        둘째 표는 우리 판독기의 각 단계가 판독률을 얼마나 높이고 시간이 얼마나 드는지 보입니다.
help-bench-reading-pictures = 종류마다 만들 그림 수, 또는 manifest.json이 있는 폴더
    .value = 수|폴더
    .more = 매니페스트에는 file, kind, payload(16진수) 또는 expected(텍스트), 알면 strength가 있습니다.
help-bench-reading-seed = 시드가 다르면 그림도 다름
    .value = 수
help-bench-reading-peers = 비교할 판독기: zxing-cpp, zxing-cpp-fast, zbar, opencv, wechat, 또는 none
    .value = 이름
help-bench-reading-python = 다른 판독기가 설치된 Python
    .value = 파일
help-bench-reading-out = 이 폴더에 reading.json, reading.csv와 도표 reading-time.svg, reading-kinds.svg를 저장
    .value = 폴더
help-bench-reading-json = 수치를 이 파일에 JSON으로 저장
    .value = 파일
help-bench-reading-least = 우리 판독기가 이 백분율보다 적게 읽으면 상태 1로 끝냄
    .value = 백분율

bench-progress = 읽는 중
bench-pictures = 코드가 있는 그림 { $count }장, 없는 그림 { $empty }장({ $pictures })
bench-reader = 판독기
bench-read = 판독 %
bench-mean = 평균 ms
bench-median = 중앙값
bench-p95 = p95
bench-empty = 코드 없음 ms
bench-misread = 잘못 읽음
bench-ratio = ÷ zxing-cpp
bench-step = 단계
bench-adds = 증가
bench-costs = 시간 ms
bench-together = 다른 판독기를 모두 합하면 판독률은 { $percent } %입니다.
bench-missing = { $name } 없음: { $reason }
bench-out = 도표와 표는 { $path }에 있습니다.
bench-chart-title = 판독률과 시간
bench-chart-note = 코드가 있는 그림 { $count }장. 선: 각 단계까지의 우리 판독기.
bench-chart-time = 그림당 평균 밀리초, 한 스레드의 CPU 시간
bench-kinds-title = 종류와 세기별 판독률
bench-no-pictures = 매니페스트에 그림이 없습니다.
    .next = manifest.json에 그림이 적힌 폴더나 만들 그림 수를 지정하십시오.
bench-peers-gone = 다른 판독기가 응답하지 않습니다: { $cause }.
    .next = --peers로 하나씩 빼 보면 어느 것인지 알 수 있습니다. --peers none이면 우리 판독기만 측정합니다.
bench-least = 우리 판독기의 판독률은 { $read } %로 { $least } %보다 낮습니다.
    .next = reading.csv(--out)를 앞선 결과와 비교하여 빠진 그림을 찾으십시오.
unfit-peer = { " " }zxing-cpp, zxing-cpp-fast, zbar, opencv, wechat 또는 none이어야 합니다.
unfit-pictures = { " " }1부터 1000까지의 수나 폴더여야 합니다.
unfit-percent = { " " }0부터 100까지의 수여야 합니다.
