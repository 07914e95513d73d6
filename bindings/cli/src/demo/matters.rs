//! What people ask for: the matters that a county of farmers and small towns brings up in a year,
//! with the words that cards, plans, boards and settlements use for them. All of it is invented.

use wuzhang::vocab::Category;

/// How high a matter has to climb before somebody can solve it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The village can.
    Village,
    /// The town can.
    Town,
    /// Only the county can.
    County,
}

/// What a settlement hands over.
#[derive(Clone, Copy)]
pub(super) enum Aid {
    /// Nothing but work.
    None,
    /// Money: whole yuan from and to, and the source.
    Money(i64, i64, &'static str),
    /// Goods: what, and the source.
    Goods(&'static str, &'static str),
}

/// One kind of matter.
pub(super) struct Matter {
    pub(super) category: Category,
    /// In a few words; the same words again within ninety days are a repeat.
    pub(super) topic: &'static str,
    /// As the household puts it.
    pub(super) text: &'static str,
    pub(super) cause: &'static str,
    /// What may hang on a board.
    pub(super) summary: &'static str,
    pub(super) measures: &'static str,
    pub(super) target: &'static str,
    pub(super) result: &'static str,
    /// What solves it at once, where that can happen.
    pub(super) spot: &'static str,
    pub(super) reach: Reach,
    pub(super) aid: Aid,
    /// The department that a county meeting charges with it.
    pub(super) department: &'static str,
}

macro_rules! matters {
    ($($kind:ident $reach:ident $department:literal $topic:literal: $text:literal / $cause:literal / $summary:literal
        / $measures:literal / $target:literal / $result:literal / $spot:literal / $aid:expr;)*) => {
        &[$(Matter {
            category: Category::$kind, topic: $topic, text: $text, cause: $cause, summary: $summary, measures: $measures,
            target: $target, result: $result, spot: $spot, reach: Reach::$reach, aid: $aid, department: $department,
        }),*]
    };
}

/// What a single household brings up.
pub(super) const HOUSEHOLD: &[Matter] = matters! {
    Livelihood Village "sw" "水渠淤堵": "门前斗渠淤了两尺厚，秧田进不到水" / "多年未清淤，沿渠杂草倾倒" / "要求疏通门前灌溉水渠"
        / "组织组内劳力清淤，借用小型挖机一台" / "渠道通水，满足春灌" / "渠道已清淤疏通，水到田头" / "当场找来邻居用锄头掏通了淤口" / Aid::None;
    Livelihood Village "jt" "入户路破损": "入户的便道垮了一截，老人出门要绕田坎" / "去年雨季冲毁路基" / "要求修复入户便道"
        / "村上出水泥，农户投工投劳，补修破损路段" / "便道恢复通行" / "便道已补修完工，可以正常通行" / "" / Aid::Goods("水泥一吨半", "村集体公益事业款");
    Livelihood Village "sw" "自来水水压低": "早晚用水高峰时二楼没得水" / "支管老化漏水" / "反映自来水水压不足"
        / "联系供水站查漏，更换支管" / "高峰时段正常供水" / "支管已更换，水压恢复正常" / "帮忙关小总阀旁的漏水龙头，水压恢复" / Aid::None;
    Livelihood Village "jx" "电压不稳": "做晚饭时电压低，电饭煲煮不熟饭" / "台区线路过长，负荷增加" / "反映用电电压不稳"
        / "报供电所现场测量，调整三相负荷" / "用电高峰电压达标" / "供电所已调整负荷，电压恢复正常" / "" / Aid::None;
    Livelihood Village "zj" "路灯不亮": "院坝外头的路灯坏了一个多月，娃娃下晚自习怕黑" / "灯头进水损坏" / "要求维修院坝外路灯"
        / "由村电工更换灯头并检查线路" / "路灯恢复照明" / "灯头已更换，路灯恢复照明" / "村电工随行，当场换了灯泡" / Aid::None;
    Livelihood Village "hb" "垃圾清运不及时": "林盘口的垃圾池三四天没人拉，苍蝇多" / "清运车少跑了两趟" / "反映垃圾池清运不及时"
        / "与保洁公司约定隔日清运，设监督员" / "垃圾不过夜堆积" / "已恢复隔日清运，池边已消杀" / "当场打电话叫来清运车" / Aid::None;
    Livelihood Village "rs" "社保卡激活": "老人的社保卡一直没激活，养老金取不出来" / "行动不便，未到网点办理" / "要求帮助激活社保卡"
        / "由代办员上门采集后到网点代办" / "卡片可以正常使用" / "已代办激活，养老金可正常支取" / "用手机联系网点，约好当天上门办理" / Aid::None;
    Livelihood Village "mz" "高龄补贴未到账": "满了八十岁，高龄补贴两个月没有打到存折上" / "系统登记的账号有误" / "反映高龄补贴未到账"
        / "核对账号后报镇民政补发" / "补贴足额到账" / "账号已更正，补贴已补发到位" / "" / Aid::None;
    Livelihood Village "ws" "医疗报销手续": "住院的票据不晓得咋个报，跑了两趟都差手续" / "不熟悉报销流程" / "咨询住院费用报销手续"
        / "由村干部陪同补齐材料，镇便民中心代办" / "材料一次收齐" / "材料已补齐并受理，报销款已到账" / "当场讲清了材料，帮填了申请表" / Aid::None;
    Livelihood Village "nf" "秧苗病虫": "育的秧发黄卷叶，怕误了栽插" / "连阴雨，稻瘟病早发" / "请农技员看秧苗病害"
        / "请农技员到田诊断，统一购药防治" / "不误栽插季节" / "农技员已到田指导用药，秧苗返青" / "农技员同行，当场开了方子" / Aid::None;
    Livelihood Town "nf" "农产品销路": "地头的蔬菜（三亩多）熟了没得人来收" / "上市集中，收购商压价" / "要求帮助联系农产品销路"
        / "联系合作社和超市到地头收购" / "成熟批次全部售出" / "合作社已按市价收购，尾批已售完" / "" / Aid::None;
    Livelihood Town "jt" "公交班次": "赶场天只有两班车，学生和老人挤不上去" / "线路客流变化，班次未调整" / "要求增加赶场天公交班次"
        / "与客运公司协商赶场天加开两班" / "赶场天班次满足出行" / "赶场天已加开两班，站牌已更新" / "" / Aid::None;
    Livelihood Town "nf" "沼气池漏气": "沼气池漏气打不燃火，一直堆柴烧" / "池体老化开裂" / "要求维修沼气池"
        / "农村能源服务站上门检修" / "沼气池恢复使用" / "池体已修补试压合格" / "" / Aid::None;
    Livelihood Town "gt" "宅基地办证": "房子修了八年，证一直没有办下来" / "资料缺失，界址未测" / "要求办理宅基地使用证"
        / "国土所测量界址，补充资料后报批" / "资料齐备并完成申报" / "界址已测，资料已报批，证件待发" / "" / Aid::None;
    Livelihood Town "jy" "子女就近入学": "外出务工刚回来，娃娃想就近转学" / "学籍在外地" / "咨询子女转学就读"
        / "教育组协调学位，帮助转学籍" / "开学前落实学位" / "学位已落实，已办理转学" / "" / Aid::None;
    Livelihood County "sw" "河堤垮塌": "屋后的河堤垮了十来米，汛期怕淹到房子" / "洪水淘刷堤脚" / "要求加固屋后河堤"
        / "编制应急加固方案，石笼护脚，汛前完工" / "安全度汛" / "堤脚石笼已完工，汛期安全" / "" / Aid::None;
    Livelihood County "jt" "通村公路塌方": "上山的公路塌方，班车上不来，茶叶运不出去" / "暴雨引发边坡垮塌" / "要求抢通上山公路"
        / "公路局清方抢通，增设挡墙" / "恢复班车通行" / "塌方已清除，挡墙已砌筑，班车恢复" / "" / Aid::None;
    Hardship Town "mz" "低保申请": "家里两个人都是慢性病，做不得重活，想申请低保" / "因病丧失主要劳力" / "申请最低生活保障"
        / "入户核查收入，民主评议后报批" / "符合条件的当月纳入" / "经评议公示已纳入低保，补助按月发放" / "" / Aid::Money(900, 3200, "县民政局城乡低保资金");
    Hardship Village "mz" "缺少过冬衣被": "屋头被子薄，老人晚上冷得睡不着" / "独居，收入低" / "申请过冬衣被"
        / "从慈善超市调拨棉被棉衣" / "三日内送到家" / "棉被棉衣已送到家中" / "干部从车上取来棉被一床，当面交付" / Aid::Goods("棉被两床、棉衣两件", "镇慈善超市");
    Hardship Village "mz" "临时生活困难": "打工摔伤了，这个月没得收入，米都快吃完了" / "意外受伤，暂时失去收入" / "申请临时生活救助"
        / "村上先行送米油，同时申请临时救助" / "一周内解决基本生活" / "米油已送达，临时救助金已发放" / "当场送上米一袋、油一桶" / Aid::Money(300, 1000, "镇临时救助备用金");
    Hardship Town "zj" "危房改造": "土坯房墙体开裂，一下雨就漏，不敢住" / "房屋年久失修，无力改建" / "申请危房改造补助"
        / "鉴定危房等级，纳入改造计划，先行转移安置" / "汛期前住上安全房" / "鉴定为严重危房，已列入计划并完成主体加固" / "" / Aid::Money(7500, 16000, "农村危房改造补助");
    Hardship Town "ws" "大病医疗负担": "家里人做了手术，自付部分借了亲戚好几万" / "大病自付费用高" / "申请大病医疗救助"
        / "协助申请医疗救助和慈善援助" / "救助金到位" / "医疗救助已审批，救助金已到账" / "" / Aid::Money(2000, 9000, "城乡医疗救助基金");
    Hardship Town "cl" "残疾人辅具": "轮椅坏了两年，出不了门" / "肢体残疾，无力购置" / "申请配发残疾人辅助器具"
        / "残联上门评估后适配轮椅" / "适配到位" / "轮椅已适配并送到家" / "" / Aid::Goods("轮椅一辆", "县残疾人联合会");
    Hardship Town "jy" "助学困难": "大的娃儿考起了大学，学费还差一截" / "家中两人读书，收入低" / "申请助学帮扶"
        / "申请金秋助学，联系生源地贷款" / "开学前落实学费" / "助学金已发放，贷款已办妥" / "" / Aid::Money(1500, 5000, "县金秋助学专项");
    Hardship County "mz" "暴雨受灾": "一场暴雨把猪圈和厨房冲垮了，粮食打湿了" / "山洪灾害" / "申请灾后房屋恢复补助"
        / "核灾定损，发放救灾款，组织党员帮工" / "入秋前恢复基本居住" / "救灾款已发放，厨房已重建" / "" / Aid::Money(3000, 12000, "县自然灾害救助资金");
    Stability Village "sf" "邻里地界纠纷": "隔壁砌围墙占了我家的地界，说了几次都说不拢" / "界石移位，承包册记载不清" / "地界纠纷"
        / "调解委员会现场勘界调解" / "双方签订调解协议" / "双方达成协议，界石已重新埋设" / "双方当场握手言和，围墙退让一尺" / Aid::None;
    Stability Town "rs" "拖欠务工工资": "在工地上做了半年，老板还欠着工钱" / "包工头资金未结算" / "拖欠工资"
        / "劳动监察立案，督促总包先行垫付" / "工资足额发放" / "总包已垫付，工资全部结清" / "" / Aid::None;
    Stability County "gt" "征地补偿分歧": "修路占的地，补偿面积和我量的对不上" / "丈量口径不一" / "征地补偿争议"
        / "国土部门复测面积，公开补偿标准" / "复测结果双方认可" / "复测后补足差额，双方签字认可" / "" / Aid::None;
    Stability Town "hb" "作坊噪声扰民": "隔壁加工厂半夜还在锯木头，睡不着觉" / "夜间超时生产" / "噪声扰民纠纷"
        / "环保所约谈业主，限定作业时间" / "夜间停止作业" / "业主已承诺夜间停工，并加装隔音棚" / "" / Aid::None;
    Stability Village "nf" "林木权属争议": "屋后那几棵楠木，两家都说是自家的" / "林权登记时未标注" / "林木权属争议"
        / "查阅林权档案，调解组现场认定" / "权属明确" / "依据档案认定权属，双方签字" / "" / Aid::None;
};

/// What concerns everybody in a village or group: no single household, rated by a vote.
pub(super) const PUBLIC: &[Matter] = matters! {
    Livelihood Village "zj" "安装太阳能路灯": "林盘聚居点夜间没有路灯，群众出行不便" / "集体经济薄弱" / "聚居点安装太阳能路灯"
        / "一事一议筹资，安装路灯若干盏" / "聚居点夜间有照明" / "路灯已安装到位并亮灯" / "" / Aid::None;
    Livelihood Town "sw" "山坪塘整治": "山坪塘漏水，天旱时下游的田灌不起" / "塘坎渗漏多年" / "整治漏水山坪塘"
        / "纳入小农水项目，塘坎防渗处理" / "蓄水恢复" / "塘坎已防渗，蓄水恢复到原有水位" / "" / Aid::None;
    Livelihood County "jt" "组道硬化": "组上的机耕道还是泥巴路，农机下不了田" / "未纳入历年硬化计划" / "硬化组级机耕道"
        / "纳入通组路计划，路基平整后硬化" / "农机可下田" / "路面已硬化，验收合格" / "" / Aid::None;
    Livelihood Village "hb" "沟渠垃圾清理": "下游沟里漂起垃圾，热天臭得很" / "上游倾倒，无人打捞" / "清理沟渠漂浮垃圾"
        / "组织志愿者打捞，明确河段长" / "沟面无漂浮垃圾" / "已打捞清理，落实了管护人" / "" / Aid::None;
    Livelihood Town "wt" "坝坝健身器材": "村上没得老年人活动的地方，想安几样健身器材" / "场地和资金不足" / "增设健身器材"
        / "向文体部门申请器材，村上整理场地" / "活动点投入使用" / "器材已安装，活动点已开放" / "" / Aid::None;
    Livelihood Town "jt" "危桥加固": "过沟的小石桥桥墩松动，拖拉机不敢过" / "桥龄久，洪水淘刷" / "加固过沟小石桥"
        / "限载通行，加固桥墩桥面" / "恢复通行" / "桥墩已加固，限载牌已设置，恢复通行" / "" / Aid::None;
};

/// Excuses for a plan beyond its cap.
pub(super) const REASONS: &[&str] = &[
    "需等汛期过后才能施工", "需上级项目资金下达后实施", "涉及多户，须逐户协商", "材料采购和工期需要", "须待评议公示期满",
];

/// Why a claim has no basis.
pub(super) const NO_BASIS: &[&str] = &[
    "经查不符合现行补助条件，已向农户逐条说明政策依据", "经核实该项补贴已于上年足额发放，凭据已出示", "所诉地段不属本村管辖，已说明并转告所属单位",
];

/// Why a matter belongs to the legal procedure.
pub(super) const TO_LAW: &[&str] = &["双方争议涉及合同效力，建议依法向人民法院起诉，司法所提供法律援助", "涉及工伤认定，应依法申请劳动仲裁，已告知途径和时限"];

/// Why the upper tier gives a case back.
pub(super) const RETURNED: &[&str] = &["属村级职责范围，请就地组织实施", "缺少现场勘查意见，请补充后由村上先行处理", "同类事项已有镇级统一安排，请按安排办理"];

/// What is noted while the work goes on.
pub(super) const PROGRESS: &[&str] = &[
    "已到现场查看，材料正在采购", "与相关单位对接一次，答复本周内安排", "施工队已进场", "材料已上报，等待审批", "完成约一半，未见安全问题",
    "因下雨暂停两天，已向农户说明", "资金已到位，准备发放", "与农户商定了具体做法",
];

/// What the household says when it is not content after all.
pub(super) const REOPENED: &[&str] = &["修好没多久又坏了", "答应的后半截一直没有做", "补助金额与公示的不一致", "当时没在家，家人说的不算数"];

/// Why the household takes its appeal back.
pub(super) const WITHDRAWN: &[&str] = &["亲戚已帮忙解决，不再需要", "已自行处理好了", "改由其他渠道办理", "外出务工，暂不需要"];

/// What somebody objects to on the board.
pub(super) const OBJECTIONS: &[&str] = &["完成时间写得太长，希望提前", "措施没有写清楚由哪家施工", "同组还有两户情况一样，没有列进去", "补助标准请再核对一下"];

/// How the head answers.
pub(super) const ANSWERS: &[&str] = &["已核实，时限按会议决定执行，遇好天气提前施工", "已补充说明施工单位，更正后重新张贴", "另两户已登记，下次会议研究", "标准已核对无误，依据可到村便民室查看"];
