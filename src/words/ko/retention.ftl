denied-too-early = 끝난 뒤 적어도 { $least }일이 지나야 내용을 삭제합니다.
station-due = 끝난 지 { $days }일이 넘은 것: 신청 { $applications }건, 사안 { $cases }건. 삭제한 것은 없습니다.
station-let-go = 삭제했습니다: 신청 { $applications }건, 사안 { $cases }건. 번호와 해시값은 기록에 남습니다.

station-help-let-go = 오래전에 끝난 신청과 사안 삭제. 해시값은 남고 기록은 그대로 검증됨
station-help-let-go-officer = 책임자 번호. 쓰지 않으면 몇 건인지만 알려 줌
    .value = 번호
station-help-let-go-after = 끝난 뒤의 일수. 쓰지 않으면 365일, 적어도 90일
    .value = 일수
