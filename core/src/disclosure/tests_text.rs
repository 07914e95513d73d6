//! The text-level part of `publish.masked`: names, the search of texts, small counts.
#![allow(clippy::arithmetic_side_effects)] // small numbers, and an overflow would fail the test

use std::collections::HashMap;

use super::super::counts::{suppress, suppress_table};
use super::super::surnames::COMPOUND_SURNAMES;
use super::{find_secret, find_secrets, masked_name, Secret};
use Secret::{BankCard, FullName, IdentityNumber, Telephone};

/// A linear congruential generator: the same cases in every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % bound
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }

    /// An identity number with the right check character, by the published table.
    fn identity(&mut self) -> String {
        let region = self.pick(&["510129", "110105", "440524", "652301", "330106"]);
        let (year, month, day) = (1900 + self.below(120), 1 + self.below(12), 1 + self.below(28));
        let body = format!("{region}{year:04}{month:02}{day:02}{}", self.digits(3));
        format!("{body}{}", check_of(&body))
    }

    fn mobile(&mut self) -> String {
        format!("1{}{}", 3 + self.below(7), self.digits(9))
    }

    fn card(&mut self, length: usize) -> String {
        let head = self.pick(&["62", "4", "5", "35", "6", "9"]).to_string();
        let body = format!("{head}{}", self.digits(length - 1 - head.len()));
        (0..10).map(|last| format!("{body}{last}")).find(|card| luhn(card)).unwrap()
    }
}

fn check_of(body: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    "10X98765432".chars().nth(sum as usize % 11).unwrap()
}

fn luhn(card: &str) -> bool {
    let table = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let sum: usize = card
        .chars()
        .rev()
        .map(|c| c.to_digit(10).unwrap() as usize)
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit } else { table[digit] })
        .sum();
    sum.is_multiple_of(10)
}

/// The digits in groups of these sizes, with something between them.
fn grouped(number: &str, sizes: &[usize], between: &str) -> String {
    let mut rest = number;
    let mut parts = Vec::new();
    for size in sizes {
        let (part, behind) = rest.split_at(*size);
        parts.push(part);
        rest = behind;
    }
    assert!(rest.is_empty(), "{number} {sizes:?}");
    parts.join(between)
}

fn full_width(text: &str) -> String {
    let wide = |c: char| char::from_u32(c as u32 + 0xFEE0).filter(|_| c.is_ascii_graphic());
    text.chars().map(|c| wide(c).unwrap_or(c)).collect()
}

fn in_han(number: &str) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    number.chars().map(|c| c.to_digit(10).map_or(c, |digit| digits[digit as usize])).collect()
}

#[track_caller]
fn finds(text: &str, kinds: &[Secret]) {
    assert_eq!(find_secrets(text, None), kinds, "{text}");
    assert_eq!(find_secret(text, None), kinds.first().copied(), "{text}");
}

const SEPARATORS: &[&str] = &[
    " ", "-", "－", "—", "——", "–", "·", ".", "_", "\u{A0}", "\u{3000}", "\u{200B}", "\u{200D}",
    "\u{2060}", "\u{FEFF}", " - ", "\n", "\t",
];

// ---- names ----

