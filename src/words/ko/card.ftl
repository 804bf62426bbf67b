### 통행증에 찍는 말. 한 줄에 들어가게 짧게.

card-title = 국경통행증
card-name-latin = 이름(라틴 글자)
card-name-native = 이름(한글 또는 한자)
card-birth = 생년월일
card-nationality = 국적
card-home = 거주 지역
card-valid-from = 유효기간 시작
card-valid-through = 유효기간 끝
card-crossings = 통상구
card-every-crossing = 국경지역의 모든 통상구
card-entries = 통행(왕복)
card-unlimited = 제한 없음
card-stay = 최장 체류
card-days = { $days }일
card-children = 함께 가는 어린이
card-document = 신분증
card-none = 없음
card-number = 통행증 번호
card-issued-by = 발급소
card-issued = 발급한 날
card-only-zone = 쌍방 국경지역 안에서만 유효합니다.
card-found = 주운 분은 가까운 통상구나 발급소에 맡겨 주십시오.
card-specimen = 견본
