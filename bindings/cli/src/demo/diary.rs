//! What stands in the diaries 《民情日记本》: a sentence on the season, one on the house, one on what
//! was said. Most diaries are somebody's own words; a lazy few are copied, as in life.

use super::rng::Rng;

const WINTER: &[&str] = &["霜大，油菜地里盖着一层白", "院坝里在杀年猪灌香肠", "田里的油菜抽了薹，正在匀苗", "天冷，烤火炉边坐了一阵", "屋前屋后在打扫扬尘过年"];
const SPRING: &[&str] = &["田坝头在犁冬水田", "油菜花开得正好，田埂上遇到放蜂人", "正在育秧，薄膜盖得整齐", "茶叶开采，一家人都在坡上", "猕猴桃地里在授粉，抽空说了几句"];
const SUMMER: &[&str] = &["秧子栽完了，正在薅二道", "雨水多，沟里的水涨得快", "玉米背了红须，天热得很", "打谷机在修，准备收头季", "下午落了偏东雨，屋檐下躲了一阵"];
const AUTUMN: &[&str] = &["晒坝上铺满了谷子", "收完水稻正在翻田", "坡上的猕猴桃开始下树", "秋雨连着下了几天，谷子在屋头烘", "挖了红苕，窖口码得满满的"];

const HOUSE: &[&str] = &[
    "老两口在家，儿女在成都打工", "家里人口齐，今年添了孙子", "男主人腿上旧伤又发了，在贴膏药", "婆婆一个人带两个娃，大的上三年级", "养了几头猪，怕猪价再跌",
    "媳妇在镇上服装厂上班，月底才回", "老人的血压药快吃完了，记得提醒去卫生站", "今年承包了邻居几亩田", "新修的灶房刚封顶", "电视信号不大好，只收得到几个台",
    "小儿子在县城读高中，成绩不错", "鸡鸭几十只，想学防疫", "水井的水有点浑，嘱咐烧开再喝", "院里的柑橘结得多，担心卖不脱", "摔坏了的三轮车还摆在屋檐下",
];

const SAID: &[&str] = &[
    "问了新农合怎么报销，已经讲清楚", "说路上摩托车跑得快，想安个减速带", "对村务公开栏上的账目没有意见", "希望技术员再来讲一次修枝", "讲了防汛转移的路线，门上贴了明白卡",
    "问粮食直补好久发，答复了时间", "说邻居两家关系已经缓和", "宣传了森林防火，屋后的枯枝答应清走", "没有什么要求，只说经常来坐坐", "谈到孙娃上学远，想搭校车",
    "对上次清沟的事很满意", "问土地确权的进度，约好下周一起看图", "说夜里偶尔停水，留意一下", "帮忙看了手机上的缴费短信，不是诈骗", "约好赶场天陪去镇上办证",
    "提醒检查了电线和煤气罐", "要了一份慢性病办证的材料清单", "讲起过去修水库的事，说了很久", "对合作社分红的办法有些想法，记下来了", "走的时候硬塞了一把青菜，谢绝了",
];

const PARTING: &[&str] = &[
    "约好下周再来", "留了电话，有事随时打", "出门时天快黑了", "顺路看了隔壁的老人", "临走把院门口的积水扫了", "答应下次带农技资料来", "路上遇到组长，一起走了一段",
    "喝了一杯老鹰茶", "帮着把晒垫收进屋", "狗叫得凶，主人送到路口", "提醒周末要落雨", "把联系卡贴在了门后", "记下了两件小事", "娃娃在做作业，没有多打扰", "下一户在河对面，绕了一截路",
    "走时已近中午", "说好赶场天再碰头", "看了院坝边新栽的树苗",
];

const COPIED: &[&str] = &["入户走访，了解生产生活情况，宣传惠民政策，群众反映良好，无诉求。", "走访联系户，查看家中安全，嘱咐注意防火防盗，一切正常。"];

/// A diary for a visit in this month; `None` when nothing was written.
pub(super) fn entry(rng: &mut Rng, month: u32, lazy: bool) -> Option<String> {
    if lazy {
        return Some(rng.word(COPIED).to_owned());
    }
    if rng.chance(250) {
        return None;
    }
    let season = match month {
        12 | 1 | 2 => WINTER,
        3..=5 => SPRING,
        6..=8 => SUMMER,
        _ => AUTUMN,
    };
    let house = rng.word(HOUSE);
    let said = rng.word(SAID);
    let parting = rng.word(PARTING);
    Some(match rng.below(4) {
        0 => format!("{}。{house}；{said}。", rng.word(season)),
        1 => format!("{house}，{said}。{parting}。"),
        2 => format!("{}。{said}。{house}。{parting}。", rng.word(season)),
        _ => format!("坐了约{}分钟，{parting}。{house}，{said}。", rng.between(2, 9) * 10),
    })
}

/// A diary for the visit of a county leader or a department to a village.
pub(super) fn of_village(rng: &mut Rng, month: u32) -> String {
    const LOOKED: &[&str] = &["看了村活动室和收集站", "沿渠走了一圈", "在院坝开了个小会", "看了两户困难群众", "到产业园看了长势", "查了值班记录和民情台账"];
    let season = if matches!(month, 5..=9) { SUMMER } else { WINTER };
    format!("{}；{}。{}。", rng.word(LOOKED), rng.word(LOOKED), rng.word(season))
}