#[test]
fn the_surnames_are_sorted_and_of_two_characters() {
    assert!(COMPOUND_SURNAMES.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(COMPOUND_SURNAMES.iter().all(|surname| surname.chars().count() == 2));
    assert!(COMPOUND_SURNAMES.len() >= 80);
}

#[test]
fn every_compound_surname_is_kept_whole() {
    for surname in COMPOUND_SURNAMES {
        let first = surname.chars().next().unwrap();
        assert_eq!(masked_name(&format!("{surname}明")), format!("{surname}某"));
        assert_eq!(masked_name(&format!("{surname}晓明")), format!("{surname}某"));
        assert_eq!(masked_name(&format!("{surname}某")), format!("{surname}某"));
        assert_eq!(masked_name(surname), format!("{first}某"));
    }
}

#[test]
fn names_are_masked() {
    let cases = [
        ("张三", "张某"),
        ("张", "张某"),
        ("张某", "张某"),
        ("张某某", "张某"),
        ("某", "某"),
        ("某某", "某"),
        ("", "某"),
        (" \u{3000}\t", "某"),
        ("\u{200B}\u{FEFF}", "某"),
        ("\u{301}\u{20E3}", "某"),
        ("  王小二 ", "王某"),
        ("\u{3000}欧 阳\u{200B} 娜", "欧阳某"),
        ("\u{301}李四", "李某"),
        ("阿依·古丽", "阿某"),
        ("阿侯·木呷", "阿某"),
        ("吉克阿木", "吉克某"),
        ("马海涛", "马某"),
        ("贺兰英", "贺某"),
        ("欧阳·修", "欧某"),
        ("Maria Li", "M某"),
        ("Ｗang", "Ｗ某"),
        ("𠮷田一", "𠮷某"),
        ("𬱖", "𬱖某"),
        ("葛\u{E0100}明", "葛某"),
        ("㑇小明", "㑇某"),
        ("\u{E863}某", "\u{E863}某"),
        ("😀笑", "😀某"),
    ];
    for (full, masked) in cases {
        assert_eq!(masked_name(full), masked, "{full:?}");
        assert_eq!(masked_name(masked), masked, "again {masked:?}");
    }
}

#[test]
fn a_masked_name_never_shows_the_given_name() {
    let mut lcg = Lcg(1);
    for _ in 0..5_000 {
        let surname = char::from_u32(0x4E00 + lcg.below(0x5000) as u32).unwrap();
        let given: String =
            (0..2).map(|_| char::from_u32(0x20000 + lcg.below(0xA000) as u32).unwrap()).collect();
        let full = format!("{surname}{given}");
        let masked = masked_name(&full);
        assert_eq!(masked, format!("{surname}某").replace("某某", "某"));
        assert_eq!(find_secret(&format!("{masked}家屋顶漏雨"), Some(&full)), None);
        assert_eq!(find_secret(&format!("{full}家屋顶漏雨"), Some(&full)), Some(FullName));
    }
}

#[test]
fn the_full_name_is_found_however_it_is_spaced() {
    for (text, name) in [
        ("张三家的危房", "张三"),
        ("请张 三到村委会", "张三"),
        ("张\u{200B}三", " 张三 "),
        ("张\u{3000}\n三", "张三"),
        ("阿依古丽家", "阿依·古丽"),
        ("阿依•古丽家", "阿依古丽"),
        ("阿依.古丽家", "阿依·古丽"),
        ("户主ＷＡＮＧ Li", "Wang LI"),
        ("𠮷小明户", "𠮷小明"),
        ("😀张三😀", "张三"),
    ] {
        assert_eq!(find_secret(text, Some(name)), Some(FullName), "{text}");
    }
    for (text, name) in [
        ("张家的危房", "张三"),
        ("张某家", "张某"),
        ("张某某家", "张某某"),
        ("张家湾", "张"),
        ("任何文字", ""),
        ("任何文字", "  "),
        ("任·何", "·任·"),
        ("李四", "张三"),
        ("三张桌子", "张三"),
    ] {
        assert_eq!(find_secret(text, Some(name)), None, "{text}");
    }
    assert_eq!(find_secret("张三", None), None);
}

// ---- ordinary text ----

#[rustfmt::skip]
const ORDINARY: &[&str] = &[
    "", "😀👨‍👩‍👧 修路 1️⃣ 2️⃣ 3️⃣", "补助12000元，合计3500000元，其中省级2000000.00元",
    "总投资15000000000元", "2014-03-03 2014-04-05",
    "2014-03-03 2014-04-05 2014-05-06 2014-06-07", "2014.03.03—2014.04.05",
    "2014.3.3-2014.4.5 12 3", "2014年3月3日至2014年12月31日", "２０１４年３月３日",
    "20140303", "20140303 20140405", "20140303-20140405-20140506", "自20140303起",
    "2014/03/03 2014/04/05", "大委办〔2014〕8号、大府发（2014）128号", "510129101201",
    "行政区划代码510129101201，邻村510129101202", "510129101201 510129101202 510129101203",
    "510129101201-001", "案件a-2014-000123和a-2014-000124", "c-510129101201-2014-0001",
    "每日9:00-17:00，周六09:00—12:00", "2014-03-03T09:00:00+08:00",
    "水泥20吨、砖3500块、面积1280.50平方米", "1500-20000元，15000-200000元", "15000—200000元",
    "补助1500000 2014-03-05到账", "补助1500000 2014年到账", "共150 2014-03-05 通过",
    "分 3 次、每次 1 500 000 元", "电话回访20140303完成", "电话：2014-03-03已打",
    "电话费1200000元", "电话调查12000000人次", "手机补贴2014-2015年", "Hotel 8822123",
    "二〇一三年十二月至二〇一四年一月", "二〇一三—二〇一四年", "一二三四五六七八九十组",
    "三一二户五八人", "第028号", "K0+000—K3+500，宽3.5米", "5 X 3 x 2", "3x4 5X6",
    "400-800-1234", "102.52345，30.58721", "0.123456 0.654321",
    "510129********1234，138****8000", "v1.2.3-4.5.6", "GB/T 2260-2007，GB 11643-1999",
    "第2013-2014年度 10.5% 3.25% 8.75%", "2014-03 2014-04-05 2014",
    "2015-03-15 1234 2014-04-05 2014-05-06", "3500 4200 5107 2014-03-03",
    "分别为150 2000 3000元", "15000-200000", "150 20 14 0303", "138X 0013 800",
];

#[test]
fn ordinary_text_passes() {
    for text in ORDINARY {
        finds(text, &[]);
    }
}

#[test]
fn random_dates_and_amounts_pass() {
    let mut lcg = Lcg(2);
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..=lcg.below(4) {
            let (y, m, d) = (2010 + lcg.below(20), 1 + lcg.below(12), 1 + lcg.below(28));
            let amount = lcg.below(10_000_000);
            text += &match lcg.below(6) {
                0 => format!("{y}-{m:02}-{d:02}"),
                1 => format!("{y}年{m}月{d}日"),
                2 => format!("{y}{m:02}{d:02}"),
                3 => format!("{amount}元"),
                4 => format!("〔{y}〕{}号", lcg.below(300)),
                _ => format!("5101291{:05}", lcg.below(100_000)),
            };
            text += lcg.pick(&[" ", "，", "至", "—", "\n"]);
        }
        finds(&text, &[]);
    }
}

