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
        _ => return None,
    })
}

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    match code {
        Code::ScenarioInvalid => invalid(reason),
        _ => None,
    }
}

fn invalid(reason: &str) -> Option<Words> {
    Some(match reason {
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
