//! 脱敏 · The name as surname + 某, and 复姓, the compound surnames that `publish.masked` knows.
//!
//! The list errs towards masking more: a compound whose first character is a common surname of its
//! own and whose second is common in given names (贺兰, 叶赫, 马佳, 马海, 罗洪) is left out, because for
//! most of its bearers the second character belongs to the given name and must not be shown.
//! Of the clan names of the Yi of Liangshan, which occur all over Sichuan, only those stand here
//! that can hardly be a Han surname with the first half of a given name.

/// The compound surnames, two characters each, in ascending order of their code points.
#[rustfmt::skip]
pub(super) const COMPOUND_SURNAMES: &[&str] = &[
    "万俟", "上官", "东宫", "东方", "东郭", "东里", "东野", "东门", "主父", "乐正",
    "乞伏", "亓官", "五鹿", "仆固", "令狐", "仲孙", "伊祁", "俄木", "公上", "公仪",
    "公冶", "公孙", "公户", "公祖", "公羊", "公良", "公西", "勒伍", "北宫", "单于",
    "南宫", "南荣", "南门", "即墨", "叔孙", "司寇", "司徒", "司空", "司马", "吉克",
    "吉木", "吉狄", "呼延", "哥舒", "壤驷", "士孙", "夏侯", "太叔", "太史", "夹谷",
    "契苾", "子车", "孟孙", "季孙", "宇文", "完颜", "宗政", "宰父", "宿勤", "富察",
    "尉迟", "尔古", "尔朱", "屈突", "屠岸", "左丘", "巫马", "微生", "慕容", "拓拔",
    "拓跋", "斛律", "曲木", "曲比", "梁丘", "榖梁", "欧阳", "段干", "毌丘", "沙玛",
    "沙马", "沮渠", "海来", "淳于", "漆雕", "澹台", "濮阳", "独孤", "瓦渣", "申屠",
    "百里", "皇甫", "秃发", "端木", "第五", "纳兰", "羊舌", "耶律", "胡毋", "臧孙",
    "莫色", "褚师", "西乞", "西门", "诸葛", "谷梁", "豆卢", "贺拔", "贺若", "贾巴",
    "赫连", "轩辕", "达奚", "那拉", "钟离", "长孙", "闻人", "闾丘", "阿侯", "阿苏",
    "阿鲁", "颛孙", "鲜于",
];

/// The name as it may be posted: the surname and 某. Two characters that are a compound surname
/// with nothing behind them are read as surname and given name. A name of another script or with
/// a middle dot keeps its first character; a name that is masked stays as it is.
///
/// ```
/// use wuzhang::disclosure::masked_name;
///
/// assert_eq!(masked_name("张三"), "张某");
/// assert_eq!(masked_name("欧阳修"), "欧阳某");
/// assert_eq!(masked_name("欧阳"), "欧某");
/// assert_eq!(masked_name("阿依·古丽"), "阿某");
/// assert_eq!(masked_name(""), "某");
/// ```
pub fn masked_name(full: &str) -> String {
    // Dots do not count as characters of the name, but a name that has one is not read as Chinese.
    let dotted = full.trim().chars().any(is_middle_dot);
    let mut name = full.chars().filter(|c| !is_ignored_in_name(*c) && !is_combining(*c));
    let surname: String = name.by_ref().take(2).collect();
    let compound = !dotted
        && name.next().is_some()
        && COMPOUND_SURNAMES.binary_search(&surname.as_str()).is_ok();
    let mut masked: String = surname.chars().take(if compound { 2 } else { 1 }).collect();
    if masked != "某" {
        masked.push('某');
    }
    masked
}

/// Characters that take no room: they can be pasted into a number without anybody seeing them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Marks that only change the character before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{302A}'..='\u{302F}' | '\u{3099}' | '\u{309A}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// The middle dots that keyboards and fonts offer for 阿依·古丽.
pub(super) fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '᛫')
}

pub(super) fn is_ignored_in_name(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || is_middle_dot(c)
}

/// Full-width ASCII becomes ASCII; anything else stays.
pub(super) fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        _ => c,
    }
}

/// Whether the household's own name stands in the text. A full stop is dropped like the middle dot
/// for which it is typed. One character is no name to search for,
/// and a name that ends in 某 is masked already.
pub(super) fn names(text: &str, full_name: &str) -> bool {
    let plain = |text: &str| -> String {
        text.chars()
            .map(|c| fold_width(c).to_ascii_lowercase())
            .filter(|c| !is_ignored_in_name(*c) && *c != '.')
            .collect()
    };
    let name = plain(full_name);
    name.chars().count() >= 2 && !name.ends_with('某') && plain(text).contains(&name)
}
