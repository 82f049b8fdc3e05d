"""The words of the query language: every key and value by its English name, its Chinese name, and what else is said.

The English names are canonical: they stand in the database and in settings files. Both languages are always
understood; the language of the screens only decides which one is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache

from data.language import language
from data.rows import AgentRow, ShopRow, View
from data.vocabulary import Cause, Grade, Platform, Result, State


class Kind(Enum):
    """What values a key takes."""

    CHOICE = auto()
    """Words of its own."""
    AGENT = auto()
    """An agent by name or login; `none` and `me`."""
    SHOP = auto()
    """A shop by a part of its name."""
    TITLE = auto()
    """A part of a product's title."""
    TIME = auto()
    """A time to come, by the span until then or by its day; `yes` and `none`."""
    AGE = auto()
    """How long ago."""
    DAY = auto()
    """A day."""
    NUMBER = auto()
    """A number; where it counts something, `yes` and `no` too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that a key takes: `codes` are what a row holds then, None for nothing."""

    name: str
    chinese: str
    also: tuple[str, ...] = ()
    codes: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its names, what values it takes, and the column that it asks about."""

    name: str
    chinese: str
    also: tuple[str, ...]
    kind: Kind
    column: str
    choices: tuple[Choice, ...] = ()

    @property
    def shown(self) -> str:
        """Its name in the active language."""
        return self.chinese if language() != "en" else self.name


@dataclass(frozen=True, slots=True)
class Known:
    """Who works here and which shops there are: what names in a query can mean."""

    agents: Sequence[AgentRow] = ()
    shops: Sequence[ShopRow] = ()
    _folded: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def agents_called(self, name: str) -> tuple[int, ...]:
        """The agents of that name or login, however it is capitalised."""
        sought = folded(name)
        return tuple(one.id for one in self.agents if sought in (folded(one.name or ""), folded(one.login)))

    def shops_called(self, name: str) -> tuple[int, ...]:
        """The shops that have it in their name."""
        return tuple(one.id for one in self.shops if folded(name) in folded(one.name))


NONE = Choice("none", "无", ("没有", "nobody", "没人", "空"))
ME = Choice("me", "我", ("mine", "自己"))
YES = Choice("yes", "是", ("有", "y", "true"))
NO = Choice("no", "否", ("没有", "无", "n", "false", "none"))
OVERDUE = Choice("overdue", "超时", ("已超时", "过期", "late"))
DAYS = {
    -1: Choice("yesterday", "昨天", ("昨日",)),
    0: Choice("today", "今天", ("今日",)),
    1: Choice("tomorrow", "明天", ("明日",)),
}
UNITS = {
    "m": ("分钟", ("min", "minutes", "minute", "分")),
    "h": ("小时", ("hours", "hour", "时", "个小时")),
    "d": ("天", ("days", "day", "日")),
    "w": ("周", ("weeks", "week", "星期", "个星期")),
}

_PLATFORMS = (
    Choice("taobao", "淘宝", ("tb",), (Platform.TAOBAO,)),
    Choice("tmall", "天猫", ("tm",), (Platform.TMALL,)),
    Choice("pdd", "拼多多", ("pinduoduo",), (Platform.PDD,)),
    Choice("jd", "京东", ("jingdong",), (Platform.JD,)),
    Choice("douyin", "抖音", ("dy",), (Platform.DOUYIN,)),
    Choice("kuaishou", "快手", ("ks",), (Platform.KUAISHOU,)),
    Choice("judgeme", "Judge.me", (), (Platform.JUDGEME,)),
    Choice("other", "自营店", ("自营", "其他"), (Platform.OTHER,)),
)
_GRADES = (
    Choice("bad", "差", ("差评",), (Grade.BAD,)),
    Choice("neutral", "中", ("中评", "mid"), (Grade.NEUTRAL,)),
    Choice("good", "好", ("好评",), (Grade.GOOD,)),
)
_STATES = (
    Choice("new", "待处理", ("新",), (State.NEW,)),
    Choice("working", "处理中", (), (State.WORKING,)),
    Choice("waiting", "等待", ("等待中",), (State.WAITING_BUYER, State.WAITING_US)),
    Choice("waiting_buyer", "等买家", ("buyer",), (State.WAITING_BUYER,)),
    Choice("waiting_us", "等我们", ("us",), (State.WAITING_US,)),
    Choice("scheduled", "已约时间", ("已约",), (State.SCHEDULED,)),
    Choice("escalated", "转主管", ("已升级", "lead"), (State.ESCALATED,)),
    Choice("appealed", "申诉中", ("申诉",), (State.APPEALED,)),
    Choice("open", "未结", (), tuple(state for state in State if state is not State.CLOSED)),
    Choice("closed", "已结", ("结案",), (State.CLOSED,)),
)
_RESULTS = (
    Choice("verified", "已改评", ("改评",), (Result.VERIFIED,)),
    Choice("kept", "满意不改", (), (Result.KEPT,)),
    Choice("declined", "不愿改", (), (Result.DECLINED,)),
    Choice("unreachable", "联系不上", (), (Result.UNREACHABLE,)),
    Choice("do_not_contact", "勿再联系", ("勿扰",), (Result.DO_NOT_CONTACT,)),
    Choice("upheld", "申诉成立", (), (Result.UPHELD,)),
    Choice("none", "无结果", ("无",), (Result.NONE,)),
)
_CAUSE_NAMES = {
    Cause.DEFECT: "质量瑕疵", Cause.MISSING: "少件错发", Cause.MISMATCH: "描述不符", Cause.WORSE: "不如以前",
    Cause.AUTHENTICITY: "真伪存疑", Cause.IMPORT_DIFFERENCE: "水货差异", Cause.EXPECTATION: "预期落差",
    Cause.SIZE: "尺码不合", Cause.PRICE: "买贵后悔", Cause.MISUSE: "使用误解", Cause.ATTITUDE: "态度不好",
    Cause.SLOW_ANSWER: "回复慢", Cause.REFUND_DISPUTE: "退换纠纷", Cause.STOCK_OUT: "缺货",
    Cause.SLOW_DISPATCH: "发货慢", Cause.TRANSIT_SLOW: "物流慢", Cause.LAST_MILE: "派件问题",
    Cause.TRANSPORT_DAMAGE: "破损", Cause.RULES_UNKNOWN: "新手不懂", Cause.MISCLICK: "误评",
    Cause.NO_REASON: "没说原因", Cause.UNREASONABLE_DEMAND: "无理要求", Cause.COERCION: "职业差评",
    Cause.COMPETITOR: "同行恶评", Cause.THIRD_PARTY_FRAUD: "诈骗所致", Cause.LEAK_OR_INSULT: "辱骂泄密",
}  # fmt: skip


def _causes_of(letter: str) -> tuple[str, ...]:
    return tuple(cause for cause in Cause if cause.startswith(letter))


_CAUSES = (
    Choice("quality", "质量", ("质量问题",), _causes_of("Q")),
    Choice("expectation", "预期", ("不合预期",), _causes_of("X")),
    Choice("service", "服务", ("客服",), _causes_of("V")),
    Choice("logistics", "物流", ("快递",), _causes_of("L")),
    Choice("unaware", "无心", ("买家误解",), _causes_of("U")),
    Choice("malicious", "恶意", (), _causes_of("M")),
    *(
        Choice(cause.name.lower() if cause is not Cause.EXPECTATION else "not_as_expected", name, (cause,), (cause,))
        for cause, name in _CAUSE_NAMES.items()
    ),
    Choice("none", "无", ("未分类", "没有", "空"), (None,)),
)
_VIEWS = (
    Choice("all", "待办", (), (View.ALL,)),
    Choice("mine", "我的", (), (View.MINE,)),
    Choice("due_soon", "将超时", (), (View.DUE_SOON,)),
    Choice("follow_ups", "今日回访", (), (View.FOLLOW_UPS,)),
    Choice("callable", "现在可联系", ("可联系",), (View.CALLABLE,)),
    Choice("to_verify", "待核实", (), (View.TO_VERIFY,)),
)

KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key("shop", "店铺", ("店", "商店"), Kind.SHOP, "shop_id"),
        Key("platform", "平台", (), Kind.CHOICE, "platform", _PLATFORMS),
        Key("grade", "评级", ("评价", "等级"), Kind.CHOICE, "grade", _GRADES),
        Key("rating", "星级", ("stars", "评分", "星", "打分"), Kind.NUMBER, "rating"),
        Key("state", "状态", ("status",), Kind.CHOICE, "state", _STATES),
        Key("result", "结果", (), Kind.CHOICE, "result", _RESULTS),
        Key("cause", "原因", ("reason",), Kind.CHOICE, "cause", _CAUSES),
        Key("owner", "归属", ("负责人", "认领", "agent"), Kind.AGENT, "owner_id", (NONE, ME)),
        Key("due", "期限", ("时限", "截止"), Kind.TIME, "due_at", (OVERDUE,)),
        Key("follow", "回访", ("跟进", "followup"), Kind.TIME, "follow_up_at", (OVERDUE, YES, NO)),
        Key("promised", "承诺", ("答应", "promise"), Kind.TIME, "promised_at", (OVERDUE, YES, NO)),
        Key("age", "距今", ("多久", "天数"), Kind.AGE, "reviewed_at"),
        Key("reviewed", "评价于", ("评价日期", "date"), Kind.DAY, "reviewed_at"),
        Key("called", "通话", ("已打", "calls", "打过"), Kind.NUMBER, "calls", (YES, NO)),
        Key("contacted", "联系", ("已联系", "contacts", "attempts"), Kind.NUMBER, "attempts", (YES, NO)),
        Key("refused", "拒绝", ("拒改", "refusals"), Kind.NUMBER, "refusals", (YES, NO)),
        Key("product", "商品", ("宝贝", "item"), Kind.TITLE, "title"),
        Key("view", "视图", ("in",), Kind.CHOICE, "view", _VIEWS),
    )
}
"""Every key by its English name, in the order in which people are told them."""

_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """The form in which names are compared: full-width forms, capitals, `_` and `-` do not matter."""
    return text.translate(_FULL_WIDTH).casefold().replace("_", "").replace("-", "").strip()


@lru_cache(maxsize=1)
def key_names() -> Mapping[str, Key]:
    """Every name of every key, folded."""
    return {folded(name): key for key in KEYS.values() for name in (key.name, key.chinese, *key.also)}


@lru_cache(maxsize=64)
def choices(key: Key) -> Mapping[str, Choice]:
    """Every name of every word that a key takes, folded; the days for those that take a day."""
    taken: Iterable[Choice] = key.choices
    if key.kind in (Kind.TIME, Kind.DAY):
        taken = (*key.choices, *DAYS.values())
    named: dict[str, Choice] = {}
    for choice in taken:
        for name in (choice.name, choice.chinese, *choice.also):
            named.setdefault(folded(name), choice)
    return named


def shown(choice: Choice) -> str:
    """A word in the active language."""
    return choice.chinese if language() != "en" else choice.name


def in_the_language_of(typed: str, meant: Key | Choice) -> str:
    """The English or the Chinese name of a key or word, whichever is of the script that was typed."""
    return meant.name if typed.isascii() else meant.chinese