// ---- identity numbers ----

#[test]
fn identity_numbers_are_found_in_any_dress() {
    let mut lcg = Lcg(3);
    let shapes: [&[usize]; 7] = [
        &[6, 8, 4],
        &[6, 4, 4, 4],
        &[3, 3, 4, 2, 2, 3, 1],
        &[4, 4, 4, 4, 2],
        &[6, 12],
        &[17, 1],
        &[1; 18],
    ];
    for _ in 0..2_000 {
        let number = lcg.identity();
        let dressed = grouped(&number, shapes[lcg.below(7) as usize], lcg.pick(SEPARATORS));
        let before = lcg.pick(&["", "身份证", "户主：", "2014-03-03 ", "ID", "3. ", "（"]);
        let text = format!("{before}{dressed}，谢谢");
        for text in [text.clone(), full_width(&text), text.to_lowercase(), in_han(&text)] {
            assert_eq!(find_secret(&text, None), Some(IdentityNumber), "{text}");
        }
        finds(&number, &[IdentityNumber]);
        finds(&format!("身份证号{number}。"), &[IdentityNumber]);
    }
}

#[test]
fn an_identity_number_with_one_wrong_digit_is_one_still() {
    let mut lcg = Lcg(4);
    for _ in 0..500 {
        let number = lcg.identity();
        let typo = format!("{}{}", &number[..17], lcg.below(10));
        assert_eq!(find_secret(&typo, None), Some(IdentityNumber), "{typo}");
        let dressed = grouped(&typo, &[6, 8, 4], " ");
        assert_eq!(find_secret(&dressed, None), Some(IdentityNumber), "{dressed}");
    }
}

