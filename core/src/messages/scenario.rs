//! Scenario files.

use super::Words;
use crate::codes::Code;

/// The words of a code.
pub(super) fn of_code(code: Code) -> Option<Words> {
    Some(match code {
        Code::ScenarioInvalid => (
            "场景文件此处填写不合规定。请改正后再试。",
            "The scenario is not as it should be here. Please correct it and try again.",
        ),
        Code::ScenarioFile => (
            "文件“{name}”取不到。请核对文件名；它从场景文件所在的目录找起。",
            "The file “{name}” cannot be had. Please check its name; it is looked for from the scenario's folder.",
        ),
        Code::ScenarioDiffers => (
            "结果与场景写的不同。请核对场景或规则。",
            "This comes out otherwise than the scenario says. Please check the scenario or the rules.",
        ),
        Code::ScenarioUntested => (
            "规则{rule}还没有用例。请补上守规和违规的用例。",
            "Rule {rule} is not tested. Please add a case that keeps it and one that breaks it.",
        ),
        Code::ScenarioUnnoticed => (
            "把规则改成“{mutant}”{was?（原为|）}，没有一个用例发现。请补一个两样规则结果不同的用例，或在 survivors.json 里写明为何无妨。",
            "With the rule changed to “{mutant}”{was? (it was |)} no case comes out otherwise. Please add one that does, or say in survivors.json why it does not matter.",
        ),
        _ => return None,
    })
}

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::ScenarioInvalid => invalid(reason),
        Code::ScenarioDiffers => differs(reason),
        Code::ScenarioUntested => untested(reason),
        Code::ScenarioUnnoticed if reason == "stale" => Some((
            "说明里的“{mutant}”没有对应的幸存变异：已有用例发现它，或没有这一变异。请删去这一条。",
            "The explanation names “{mutant}”, but no such mutant survives: a case notices it, or there is none. Please remove the entry.",
        )),
        _ => None,
    }
}

fn invalid(reason: &str) -> Option<Words> {
    Some(match reason {
        "not_looked_at" => (
            "问题太多，从此处起还有{count}个用例没有查看。请先改正已列出的，再检查一次。",
            "There are too many findings: {count} cases from here on were not looked at. Please mend those listed and check again.",
        ),
        "no_case" => (
            "场景文件里一个用例也没有。请至少写一个。",
            "There is no case in the scenario. Please write at least one.",
        ),
        "no_step" => (
            "用例里一个步骤也没有。请至少写一步。",
            "There is no step in the case. Please write at least one.",
        ),
        "name_twice" => (
            "名称“{value}”的用例有两个。请给其中一个另取名称。",
            "Two cases are called “{value}”. Please give one of them another name.",
        ),
        "nothing_to_do" => (
            "这一步既没有操作（when），也没有要核对的结果（then）。请至少写一样。",
            "The step has neither a command (when) nor anything to hold (then). Please write one of them.",
        ),
        "nothing_judged" => (
            "这一步没有操作，谈不上收下、退回或提醒。请补上操作（when），或删去这几项。",
            "The step has no command, so nothing is accepted, refused or warned of. Please add the command (when), or remove these fields.",
        ),
        "refused_and_accepted" => (
            "同一操作不能既退回又收下；退回的操作也没有提醒。请只留一样。",
            "A command is either refused or accepted, and a refused one has no warnings. Please keep one of them.",
        ),
        "refused_by_nobody" => (
            "退回总有依据。请写明规则或代码；只想说退回，请改写 accepted: false。",
            "A refusal has a reason. Please name the rule or code, or write accepted: false to say no more than that it is refused.",
        ),
        "no_policy" => (
            "没有写明用哪份规则。请在 given 里写 policy：预置规则名、文件或规则文件内容。",
            "It is not said which policy is in force. Please give one in `given`: a preset's name, a file or the document.",
        ),
        "no_roster" => (
            "没有写明用哪份名册。请在 given 里写 roster：文件或名册内容。",
            "It is not said which roster is in force. Please give one in `given`: a file or the document.",
        ),
        _ => return None,
    })
}

