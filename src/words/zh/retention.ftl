denied-too-early = 办结后至少 { $least } 天才可删除内容。
station-due = 办结超过 { $days } 天：申请 { $applications } 件，事项 { $cases } 件。未删除任何内容。
station-let-go = 已删除：申请 { $applications } 件，事项 { $cases } 件。编号和摘要保留在记录中。

station-help-let-go = 删除早已办结的申请和事项；摘要保留，记录仍可核验
station-help-let-go-officer = 主管编号；不写则只显示到期数量
    .value = 编号
station-help-let-go-after = 办结后的天数；不写为 365，至少 90
    .value = 天数