#[test]
fn identity_numbers_inside_longer_runs() {
    let mut lcg = Lcg(5);
    for _ in 0..500 {
        let (number, mobile) = (lcg.identity(), lcg.mobile());
        for text in [format!("0{number}"), format!("{number}7"), format!("99{number}12")] {
            assert_eq!(find_secret(&text, None), Some(IdentityNumber), "{text}");
        }
        let both = find_secrets(&format!("{mobile}{number}"), None);
        assert_eq!(both.first(), Some(&IdentityNumber));
        assert!(find_secrets(&format!("{number}，{mobile}"), None).contains(&Telephone));
    }
}

#[test]
fn the_old_form_and_what_only_looks_like_one() {
    for text in [
        "510129491231002",
        "旧证５１０１２９ ４９１２３１ ００２",
        "510129-491231-002",
        "5101 2949 1231 002",
        "五一〇一二九四九一二三一〇〇二",
        "11010519491231002X",
        "11010519491231002x。",
        "11010519491231002 X",
        "11010519491231002Ｘ",
        "一一〇一〇五一九四九一二三一〇〇二X",
        "一一〇一〇五19491231〇〇二X",
    ] {
        finds(text, &[IdentityNumber]);
    }
    for text in [
        "510129491331002",      // month 13
        "510129490230002",      // 30 February
        "010129491231002",      // no such region
        "110105190002290021",   // 1900 was no leap year
        "110105180012310021",   // born in 1800
        "010105194912310021",   // no such region
        "11010519491231002Xab", // a word
    ] {
        assert!(!find_secrets(text, None).contains(&IdentityNumber), "{text}");
    }
}

// ---- telephones ----

#[test]
fn mobile_numbers_are_found_in_any_dress() {
    let mut lcg = Lcg(6);
    let shapes: [&[usize]; 8] = [
        &[11],
        &[3, 4, 4],
        &[3, 8],
        &[7, 4],
        &[4, 3, 4],
        &[3, 3, 5],
        &[1; 11],
        &[2, 2, 2, 2, 2, 1],
    ];
    let before = [
        "",
        "电话",
        "+86",
        "+86 ",
        "0086-",
        "86 ",
        "打2014-03-03的",
        "王某：",
        "3. ",
        "（",
        "微信v",
    ];
    for _ in 0..5_000 {
        let number = lcg.mobile();
        let dressed = grouped(&number, shapes[lcg.below(8) as usize], lcg.pick(SEPARATORS));
        let text = format!("{}{dressed}，谢谢", lcg.pick(&before));
        for text in [text.clone(), full_width(&text)] {
            assert_eq!(find_secret(&text, None), Some(Telephone), "{text}");
        }
        finds(&in_han(&number), &[Telephone]);
        finds(&in_han(&grouped(&number, &[3, 4, 4], "-")), &[Telephone]);
    }
}

#[rustfmt::skip]
const TELEPHONES: &[&str] = &[
    "8613800138000", "008613800138000", "013800138000", "（+86）13800138000",
    "13800138000户主", "13800138000/13900139000", "2014-03-03 13800138000",
    "13800138000 2014-03-03", "电话：15000-000000", "手机号码是138 00 13 80 00",
    "幺三八〇〇幺三八〇〇〇", "壹叁捌零零壹叁捌零零零", "一38〇〇138000", "第一13800138000",
    "13800138000x", "02888221234", "028-88221234", "028 8822 1234", "（028）88221234",
    "(028) 8822-1234", "０２８—８８２２１２３４", "【028】88221234转801", "0832-2112345",
    "08322112345", "0838 25012345", "010-65001234", "〇二八八八二二一二三四",
    "+86-28-88221234", "+86 28 8822 1234", "+862888221234", "0086 28 88221234",
    "+86 028 88221234", "电话88221234", "电话：8822 1234", "联系电话为 8822-1234",
    "Tel: 8822123", "手机或座机：8822123", "请电话打给88221234", "电话：20140303",
    "电话：8822123转2", "电话在村委会内。8822123",
];

