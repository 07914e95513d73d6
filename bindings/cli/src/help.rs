//! The words of `--help`, in the reader's language. The examples run as they stand on what `demo`
//! writes, and the tests run them.

use clap::{Arg, ArgAction, Command};

use crate::lang::Lang;

type Words = (&'static str, &'static str);

/// The command line, with its help in a language.
pub fn speak(mut command: Command, lang: Lang) -> Command {
    let (about, after) = (lang.pick(ABOUT.0, ABOUT.1), lang.pick(AFTER.0, AFTER.1));
    command = command.about(about).after_help(after).help_template(template(lang)).mut_arg("lang", |arg| shown(arg, LANG, lang));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    command = standing(command, lang).disable_version_flag(true).arg(shown(version, ("显示版本", "Print version"), lang));
    let calls: Vec<String> = command.get_subcommands().map(|call| call.get_name().to_owned()).collect();
    for name in calls {
        let Some((_, about, example)) = CALLS.iter().find(|(known, ..)| *known == name) else { continue };
        command = command.mut_subcommand(&name, |call| {
            let mut call = standing(call, lang)
                .about(lang.pick(about.0, about.1))
                .after_help(format!("{}\n{}", lang.pick("示例（先运行 wuzhang demo）：", "Example (after wuzhang demo):"), example))
                .help_template(template(lang));
            let arguments: Vec<String> = call.get_arguments().map(|arg| arg.get_id().to_string()).collect();
            for id in arguments {
                let own = ARGUMENTS.iter().find(|(of, known, _)| *of == name && *known == id);
                let shared = || ARGUMENTS.iter().find(|(of, known, _)| of.is_empty() && *known == id);
                if let Some((_, _, words)) = own.or_else(shared) {
                    call = call.mut_arg(&id, |arg| shown(arg, *words, lang));
                }
            }
            call
        });
    }
    command
}

/// An argument in words; its values stand in its name, since clap would list them in English.
fn shown(arg: Arg, words: Words, lang: Lang) -> Arg {
    let heading = if arg.is_positional() { ("参数", "Arguments") } else { OPTIONS };
    let arg = arg.help(lang.pick(words.0, words.1)).help_heading(lang.pick(heading.0, heading.1));
    if arg.get_action().takes_values() {
        return arg.hide_possible_values(true).hide_default_value(true);
    }
    arg
}

/// The flags that clap brings along, which it explains in English only.
fn standing(command: Command, lang: Lang) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command
        .disable_help_flag(true)
        .arg(shown(help, ("显示帮助", "Print help"), lang))
        .subcommand_help_heading(lang.pick("命令", "Calls"))
}

const OPTIONS: Words = ("选项", "Options");

fn template(lang: Lang) -> &'static str {
    lang.pick(
        "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    )
}

const ABOUT: Words = (
    "五账法规则引擎：建账、议账、销账、晒账、结账。",
    "The rules of the Five-Ledger Method (五账法): opening, deliberating, settling, publishing, closing.",
);
const AFTER: Words = (
    "先看一个县：wuzhang demo\n\n退出码：0 一切正常；1 有达到界限的问题；2 用法不对；3 输入无法读取（注明文件、行、列和位置）。\n“-”是标准输入。输出到终端时才有颜色，设 NO_COLOR 则无。",
    "See a county first: wuzhang demo\n\nExit codes: 0 all well; 1 findings of the threshold's severity; 2 wrong use; 3 input that cannot be read (with file, line, column and path).\n“-” is standard input. There is colour only on a terminal, and none with NO_COLOR.",
);
const LANG: Words =
    ("语言；默认按 LC_ALL、LC_MESSAGES、LANG", "Language; by LC_ALL, LC_MESSAGES, LANG when left out");

/// Documents and journal of the demo's output.
macro_rules! demo_book {
    () => {
        "--policy wuzhang-demo/policy.json --roster wuzhang-demo/roster.json wuzhang-demo/journal.jsonl"
    };
}

