"""Texts with the lengths of real reviews (median 29, mean 42, p95 114, longest 360 characters), made of own phrases."""

from __future__ import annotations

import math
import random
from itertools import accumulate

LONGEST = 360
_MEDIAN, _SPREAD = 29.6, 0.86

_PARTS = [
    "袖口",
    "领口",
    "裤腰",
    "拉链",
    "扣子",
    "面料",
    "里衬",
    "线头",
    "鞋底",
    "鞋面",
    "鞋垫",
    "包装盒",
    "外箱",
    "瓶盖",
    "泵头",
    "内胆",
    "底座",
    "充电口",
    "屏幕",
    "按键",
    "电池",
    "说明书",
    "插头",
    "电源线",
    "轮子",
    "把手",
    "杯盖",
    "滤网",
    "螺丝",
    "木板",
    "抽屉",
    "床单",
    "枕套",
    "被芯",
    "毛巾",
    "果子",
    "橙子",
    "车厘子",
    "苹果",
    "坚果",
    "饼干",
    "牛奶",
    "茶叶",
    "面膜",
    "洗发水",
    "粉底",
    "香味",
    "颜色",
    "尺码",
    "重量",
    "赠品",
    "吊牌",
    "标签",
    "音量",
    "画质",
    "信号",
    "水温",
    "噪音",
    "风力",
    "遥控器",
    "安装费",
]
_TROUBLES = [
    "裂了一道口子",
    "用两天就坏",
    "和图片差太远",
    "有股刺鼻的味道",
    "一洗就掉色",
    "比写的小一号",
    "松得没法用",
    "一碰就掉漆",
    "少发了一件",
    "烂了好几个",
    "漏得到处都是",
    "压得变了形",
    "根本装不上",
    "摸起来很粗糙",
    "起球严重",
    "按了没反应",
    "烫手",
    "不制冷",
    "一直响",
    "有划痕",
    "像是别人用过的",
    "生产日期太旧",
    "快过期了",
    "不保温",
    "又薄又透",
    "线没缝好",
    "粘得满手都是",
    "吃着发苦",
    "不甜",
    "一股酸味",
    "卡住了",
    "缩水缩得厉害",
    "对不上",
    "没有写清楚",
    "偏大两个码",
    "歪的",
    "生锈了",
    "发霉了",
    "断了一根",
    "充不进电",
]
_COURIER = [
    "快递走了九天才到",
    "快递员不肯送上楼",
    "放在门口也不打电话",
    "物流三天没有更新",
    "箱子被压扁了",
    "送到了别人家",
    "让我自己去站点取",
    "派件员态度很凶",
    "发货太慢了",
    "说好当天发结果拖了四天",
    "催了好几次才发",
    "外包装湿透了",
]
_SERVICE = [
    "客服半天才回一句",
    "问什么都说亲稍等",
    "说退款到现在没退",
    "安装师傅乱收费",
    "态度特别差",
    "让我自己联系厂家",
    "推来推去没人管",
    "说好的补偿没有下文",
    "电话一直打不通",
    "承诺的赠品没有",
    "换货要我出运费",
    "售后不理人",
]
_FEELINGS = [
    "太失望了",
    "不会再买",
    "一般般吧",
    "还好吧",
    "凑合能用",
    "气死我了",
    "白花钱",
    "不推荐",
    "还不如超市买的",
    "给孩子买的很担心",
    "第一次给差评",
    "本来想好评的",
    "希望商家改进",
    "说不上好也说不上坏",
    "也懒得退了",
    "老人用着不方便",
    "不值这个价",
    "点错了",
    "默认好评被我改了",
    "颜色倒是不错",
    "其他都还行",
    "穿着还算舒服",
    "味道还可以",
    "送货倒挺快",
    "看别人评价才买的",
]
_PLACES = [
    "佛山",
    "烟台",
    "泉州",
    "西安",
    "成都",
    "哈尔滨",
    "昆明",
    "洛阳",
    "温州",
    "徐州",
    "赣州",
    "柳州",
    "保定",
    "绵阳",
    "湛江",
    "襄阳",
    "邯郸",
    "遵义",
    "大理",
    "宜昌",
]
_ENDS = ("，", "，", "，", "，", "，", "。", "！", " ", "", "", "了，", "的", "不", "很", "~")


def _words() -> tuple[list[str], list[float]]:
    """Two-character words of the 3,755 common characters of GB 2312, and how often each is used: a few often, most
    hardly ever, as in any language. They give the index the long tail of neighbours that real texts have."""
    rng = random.Random(2312)
    level_one = [
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
    ]
    common = [character for character in level_one if character]
    rng.shuffle(common)
    falling = list(accumulate(1 / (rank + 12) for rank in range(len(common))))
    words = ["".join(rng.choices(common, cum_weights=falling, k=2)) for _ in range(30_000)]
    return words, list(accumulate(1 / (rank + 20) for rank in range(len(words))))


_WORDS, _WORD_WEIGHTS = _words()


def _phrase(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.58:
        return "".join(rng.choices(_WORDS, cum_weights=_WORD_WEIGHTS, k=rng.randrange(1, 4)))
    if kind < 0.74:
        return rng.choice(_PARTS) + rng.choice(("", "也", "都", "有点", "居然", "全部")) + rng.choice(_TROUBLES)
    if kind < 0.80:
        return rng.choice(_COURIER)
    if kind < 0.86:
        return rng.choice(_SERVICE)
    if kind < 0.95:
        return rng.choice(_FEELINGS)
    if kind < 0.98:
        return f"买了{rng.randrange(1, 400)}块的{rng.choice(_PARTS)}"
    return f"寄到{rng.choice(_PLACES)}的"


def review_text(rng: random.Random) -> str:
    """One text."""
    length = min(max(2, round(_MEDIAN * math.exp(rng.gauss(0, _SPREAD)))), LONGEST)
    text = ""
    while len(text) < length:
        text += _phrase(rng) + rng.choice(_ENDS)
    return text[:length].rstrip() or "一般"


def product_title(rng: random.Random) -> str:
    """One title with a size or a colour."""
    kinds = [
        "加绒卫裤",
        "纯棉短袖",
        "羊毛衫",
        "智能手机",
        "平板电脑",
        "电热水器",
        "赣南脐橙",
        "智利车厘子",
        "去屑洗发露",
        "纯牛奶",
        "轻薄笔记本",
        "老人机",
    ]
    sizes = ["黑色XL", "白色L", "128G", "256G", "5斤", "10斤", "500ml", "750ml", "60L", "14寸", "米色M", "大字版"]
    makes = ["回暖", "晨光里", "青禾", "小满", "山谷", "海盐", "木子", "北窗"]
    return f"{rng.choice(makes)} {rng.choice(kinds)} {rng.choice(sizes)}"