#[test]
fn telephones_of_every_kind() {
    for text in TELEPHONES {
        finds(text, &[Telephone]);
    }
    for text in [
        "12800138000",  // no such prefix
        "138001380001", // twelve digits
        "1380013800",   // ten
        "88221234",     // nobody says that it is a telephone
        "编号 8822-1234",
        "电话在村委会里内。8822123", // the word is seven characters away
        "0012345678901",
        "0288822123", // numbers behind 028 have eight digits
        "电话12345",
    ] {
        finds(text, &[]);
    }
}

// ---- bank cards ----

#[test]
fn bank_cards_are_found_in_any_dress() {
    let mut lcg = Lcg(7);
    for _ in 0..2_000 {
        let length = 16 + lcg.below(4) as usize;
        let card = lcg.card(length);
        let shapes =
            [vec![length], vec![4, 4, 4, 4, length - 16], vec![6, length - 6], vec![1; length]];
        let mut shape = shapes[lcg.below(4) as usize].clone();
        shape.retain(|size| *size > 0);
        let dressed = grouped(&card, &shape, lcg.pick(SEPARATORS));
        let text =
            format!("{}{dressed}。", lcg.pick(&["", "卡号", "2014年3月3日打到", "户名王某"]));
        for text in [text.clone(), full_width(&text), in_han(&text)] {
            let found = find_secrets(&text, None);
            // A card may also have the digits of an identity number, which then comes first.
            let other = found.contains(&IdentityNumber);
            assert!(found.contains(&BankCard) || other, "{text} {found:?}");
        }
        let inside = format!("88{card}");
        assert!(find_secret(&inside, None).is_some(), "{inside}");
    }
}

#[test]
fn a_card_has_a_right_check_digit_and_a_known_beginning() {
    finds("6222021234567890128", &[BankCard]);
    finds("6222 0212 3456 7890 128", &[BankCard]);
    finds("4111111111111111", &[BankCard]);
    finds("账号62220 212345 67890128", &[BankCard]);
    finds("6222021234567890128 13800138000", &[Telephone, BankCard]);
    finds("6222 0212 1380 0131 003", &[BankCard]); // its last eleven digits are no telephone
    finds("4111111111111112", &[]);
    finds("7992739871300000", &[]);
    finds("62220 212345 67890128", &[]); // nobody writes a card like that, and no word says so
    finds("433333333333333", &[]); // fifteen digits
}

#[test]
fn all_kinds_come_in_their_order() {
    let text = "王小二，卡6222021234567890128，电话13800138000，证11010519491231002X";
    let all = [IdentityNumber, Telephone, BankCard, FullName];
    assert_eq!(find_secrets(text, Some("王小二")), all);
    assert_eq!(find_secret(text, Some("王小二")), Some(IdentityNumber));
    assert_eq!(all.map(Secret::word), ["identity_number", "telephone", "bank_card", "full_name"]);
}

#[test]
fn any_text_is_searched_without_harm() {
    let alphabet: Vec<char> =
        "0123456789012345678901234567890年月元Xx一二〇- .·()（）+电话tel张三😀\u{200B}\u{301}𠮷"
            .chars()
            .collect();
    let mut lcg = Lcg(8);
    for _ in 0..20_000 {
        let text: String = (0..lcg.below(60))
            .map(|_| alphabet[lcg.below(alphabet.len() as u64) as usize])
            .collect();
        let all = find_secrets(&text, Some("张三"));
        assert!(all.is_sorted(), "{text}");
        assert_eq!(all.first().copied(), find_secret(&text, Some("张三")));
        // What is secret stays so whatever ordinary text stands around it.
        let around = find_secrets(&format!("修路。{text}。谢谢"), Some("张三"));
        assert_eq!(all, around, "{text}");
        let _ = masked_name(&text);
    }
    for long in ["1".repeat(200_000), "1 ".repeat(100_000), "一".repeat(100_000)] {
        let _ = find_secrets(&long, Some("张三"));
    }
}

