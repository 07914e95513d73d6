//! Names for invented people. Surnames come by their rough frequency in western Sichuan, compound
//! ones now and then; given names are drawn character by character. Nobody here is a real person,
//! and a likeness to one is chance. Telephone numbers lie in a range that no carrier had opened in
//! the years that are lived here.

use super::rng::Rng;

/// Common surnames, the commoner ones several times.
const SURNAMES: &[&str] = &[
    "李", "李", "李", "王", "王", "王", "张", "张", "张", "陈", "陈", "陈", "杨", "杨", "刘", "刘", "刘", "黄", "黄",
    "周", "周", "吴", "吴", "徐", "徐", "何", "何", "罗", "罗", "胡", "郭", "林", "高", "郑", "梁", "谢", "宋", "唐",
    "许", "邓", "冯", "韩", "曹", "曾", "彭", "萧", "蔡", "潘", "田", "董", "袁", "余", "叶", "蒋", "杜", "苏", "魏",
    "程", "吕", "丁", "任", "卢", "姚", "钟", "姜", "崔", "谭", "廖", "范", "汪", "陆", "付", "石", "戴", "贾", "夏",
    "邹", "熊", "孟", "秦", "薛", "侯", "雷", "龙", "段", "郝", "孔", "邵", "毛", "康", "严", "牟", "鄢", "税",
];

/// The compound ones, which masking must not cut in two.
const COMPOUND: &[&str] = &["欧阳", "司马", "诸葛", "上官", "东方", "皇甫"];

/// First characters of given names.
const FIRST: &[&str] = &[
    "国", "建", "志", "文", "永", "光", "德", "世", "正", "成", "玉", "秀", "桂", "淑", "素", "晓", "小", "泽", "子", "雨",
    "思", "俊", "家", "茂", "忠", "开", "学", "仕", "朝", "月", "春", "秋", "冬", "云", "红", "丽", "天", "启", "昌", "述",
];

/// Second characters of given names, and the only ones of single given names.
const SECOND: &[&str] = &[
    "华", "明", "军", "强", "勇", "刚", "平", "英", "芳", "琼", "兰", "珍", "蓉", "莲", "群", "容", "全", "贵", "富", "祥",
    "林", "彬", "涛", "伟", "杰", "辉", "娟", "燕", "霞", "敏", "清", "友", "才", "元", "发", "康", "松", "柏", "菊", "芬",
    "洪", "良", "宁", "浩", "怡", "琳", "欣", "蕊", "栋", "坤",
];

/// A full name.
pub(super) fn person(rng: &mut Rng) -> String {
    let surname = if rng.chance(12) { rng.word(COMPOUND) } else { rng.word(SURNAMES) };
    let second = rng.word(SECOND);
    if rng.chance(180) {
        return format!("{surname}{second}");
    }
    format!("{surname}{}{second}", rng.word(FIRST))
}

/// A mobile number: eleven digits, of which the first six belonged to no carrier then.
pub(super) fn mobile(serial: usize) -> String {
    format!("199000{:05}", serial % 100_000)
}

/// The number of a collection station.
pub(super) fn landline(serial: usize) -> String {
    format!("028-0000{:04}", serial % 10_000)
}