fn untested(reason: &str) -> Option<Words> {
    Some(match reason {
        "kept" => (
            "规则{rule}没有守规的用例。请补一个照它办、应当收下或按时完成的用例。",
            "No case keeps rule {rule}. Please add one in which it is followed, accepted or met in time.",
        ),
        "broken" => (
            "规则{rule}没有违规的用例。请补一个违反它、应当退回、提醒或逾期的用例。",
            "No case breaks rule {rule}. Please add one in which it refuses, warns, or is missed.",
        ),
        "both" => (
            "规则{rule}一个用例也没有。请补上守规和违规的用例各一个。",
            "No case touches rule {rule}. Please add one that keeps it and one that breaks it.",
        ),
        _ => return None,
    })
}

fn differs(reason: &str) -> Option<Words> {
    Some(match reason {
        "given_refused" => (
            "“{story}”：前提里的操作{command}被退回（{by}）：{why}请先改好前提。",
            "“{story}”: the given command {command} was refused by {by}: {why} Please mend what is given first.",
        ),
        "refused" => (
            "“{story}”第{step}步：应当收下，却被退回（{by}）：{why}",
            "“{story}”, step {step}: should be accepted, but was refused by {by}: {why}",
        ),
        "accepted" => (
            "“{story}”第{step}步：应当退回{expected?（|）}，却收下了。",
            "“{story}”, step {step}: should be refused{expected? by |}, but was accepted.",
        ),
        "refused_otherwise" => (
            "“{story}”第{step}步：退回了，但依据不同。{missing?没有出现：|。}{more?另有：|。}{why?|}",
            "“{story}”, step {step}: refused, but on other grounds.{missing? Not among them: |.}{more? Also: |.}{why? |}",
        ),
        "warned_otherwise" => (
            "“{story}”第{step}步：收下了，但提醒不同。{missing?没有出现：|。}{more?另有：|。}{why?|}",
            "“{story}”, step {step}: accepted, but with other warnings.{missing? Not among them: |.}{more? Also: |.}{why? |}",
        ),
        "found_otherwise" => (
            "“{story}”第{step}步：查出的不同。{missing?没有查出：|。}{more?另查出：|。}{why?|}",
            "“{story}”, step {step}: something else is found.{missing? Not found: |.}{more? Also found: |.}{why? |}",
        ),
        "field" => (
            "“{story}”第{step}步：{name} 应为 {expected}，实为 {found}。",
            "“{story}”, step {step}: {name} should be {expected} and is {found}.",
        ),
        "no_case" => (
            "“{story}”第{step}步：没有事项{case}。",
            "“{story}”, step {step}: there is no case {case}.",
        ),
        "no_duty" => (
            "“{story}”第{step}步：没有这样的{rule}职责；所选的有{count}条{found?：|}。",
            "“{story}”, step {step}: there is no such duty of {rule}; {count} could be meant{found?: |}.",
        ),
        "duty_there" => (
            "“{story}”第{step}步：不应有这项职责，却有：{found}。",
            "“{story}”, step {step}: no such duty should be owed, but there is {found}.",
        ),
        "not_public" => (
            "“{story}”第{step}步：公示里应有“{expected}”，却没有。",
            "“{story}”, step {step}: the public should see “{expected}” and does not.",
        ),
        "public" => (
            "“{story}”第{step}步：公示里不得有“{expected}”，却写着“{found}”。",
            "“{story}”, step {step}: the public must not see “{expected}”, but reads “{found}”.",
        ),
        "no_unit" => (
            "“{story}”第{step}步：没有单位{unit}。",
            "“{story}”, step {step}: there is no unit {unit}.",
        ),
        "no_rates" => (
            "“{story}”第{step}步：单位{unit}在这段时间没有三率。",
            "“{story}”, step {step}: unit {unit} has no rates for these days.",
        ),
        _ => return None,
    })
}
