"""The rows that views answer, as types: dictionaries with these fields.

Generated from docs/schemas by generate.py. Do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Optional, TypedDict, Union

if TYPE_CHECKING:
    from typing_extensions import NotRequired

Category = Literal[
    "livelihood",
    "hardship",
    "stability",
]

Cited = Literal[
    "text",
    "law",
]

Date = str

DutyState = Literal[
    "pending",
    "met",
    "late",
    "missed",
    "excused",
]

Id = str

Instant = str

Modality = Literal[
    "must",
    "in_principle",
]

Period = str

Post = Literal[
    "branch_secretary",
    "committee_member",
    "supervision_member",
    "council_member",
    "party_member_delegate",
    "villager_delegate",
    "party_delegate",
    "people_delegate",
    "cppcc_member",
    "grid_worker",
    "station_duty",
    "town_secretary",
    "town_leader",
    "town_clerk",
    "mid_level",
    "department_head",
    "staff",
    "county_secretary",
    "county_leader",
    "four_offices",
    "visits_office",
]

RuleId = Literal[
    "liaison.county_leader",
    "liaison.department",
    "liaison.town",
    "liaison.village",
    "liaison.group",
    "visit.county_leader",
    "visit.department",
    "visit.town",
    "visit.village",
    "visit.group",
    "visit.in_person",
    "visit.late_entry",
    "visit.liaised",
    "contact_card",
    "register.card",
    "register.within",
    "station",
    "channel",
    "consolidate.county_leader",
    "consolidate.department",
    "consolidate.grassroots",
    "ledger.tier",
    "meeting.village",
    "meeting.town",
    "meeting.department",
    "meeting.county",
    "meeting.chair",
    "meeting.members",
    "meeting.notify",
    "meeting.item_by_item",
    "meeting.late_entry",
    "plan.complete",
    "plan.cap",
    "escalate.route",
    "escalate.within",
    "escalate.return",
    "settle.clock",
    "settle.extension",
    "settle.suspend",
    "settle.evidence",
    "settle.review",
    "settle.overdue",
    "flag.colour",
    "publish.stages",
    "publish.within",
    "publish.keep",
    "publish.digest",
    "publish.masked",
    "publish.two_person",
    "publish.objection",
    "close.satisfied",
    "close.asker",
    "close.questions",
    "close.attempts",
    "close.redo",
    "close.repeat",
    "close.public",
    "rate.response",
    "rate.solving",
    "rate.satisfaction",
    "rate.coverage",
    "sample.recheck",
    "advice.diary",
    "advice.pace",
    "advice.last_day",
    "advice.telephone",
    "advice.all_satisfied",
    "authority",
]

Stage = Literal[
    "plan",
    "result",
    "digest",
]

Supposed = Literal[
    "assumed",
]


class Agenda(TypedDict):
    #: 时刻
    at: Instant
    #: 姓名
    name: Optional[str]
    #: 人员
    person: Id
    #: 行
    rows: list[AgendaRow]



class AgendaRow(TypedDict):
    #: 实有次数
    count: int
    #: 剩余天数 · Days left; days over, when overdue.
    days: int
    #: 截止日
    due: Date
    #: 未批准的补录
    late_entries: int
    #: 约束力 · How strongly the rule binds.
    modality: Modality
    #: 对象
    object: Optional[Id]
    #: 超期
    overdue: bool
    #: 期间
    period: Optional[Period]
    #: 暂定
    provisional: NotRequired[bool]
    #: 应有次数
    required: int
    #: 规则
    rule: RuleId
    #: 依据 · What the rule rests on.
    source: Source
    #: 状态
    state: DutyState
    #: 责任主体
    subject: Id
    #: 事由 · The case's topic.
    topic: Optional[str]



class Article(TypedDict):
    #: The article.
    article: str
    #: The handbook or a statute.
    kind: Cited



class CountRow(TypedDict):
    #: 类别; null is the total.
    category: Optional[Category]
    #: 结账
    closed: Optional[int]
    #: 议定
    decided: Optional[int]
    #: 收集
    noted: Optional[int]
    #: 公示
    published: Optional[int]
    #: 销账
    settled: Optional[int]
    #: 合计; of the events of a row.
    total: Optional[int]



class Counts(TypedDict):
    #: 各账
    rows: list[CountRow]
    #: 合计
    total: CountRow



class Duty(TypedDict):
    #: 实有次数 · How many there are.
    count: int
    #: 截止日 · Its last day.
    due: Date
    #: 凭据 · What proves it: visit ids for a quota, command ids otherwise.
    evidence: list[Id]
    #: 未批准的补录 · Late visits not yet approved.
    late_entries: int
    #: 对象 · About what: a household, village, case, posting or objection.
    object: Optional[Id]
    #: 期间 · For which period.
    period: Optional[Period]
    #: 暂定 · Computed beyond the last known holiday notice.
    provisional: NotRequired[bool]
    #: 应有次数 · How many are asked for.
    required: int
    #: 规则 · The rule.
    rule: RuleId
    #: 状态 · How it stands.
    state: DutyState
    #: 责任主体 · Who owes it: a person or a unit.
    subject: Id



class Grounding(TypedDict):
    #: The neighbouring rule or practice that it follows.
    grounding: str
    #: An assumption.
    kind: Supposed



class NumberedItem(TypedDict):
    #: 内容
    item: PublicItem
    #: 序号
    no: int



class Numbers(TypedDict):
    #: 已答 · Of those due, how many households answered.
    answered: int
    #: 应回访 · How many households were to be asked.
    due: int
    #: 受理 · Noted in the range, whatever became of it.
    noted: int



class PublicItem(TypedDict):
    #: 台账类别 · Which ledger.
    category: NotRequired[Category]
    #: 完成时限 · The deadline.
    due: NotRequired[Date]
    #: 组 · The group's name.
    group: NotRequired[str]
    #: 措施 · The measures.
    measures: NotRequired[str]
    #: 姓名(姓氏加某) · Surname and 某.
    name: NotRequired[str]
    #: 责任人职务 · The responsible person's post.
    post: NotRequired[Post]
    #: 结果 · The result.
    result: NotRequired[str]
    #: 公示内容 · Plan or result.
    stage: Stage
    #: 公开摘要 · What is asked for, in the clerk's public words.
    summary: NotRequired[str]
    #: 村(社区) · The village's name.
    village: NotRequired[str]



class Publication(TypedDict):
    #: 统计
    counts: Counts
    #: 期间
    period: Period
    #: 公示
    postings: list[Sheet]
    #: 单位
    unit: Id
    #: 单位名称
    unit_name: str



class RateRow(TypedDict):
    #: 台账类别 · Which of the three ledgers; null for all of them.
    category: Optional[Category]
    #: 回访率 · Answered, of those due.
    coverage: Optional[Fraction]
    #: 并案 · Joined to another case.
    merged: int
    #: 基数 · The numbers behind them.
    n: Numbers
    #: 部分解决 · Partly solved, of those answered.
    partly: int
    #: 重开 · Opened again, or come again as a new case.
    reopened: int
    #: 响应率 · Registered or solved in time, of those noted.
    response: Optional[Fraction]
    #: 满意率 · Satisfied or basically satisfied, of those answered.
    satisfaction: Optional[Fraction]
    #: 解决率 · Solved, of those answered.
    solving: Optional[Fraction]
    #: 单位 · The unit; its row covers the units below it.
    unit: Id
    #: 单位名称 · Its name.
    unit_name: str
    #: 未评 · Closed because the household could not be reached.
    unrated: int
    #: 撤回 · Taken back by the household.
    withdrawn: int


Fraction = TypedDict(
    "Fraction",
    {
        "in": int,
        "of": int,
    },
)

Sheet = TypedDict(
    "Sheet",
    {
        "from": Date,
        "items": list[NumberedItem],
        "place": str,
        "posting": Id,
        "stage": Stage,
        "up": bool,
    },
)

Source = Union[Article, Grounding]