/// Each call: what it does, and an example.
const CALLS: &[(&str, Words, &str)] = &[
    (
        "demo",
        (
            "用大邑县真实区划建一个县，过完一年，显示全县概况，写出名册、操作、日志、台账和公示",
            "Build Dayi from its real divisions, live a year of it, show the county at a glance, and write roster, commands, journal, ledgers and postings",
        ),
        "  wuzhang demo --out wuzhang-demo",
    ),
    (
        "replay",
        (
            "逐条执行操作，统计结果和退回原因；--journal 把日志写入文件，中断后可接着写",
            "Apply commands; count what was accepted and what was rejected and why. --journal writes the journal, and goes on with one that was broken off",
        ),
        "  wuzhang replay --policy wuzhang-demo/policy.json --roster wuzhang-demo/roster.json wuzhang-demo/commands.jsonl",
    ),
    (
        "duties",
        ("谁该在何时之前做什么，做了没有", "Who owes what by when, and whether it was done"),
        concat!("  wuzhang duties ", demo_book!(), " --from 2014-03-01 --to 2014-03-31 --rule 'meeting.*' --state missed"),
    ),
    (
        "ledger",
        ("一个单位的台账", "The ledger of a unit"),
        concat!("  wuzhang ledger ", demo_book!(), " --unit 510129101209 --viewer 510129101209-k1"),
    ),
    (
        "case",
        ("一个事项的来龙去脉", "One case from its beginning"),
        concat!("  wuzhang case s000001 ", demo_book!(), " --viewer 510129-zj1"),
    ),
    (
        "agenda",
        ("一个人手头要办的事", "What one person has to do"),
        concat!("  wuzhang agenda 510129101209-k1 ", demo_book!()),
    ),
    (
        "publication",
        ("一个单位某个期间的公示栏，人人可看", "A unit's board in a period, as anybody may see it"),
        concat!("  wuzhang publication ", demo_book!(), " --unit 510129101209 --period 2014-12"),
    ),
    (
        "rates",
        ("响应率、解决率、满意率和回访率", "The rates of response, solving and satisfaction, and their coverage"),
        concat!("  wuzhang rates ", demo_book!(), " --from 2014-01-01 --to 2014-12-31 --unit 510129"),
    ),
    (
        "check",
        (
            "检查规则、名册、操作文件：形式、引用、矛盾。只看不动",
            "Look through policies, rosters and command files: shape, references, contradictions. Nothing is applied",
        ),
        "  wuzhang check wuzhang-demo/policy.json",
    ),
    (
        "test",
        (
            "运行场景文件（前提、操作、应有的结果），看覆盖了哪些规则、规则改动会不会被发现",
            "Run scenario files (given, when, then); see which rules they exercise, and whether a change of the rules would be noticed",
        ),
        "  wuzhang test wuzhang-demo/scenarios --coverage",
    ),
    (
        "analyse",
        (
            "在规则生效之前验证：死路、到不了的状态、循环、缺一不可的结账条件；群众最久要等多少天；走访定额能否做到；读法不同差在哪里",
            "Prove a policy before it binds anyone: dead ends, unreachable states, circles, closings that lack something; how long a household may wait at worst; whether the quotas can be kept; what hangs on a reading",
        ),
        "  wuzhang analyse dayi-2014 --only delay --prompt --year 2024\n  wuzhang analyse dayi-2014 --draw drawings --witnesses witnesses",
    ),
    (
        "diff",
        (
            "两套规则逐条对照；--replay 用真实的一年操作，列出结果、事项、职责会有哪些不同，以及起因的规则",
            "Two policies rule by rule; --replay lives a real year under both and lists every refusal, case and duty that would differ, with the clause responsible",
        ),
        "  wuzhang diff dayi-2014-text dayi-2014",
    ),
    (
        "verify",
        (
            "核验日志的链条。末尾被整段截去时链条仍然完整，要用 --head 或 --count 才能发现",
            "Verify a journal's chain. A tail that was cut off leaves a sound shorter chain: --head and --count catch that",
        ),
        "  wuzhang verify wuzhang-demo/journal.jsonl",
    ),
    ("explain", ("用话解释一个代码或一条规则", "A finding's code, or a rule, in words"), "  wuzhang explain close.asker"),
    ("schema", ("输出一种文件的 JSON Schema", "Print a JSON Schema"), "  wuzhang schema command"),
];