// ---- small counts ----

/// Every list of `length` counts of 0..=most.
fn lists(length: u32, most: u64) -> impl Iterator<Item = Vec<u64>> {
    (0..(most + 1).pow(length))
        .map(move |code| (0..length).map(|at| code / (most + 1).pow(at) % (most + 1)).collect())
}

/// Groups inputs by what is shown of them: a reader who knows the rule must find two values or more
/// for every hidden cell among the inputs that look alike.
fn assert_open<T: std::hash::Hash + Eq + std::fmt::Debug>(
    inputs: impl Iterator<Item = Vec<u64>>,
    at_least: u64,
    shown: impl Fn(&[u64]) -> T,
) {
    let mut alike: HashMap<T, Vec<Vec<u64>>> = HashMap::new();
    for input in inputs {
        alike.entry(shown(&input)).or_default().push(input);
    }
    for (shown, inputs) in alike {
        for at in 0..inputs[0].len() {
            let first = inputs[0][at];
            let hidden = first < at_least;
            assert!(
                !hidden || inputs.iter().any(|input| input[at] != first),
                "cell {at} of {shown:?} can only be {first}"
            );
        }
    }
}

#[test]
fn no_hidden_count_can_be_told() {
    for at_least in 2..=5 {
        for length in 1..=4 {
            assert_open(lists(length, at_least + 1), at_least, |counts| suppress(counts, at_least));
        }
    }
}

#[test]
fn counts_are_suppressed() {
    assert_eq!(suppress(&[], 5), (vec![], None));
    assert_eq!(suppress(&[5], 5), (vec![Some(5)], Some(5)));
    assert_eq!(suppress(&[4], 5), (vec![None], None));
    assert_eq!(suppress(&[0], 5), (vec![None], None));
    assert_eq!(suppress(&[1, 2], 5), (vec![None, None], None));
    assert_eq!(suppress(&[4, 4], 5), (vec![None, None], None));
    assert_eq!(suppress(&[4, 3], 5), (vec![None, None], Some(7)));
    assert_eq!(suppress(&[9, 4, 4], 5), (vec![Some(9), None, None], None));
    assert_eq!(suppress(&[0, 0], 1), (vec![None, None], None));
    assert_eq!(suppress(&[0, 3], 0), (vec![Some(0), Some(3)], Some(3)));
    assert_eq!(suppress(&[u64::MAX, 9], 5), (vec![Some(u64::MAX), Some(9)], None));
    assert_eq!(suppress(&[7, 8], u64::MAX), (vec![None, None], None));
}

#[test]
fn no_hidden_cell_of_a_table_can_be_told() {
    for (rows, columns, at_least) in [(1, 3, 3), (2, 2, 2), (2, 2, 5), (3, 1, 4), (2, 3, 3)] {
        assert_open(lists(rows * columns, at_least + 1), at_least, |cells| {
            let rows: Vec<Vec<u64>> = cells.chunks(columns as usize).map(<[u64]>::to_vec).collect();
            let shown = suppress_table(&rows, at_least);
            (shown.cells, shown.row_totals, shown.column_totals, shown.total)
        });
    }
}

#[test]
fn tables_are_suppressed() {
    let shown = suppress_table(&[vec![7, 3, 9], vec![8, 6], vec![]], 5);
    assert_eq!(shown.cells, [vec![Some(7), None, Some(9)], vec![Some(8), Some(6)], vec![]]);
    assert_eq!(shown.row_totals, [None, Some(14), None]);
    assert_eq!(shown.column_totals, [Some(15), None, Some(9)]);
    assert_eq!(shown.total, None);
    let shown = suppress_table(&[vec![u64::MAX, 9], vec![9, 9]], 5);
    assert_eq!(shown.row_totals, [None, Some(18)]);
    assert_eq!((shown.column_totals, shown.total), (vec![None, Some(18)], None));
    assert_eq!(suppress_table(&[], 5).total, None);
}
