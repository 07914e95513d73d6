//! 及时晒账: postings, what they may show, objections.

use super::Words;
use crate::codes::Code;

/// The words of a reason.
pub(super) fn of_reason(code: Code, reason: &str) -> Option<Words> {
    Some(match (code, reason) {
        (Code::PublishStages, "not_posted") => (
            "事项{case}的办理结果还没有公示。请先公示结果，再回访、评价或结账。",
            "The result of case {case} has not been posted. Please post it first, then ask the household, rate or close.",
        ),
        (Code::PublishDigest, "wrong_period") => (
            "{period}与汇总公示的周期不符，应按“{expected}”公示。请改填期间。",
            "{period} is not the kind of period a digest is made for, which is the {expected}. Please name such a period.",
        ),
        (Code::PublishDigest, "early") => (
            "{period}这一期还没有结束，汇总公示的数字还不完整。这次照记，请在期满后再公示一次。",
            "The period {period} is not over, so that the digest is incomplete. This is recorded; please post it again afterwards.",
        ),
        (Code::PublishTwoPerson, "missing") => (
            "没有写明由谁核对公示内容。请由另一人核对，并填写核对人。",
            "It is not said who checked the posting. Please let a second person check it and name them.",
        ),
        (Code::PublishTwoPerson, "same_person") => (
            "公示人和核对人都是{actor}。核对须由另一人做，请换人核对。",
            "{actor} both posts and checks. Please let somebody else check it.",
        ),
        (Code::PublishTwoPerson, "not_of_office") => (
            "核对人{actor}不是本单位办公人员，也不是村监委会成员。请改由上述人员核对。",
            "{actor} belongs neither to the unit's office nor to the supervision committee. Please let one of those check it.",
        ),
        (Code::PublishMasked, "counts_only") => (
            "事项{case}属于只公布数量的类别（如稳定工作），不能逐项公示。请从公示清单中删去。",
            "Case {case} is of a category of which only counts are shown, such as stability. Please take it off the posting.",
        ),
        (Code::PublishMasked, "no_consent") => (
            "事项{case}须本户同意才能逐项公示，现在没有同意的记录。请先征得同意并登记，否则不要公示。",
            "Case {case} is shown by item only with the household's consent, of which there is no record. Please ask and record it, or leave the case out.",
        ),
        (Code::PublishMasked, reason) => return secret(reason),
        (Code::PublishObjection, "late") => (
            "提出异议的期限已在{last}届满。异议照收，请尽力答复。",
            "The time for objections ended on {last}. This one is taken all the same; please answer it if you can.",
        ),
        _ => return None,
    })
}

/// What was found in a text that a posting would show.
fn secret(reason: &str) -> Option<Words> {
    Some(match reason {
        "identity_number" => (
            "事项{case}的“{field}”里有身份证号码，不能公示。请先删去（措施和结果用“更正”修改），再公示。",
            "“{field}” of case {case} contains an identity number, which is never shown. Please take it out first; measures and results are mended by a correction.",
        ),
        "telephone" => (
            "事项{case}的“{field}”里有电话号码，不能公示。请先删去（措施和结果用“更正”修改），再公示。",
            "“{field}” of case {case} contains a telephone number, which is never shown. Please take it out first; measures and results are mended by a correction.",
        ),
        "bank_card" => (
            "事项{case}的“{field}”里有银行卡号，不能公示。请先删去（措施和结果用“更正”修改），再公示。",
            "“{field}” of case {case} contains a bank card number, which is never shown. Please take it out first; measures and results are mended by a correction.",
        ),
        "full_name" => (
            "事项{case}的“{field}”里有户主或家人的全名，不能公示。请先改成“姓＋某”（措施和结果用“更正”修改），再公示。",
            "“{field}” of case {case} contains the household's full name, which is never shown. Please leave the surname only; measures and results are mended by a correction.",
        ),
        _ => return None,
    })
}
