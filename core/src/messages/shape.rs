//! What is wrong with a document as JSON, or with the shape of a value in it. The place is told
//! beside the message. `document` is there when a policy was read because another one extends it.

use super::Words;

/// Appends where the value stands when that is another document than the one handed in.
macro_rules! words {
    ($zh:literal, $en:literal) => {
        (
            concat!($zh, "{document?（在所继承的规则文件“|”里。）}"),
            concat!($en, "{document? (In the extended policy “|”.)}"),
        )
    };
}

/// The words of a reason of [`Kind`](crate::shape::Kind) or of a parse error.
pub(super) fn of_reason(reason: &str) -> Option<Words> {
    form(reason).or_else(|| days(reason)).or_else(|| calendar(reason)).or_else(|| json(reason))
}

/// The form of a value, fields that are missing, unknown or given twice, and how much more is wrong.
fn form(reason: &str) -> Option<Words> {
    Some(match reason {
        "more" => (
            "问题太多，另有{count}处没有列出。请先改正已列出的，再检查一次。",
            "There are {count} more findings than are listed. Please mend those listed and check again.",
        ),
        "wrong_type" => words!(
            "此处的内容类型不对，应当是{expected}。请改正后再试。",
            "This value has the wrong type: {expected} is wanted here. Please correct it and try again."
        ),
        "missing_field" => words!(
            "缺少必填项“{name}”。请补上后再试。",
            "The required field “{name}” is missing. Please add it and try again."
        ),
        "unknown_field" => words!(
            "没有“{name}”这一项。{nearest?您要填的是不是“|”？}请改正名称或删去此项。",
            "There is no field “{name}”.{nearest? Did you mean “|”?} Please correct the name or remove the field."
        ),
        "duplicate_field" => words!(
            "“{name}”重复填写。同一项只能填一次，请留下正确的一个。",
            "“{name}” is given twice. Please keep the right one only."
        ),
        "unknown_word" => words!(
            "“{name}”不在可选范围内。{nearest?您要填的是不是“|”？}请改用规定的选项。",
            "“{name}” is not one of the words allowed here.{nearest? Did you mean “|”?} Please use one of them."
        ),
        "changes_the_book" => words!(
            "“{name}”要改动账册，不能在此查询。请作为操作提交。",
            "“{name}” changes the book and is no question. Please apply it as a command."
        ),
        "too_long" => words!(
            "内容太长，最多允许{limit}（字或条）。请删减或分开填写。",
            "This is too long: at most {limit} characters or entries are allowed. Please shorten or divide it."
        ),
        "blank" => words!(
            "此项不能为空白。请填写内容。",
            "This must not be blank. Please write something here."
        ),
        "no_id" => words!(
            "“{value}”不能作编号。编号为1至64个字符，只用英文字母、数字和 . _ : - 。",
            "“{value}” cannot be an id. An id is 1 to 64 of the letters A-Z and a-z, digits, and . _ : - only."
        ),
        _ => return None,
    })
}