/// Each argument, of one call or (with no call named) of all.
const ARGUMENTS: &[(&str, &str, Words)] = &[
    ("", "lang", LANG),
    ("", "policy", ("规则：预置的名称（dayi-2014、dayi-2014-text、petition-2022）或文件", "The policy: a preset's name (dayi-2014, dayi-2014-text, petition-2022) or a file")),
    ("", "roster", ("名册文件", "The roster: a file")),
    ("", "commands", ("操作文件，每行一条；或日志；“-”是标准输入", "Commands, one a line; or a journal; “-” is standard input")),
    ("", "as_of", ("截至的时刻或日期（日期指该日终了）；其后的操作不计", "As it stood at this instant or date (a date means its end); later commands are left out")),
    ("", "viewer", ("由谁来看（人员编号）；不写则按群众可见的内容", "Who looks: a person's id; when left out, what the public may see")),
    ("", "format", ("输出格式，默认 text", "How it is written; text when left out")),
    ("", "from", ("起始日", "The first day")),
    ("", "to", ("截止日", "The last day")),
    ("", "unit", ("单位编号", "The unit's id")),
    ("replay", "as_of", ("只执行到这一时刻或日期（含当日）", "Apply only commands up to this instant or date (a date means its end)")),
    ("replay", "journal", ("把日志写入此文件；已有同一本账的日志则接着写，末尾残缺的部分先去掉并说明", "Write the journal here; goes on with a journal of the same book, dropping a torn end and saying so")),
    ("replay", "outcomes", ("把每条操作的结果写入此文件，每行一条", "Write every outcome here, one a line")),
    ("replay", "keep_going", ("遇到不是操作的行，说明后继续", "Go on past lines that are no commands")),
    ("replay", "sync", ("每条操作都等落盘（慢；默认每秒一次）", "Wait for the disk after every command (slow; else once a second)")),
    ("replay", "fail_on", ("有操作被退回（error），或有提醒（warning）时退出码为 1；不写则退回只计数", "Exit 1 when a command was rejected (error), or warned of as well (warning); when left out, rejections are only counted")),
    ("duties", "from", ("截止日不早于这一天的职责", "Duties whose last day is not before this day")),
    ("duties", "to", ("截止日不晚于这一天的职责", "Duties whose last day is not after this day")),
    ("duties", "rule", ("规则编号，可用 *，如 'visit.*'", "A rule's id, or a pattern such as 'visit.*'")),
    ("duties", "state", ("pending、met、late、missed 或 excused", "pending, met, late, missed or excused")),
    ("duties", "subject", ("只看这个人或单位的", "Only those of this person or unit")),
    ("duties", "viewer", ("由谁来看（人员编号）；不写则不加限制", "Who looks: a person's id; when left out, all duties")),
    ("ledger", "category", ("livelihood、hardship 或 stability", "livelihood, hardship or stability")),
    ("case", "id", ("事项编号", "The case's id")),
    ("agenda", "person", ("人员编号", "The person's id")),
    ("agenda", "at", ("在哪个时刻或日期看；默认为最后一条操作的时刻", "At which instant or date; the last command's when left out")),
    ("agenda", "viewer", ("由谁来看；不写则是本人", "Who looks; the person when left out")),
    ("publication", "period", ("期间，如 2014、2014-Q1、2014-03", "A period such as 2014, 2014-Q1, 2014-03")),
    ("rates", "unit", ("只看这个单位", "Only this unit")),
    ("check", "files", ("规则、名册、场景、操作或日志文件；种类自动识别", "Policies, rosters, scenarios, commands or journals; which is which is seen from the content")),
    ("test", "paths", ("场景文件，或放场景文件的目录", "Scenarios, or folders of them")),
    ("test", "policy", ("所有用例都改用此规则", "Let every case run by this policy")),
    ("test", "coverage", ("列出规则、代码、状态、步骤和日期的覆盖情况", "Tell which rules, codes, states, steps and days are exercised")),
    ("test", "fail_under", ("规则覆盖率低于此百分数时退出码为 1", "Exit 1 when fewer of a hundred ways of rules are exercised")),
    ("test", "mutate", ("逐处改动规则，列出没有用例发现的改动；survivors.json 里说明过的不算", "Change the policy in one place at a time, and list the changes that no case notices; those explained in survivors.json do not count")),
    ("test", "fail_on", ("达到什么程度退出码为 1，默认 error", "What makes the exit code 1; error when left out")),
    ("check", "policy", ("按此规则核对名册；不写则按给出的第一个规则文件", "Check rosters against this policy; when left out, against the first policy among the files")),
    ("check", "roster", ("同时检查此名册", "Check this roster as well")),
    ("check", "on", ("按哪一天核对名册；默认为名册中最晚的起始日", "The day for which rosters are checked; the last first day in the roster when left out")),
    ("check", "fail_on", ("达到什么程度退出码为 1，默认 error", "What makes the exit code 1; error when left out")),
    ("analyse", "subject", ("规则：预置的名称或文件", "The policy: a preset's name or a file")),
    ("analyse", "only", ("只做哪几项，用逗号隔开：explore、delay、feasibility、ambiguities；默认全做", "Only these parts, with commas between: explore, delay, feasibility, ambiguities; all when left out")),
    ("analyse", "roster", ("按此名册核对定额能否做到；不写则只看规则本身", "Hold the quotas against this roster; when left out, only against the policy itself")),
    ("analyse", "history", ("按这些操作或日志看读法不同差在哪里", "Hold the readings against these commands or this journal")),
    ("analyse", "year", ("按哪一年计算，可多次；默认为其下一年也有放假通知的最后一年", "For which year; may be given again. Left out: the last year after which the next one's holidays are known as well")),
    ("analyse", "prompt", ("等待只计会议和汇总的时间，其余都当天办", "Of the waits count only meetings and consolidations; everything else is done at once")),
    ("analyse", "visits_per_day", ("每人每天能走访几次，默认 4", "How many visits a person makes a day; 4 when left out")),
    ("analyse", "most_states", ("最多查多少个抽象状态，默认 100000；查不完会说明", "How many abstract states are looked at, 100000 when left out; it says when that was not all")),
    ("analyse", "witnesses", ("把每项发现的例证写入此目录，每项一个情景文件", "Write the witness of each finding into this folder, a scenario file each")),
    ("analyse", "draw", ("把生命周期画入此目录：Mermaid、DOT、SVG、XState", "Draw the lifecycle into this folder: Mermaid, DOT, SVG, XState")),
    ("analyse", "walks", ("不分析，只由引擎随机走这么多个事项，每行一个，供核对别的实现", "Instead of analysing, let the engine walk so many cases at random, one a line, to hold another implementation against")),
    ("analyse", "seed", ("随机种子，默认 2014", "The seed; 2014 when left out")),
    ("analyse", "fail_on", ("发现达到什么程度退出码为 1，默认 error", "What makes the exit code 1; error when left out")),
    ("diff", "old", ("原规则：预置的名称或文件", "The old policy: a preset's name or a file")),
    ("diff", "new", ("新规则：预置的名称或文件", "The new policy: a preset's name or a file")),
    ("diff", "replay", ("在两套规则下重演这些操作；日志也可以，但其中没有被退回的操作", "Live these commands under both; a journal will do, but has no rejected commands")),
    ("diff", "as_of", ("截至的时刻或日期；默认为最后一条操作的时刻", "As it stood at this instant or date; at the last command when left out")),
    ("diff", "fail_on", ("重演有不同（error），或规则有不同（warning）时退出码为 1；不写则总为 0", "Exit 1 when something would have gone differently (error), or when any rule differs (warning); when left out, always 0")),
    ("verify", "journal", ("日志文件；“-”是标准输入", "The journal; “-” is standard input")),
    ("verify", "head", ("最后一个事件应有的哈希值", "The hash that the last event has to have")),
    ("verify", "count", ("应有的事件数", "How many events there have to be")),
    ("explain", "code", ("代码或规则编号，如 close.asker", "A code or a rule's id, such as close.asker")),
    ("explain", "policy", ("以哪个规则文件里的为准；默认 dayi-2014", "As which policy has it; dayi-2014 when left out")),
    ("schema", "name", ("如 command、policy、roster、event", "Such as command, policy, roster, event")),
    ("demo", "out", ("写到哪个目录，默认 wuzhang-demo", "Where to write; wuzhang-demo when left out")),
    ("demo", "households", ("全县多少户，默认 3000", "How many households; 3000 when left out")),
    ("demo", "seed", ("随机种子：同样的种子得到同样的县；默认 2014", "The seed: the same seed gives the same county; 2014 when left out")),
    ("demo", "year", ("过哪一年，默认 2014", "Which year is lived; 2014 when left out")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn everything_is_said_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let command = speak(crate::args::Cli::command(), lang);
            command.clone().debug_assert();
            for call in command.get_subcommands() {
                assert!(call.get_about().is_some(), "{}", call.get_name());
                for arg in call.get_arguments() {
                    assert!(arg.get_help().is_some(), "{} {}", call.get_name(), arg.get_id());
                }
            }
        }
    }
}