/// Days, moments, periods and limits.
fn days(reason: &str) -> Option<Words> {
    Some(match reason {
        "not_a_date" => words!(
            "“{value}”不是日期。请按“年-月-日”填写，如 2014-03-03。",
            "“{value}” is not a date. Please write year-month-day, such as 2014-03-03."
        ),
        "no_such_day" => words!(
            "日历上没有“{value}”这一天。请核对年、月、日。",
            "There is no such day as “{value}” in the calendar. Please check the year, month and day."
        ),
        "not_an_instant" => words!(
            "“{value}”不是完整的时刻。请写明日期、时间和时差，如 2014-03-03T09:00:00+08:00。",
            "“{value}” is not a moment. Please write date, time and offset, such as 2014-03-03T09:00:00+08:00."
        ),
        "no_such_time" => words!(
            "“{value}”里的时间不存在。时应在00至23之间，分、秒应在00至59之间。",
            "There is no such time as in “{value}”. Hours run from 00 to 23, minutes and seconds from 00 to 59."
        ),
        "leap_second" => words!(
            "“{value}”用了第60秒，系统不收闰秒。请写成59秒或下一分钟的00秒。",
            "“{value}” uses second 60; leap seconds are not taken. Please write second 59, or 00 of the next minute."
        ),
        "not_a_fraction" => words!(
            "“{value}”里秒的小数写法不对。小数点后应为1至9位数字，也可以不写小数。",
            "The fraction of a second in “{value}” is wrong. Write one to nine digits after the point, or leave it out."
        ),
        "no_offset" => words!(
            "“{value}”没有正确写明时差。请按 +08:00 的形式写，北京时间就是 +08:00；时刻的末尾也要写上。",
            "“{value}” gives no proper offset. Please write it like +08:00, which is Beijing time, and at the end of a moment as well."
        ),
        "not_an_offset" => words!(
            "“{value}”的时差写法不对。请写成 +08:00 这样的形式。",
            "The offset in “{value}” is not written properly. Please write it like +08:00."
        ),
        "no_such_offset" => words!(
            "“{value}”的时差不存在。请核对，北京时间为 +08:00。",
            "There is no such offset as in “{value}”. Please check it; Beijing time is +08:00."
        ),
        "unknown_offset" => words!(
            "“{value}”用 -00:00 表示时差不明，系统不能据此定日期。请写明时差，北京时间为 +08:00。",
            "“{value}” says with -00:00 that its offset is unknown, so no day can be told. Please write the offset."
        ),
        "no_time_of_day" => words!(
            "“{value}”不是钟点。请写成 00:00 至 23:59 的形式，如 12:00。",
            "“{value}” is not a time of day. Please write it from 00:00 to 23:59, such as 12:00."
        ),
        "not_a_period" => words!(
            "“{value}”不是期间。请写成 2014、2014-Q1、2014-03、2014-03-H1 或 2014-W10 的形式。",
            "“{value}” is not a period. Please write it like 2014, 2014-Q1, 2014-03, 2014-03-H1 or 2014-W10."
        ),
        "no_such_year" => words!(
            "“{value}”的年份不存在。请写0001至9999之间的年份。",
            "There is no such year as in “{value}”. Please write a year from 0001 to 9999."
        ),
        "no_such_quarter" => words!(
            "“{value}”的季度不存在。季度只有 Q1 至 Q4。",
            "There is no such quarter as in “{value}”. Quarters are Q1 to Q4."
        ),
        "no_such_month" => words!(
            "“{value}”的月份不存在。月份只有 01 至 12。",
            "There is no such month as in “{value}”. Months are 01 to 12."
        ),
        "no_such_half_month" => words!(
            "“{value}”的半月不存在。上半月（1日至15日）写 H1，下半月（16日至月底）写 H2。",
            "There is no such half month as in “{value}”. H1 is the 1st to the 15th, H2 the 16th to the end."
        ),
        "no_such_week" => words!(
            "“{value}”的周次不存在。一年只有 W01 至 W52，少数年份到 W53。",
            "There is no such week as in “{value}”. Weeks are W01 to W52, in some years to W53."
        ),
        "week_53_of_a_52_week_year" => words!(
            "“{value}”这一年只有52周。第53周应写作下一年的 W01。",
            "The year of “{value}” has 52 weeks only. Please write W01 of the next year."
        ),
        "no_cadence" => words!(
            "“{value}”不是周期。请从 year（年）、quarter（季度）、month（月）、half_month（半月）、week（周）中选一个。",
            "“{value}” is not a cadence. Please choose year, quarter, month, half_month or week."
        ),
        "no_limit" | "not_a_limit" => words!(
            "“{value}”不是期限。请用数字加单位：7d 是7天，5wd 是5个工作日，24h 是24小时。",
            "“{value}” is not a limit. Write a number and a unit: 7d for days, 5wd for working days, 24h for hours."
        ),
        "no_such_unit" => words!(
            "“{value}”的期限单位不对。单位只有 d（天）、wd（工作日）、h（小时）。",
            "The unit of the limit “{value}” is unknown. Units are d (days), wd (working days) and h (hours)."
        ),
        "limit_too_long" => words!(
            "期限“{value}”太长，数字不能超过99999。请改短。",
            "The limit “{value}” is too long: its number may not exceed 99999. Please shorten it."
        ),
        "leading_zero" => words!(
            "期限“{value}”的数字前不能补0。请去掉前面的0。",
            "The number of the limit “{value}” must not begin with 0. Please take the zeros away."
        ),
        _ => return None,
    })
}

/// The calendar of working days in a policy.
fn calendar(reason: &str) -> Option<Words> {
    Some(match reason {
        "bad_calendar_id" => words!(
            "日历的编号不合规定（{value}）。请用1至64个字符，只用英文字母、数字和 . _ : - 。",
            "The calendar's id is not acceptable ({value}). Please use 1 to 64 letters, digits, and . _ : - only."
        ),
        "bad_years" => words!(
            "日历的起止年份不对（{value}）。起始年不能晚于截止年，年份在1至9999之间，最多400年。",
            "The calendar's years are wrong ({value}). The first must not follow the last; 400 years at most."
        ),
        "outside_known_years" => words!(
            "日历列出的日子不在它的起止年份之内（{value}）。请改日子，或改起止年份。",
            "A listed day lies outside the calendar's years ({value}). Please correct the day or the years."
        ),
        "listed_twice" => words!(
            "日历里同一天列了两次（{value}）。请只保留一次。",
            "A day is listed twice in the calendar ({value}). Please keep it once."
        ),
        "years_short_of_parent" => words!(
            "日历的年份{value}没有盖住它所继承日历的全部年份。请把起止年份放宽到包含继承的年份。",
            "The calendar's years {value} do not cover those of the calendar it extends. Please widen them."
        ),
        _ => return None,
    })
}

/// The text itself. A length has no line, and a stream may not know its own.
fn json(reason: &str) -> Option<Words> {
    Some(match reason {
        "not_utf8" => words!(
            "第{line}行第{column}字节处不是 UTF-8 文字。请把文件另存为 UTF-8 编码。",
            "Line {line}, byte {column} is not UTF-8. Please save the file in UTF-8."
        ),
        "truncated" => words!(
            "内容在第{line}行第{column}字节处中断，没有写完。请检查是否漏了括号、引号，或文件未传完。",
            "The text breaks off at line {line}, byte {column}. A bracket or quote is missing, or the file is cut short."
        ),
        "not_json" => words!(
            "第{line}行第{column}字节处不合 JSON 格式。请检查此处的逗号、引号和括号。",
            "Line {line}, byte {column} is not JSON. Please check the commas, quotes and brackets there."
        ),
        "too_deep" => words!(
            "第{line}行第{column}字节处嵌套超过32层。请减少层次。",
            "At line {line}, byte {column} the values nest deeper than 32 levels. Please nest less."
        ),
        "too_large" => (
            "内容太大，超过了此类文件的上限{limit?（|字节）}。请分开提交。",
            "This is larger than a document of its kind may be{limit? (| bytes)}. Please hand it in in parts.",
        ),
        _ => return None,
    })
}
