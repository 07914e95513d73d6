//! `verify`, `explain` and `schema`: the calls that need no book.

use std::io::{Read, Write};

use serde_json::{json, Value};
use wuzhang::{verify as verify_chain, Check, Finding, Verdict};

use super::rows::write_value;
use crate::args::{Explain, One, Schema, Verify};
use crate::facade::{ask, read, Request};
use crate::findings::{source_words, value_of, Placed};
use crate::input::{cannot_read, name_of, open};
use crate::load;
use crate::shell::Shell;
use crate::stop::{Run, FINDINGS, INPUT, WELL};
use crate::text::{clean, Paint};
use crate::words::{text, Words};

/// Runs `verify`.
pub fn verify(shell: &Shell, args: &Verify) -> Run {
    if let Some(head) = &args.head {
        if wuzhang::chain::from_hex(head).is_none() {
            return shell.misuse(
                format!("--head {head}：哈希值是 64 位小写十六进制数字"),
                format!("--head {head}: a hash is 64 lower-case hexadecimal digits"),
            );
        }
    }
    let mut bytes = Vec::new();
    open(&args.journal, shell.lang)?
        .read_to_end(&mut bytes)
        .map_err(|error| cannot_read(&args.journal, &error, shell.lang))?;
    let name = name_of(&args.journal, shell.lang);
    let check = Check { head: args.head.clone(), count: args.count };
    match verify_chain(&bytes, &check) {
        Verdict::Sound { events, head } => {
            let mut out = shell.out();
            if args.format == One::Json {
                write_value(&mut out, &json!({"sound": true, "events": events, "head": head}))?;
                return Ok(WELL);
            }
            let sound = shell.style.paint(Paint::Green, shell.lang.pick("链条完整", "The chain is sound"));
            writeln!(out, "{sound}{}", shell.lang.pick(format!("：{events} 个事件"), format!(": {events} events")))?;
            writeln!(out, "{} {head}", shell.lang.pick("末端哈希", "head"))?;
            if args.head.is_none() && args.count.is_none() {
                let caution = shell.lang.pick(
                    "末尾若被整段截去，仅凭链条看不出来；请用 --head 或 --count 与另存的值核对。",
                    "A tail that was cut off cannot be seen from the chain alone: compare with --head or --count from elsewhere.",
                );
                writeln!(out, "{}", shell.style.paint(Paint::Dim, caution))?;
            }
            out.flush()?;
            Ok(WELL)
        }
        Verdict::Broken(finding) => unsound(shell, args, &name, &finding, FINDINGS),
        Verdict::Unreadable(finding) => unsound(shell, args, &name, &finding, INPUT),
    }
}

fn unsound(shell: &Shell, args: &Verify, name: &str, finding: &Finding, code: u8) -> Run {
    let mut out = shell.out();
    if args.format == One::Json {
        write_value(&mut out, &json!({"sound": false, "finding": value_of(finding)}))?;
    } else if code == INPUT {
        shell.show(&[Placed::in_file(name, finding)]);
    } else {
        Placed::in_file(name, finding).write_text(shell.lang, shell.style, &mut out)?;
        out.flush()?;
    }
    Ok(code)
}

/// Runs `explain`.
pub fn explain(shell: &Shell, args: &Explain) -> Run {
    let mut request = Request::new("explain").with("code", &args.code).done();
    let policy = args.policy.as_deref().map(|name| load::policy(shell, name)).transpose()?;
    if let (Some(policy), Value::Object(fields)) = (&policy, &mut request) {
        fields.insert("policy".into(), read(policy.document()));
    }
    let answer = ask(&request).map_err(|found| shell.refuse_question(found))?;
    let mut out = shell.out();
    if args.format == One::Json {
        writeln!(out, "{answer}")?;
        out.flush()?;
        return Ok(WELL);
    }
    let (lang, style) = (shell.lang, shell.style);
    let said = read(&answer);
    let words = Words { lang, policy: policy.as_ref() };
    let in_words = |name: &str| said.get(name).map(|both| text(both, lang.pick("zh", "en")).to_owned()).unwrap_or_default();
    let number = said.get("number").and_then(Value::as_u64).map(|number| format!("  {number}")).unwrap_or_default();
    let title = style.paint(Paint::Bold, &in_words("title"));
    writeln!(out, "{title}  {}{}", args.code, style.paint(Paint::Dim, &number))?;
    for (name, head) in [
        ("asks", lang.pick("要求", "It asks")),
        ("cause", lang.pick("怎么会出现", "How it comes about")),
        ("cure", lang.pick("怎么办", "What to do")),
    ] {
        let words = in_words(name);
        if !words.is_empty() {
            writeln!(out, "\n{}\n  {}", style.paint(Paint::Blue, head), clean(&words))?;
        }
    }
    if let Some(Value::Object(rule)) = said.get("rule") {
        let policy = policy.as_ref().map_or("dayi-2014", |policy| policy.id.as_str());
        let head = lang.pick(format!("在 {policy} 中"), format!("In {policy}"));
        writeln!(out, "\n{}", style.paint(Paint::Blue, &head))?;
        let modality = rule.get("modality").and_then(Value::as_str).unwrap_or_default();
        let source = rule.get("source").and_then(|source| source_words(source, lang)).unwrap_or_default();
        writeln!(out, "  {}", clean(&words.list(&[words.plain(modality), source])))?;
        for (name, value) in rule.iter().filter(|(name, _)| !matches!(name.as_str(), "modality" | "source")) {
            writeln!(out, "  {} {}", style.paint(Paint::Dim, &format!("{name}:")), clean(&crate::words::cell(Some(value))))?;
        }
    }
    out.flush()?;
    Ok(WELL)
}

/// Runs `schema`.
pub fn schema(shell: &Shell, args: &Schema) -> Run {
    let request = Request::new("schema").with("name", &args.name).done();
    let answer = wuzhang::analyse::schema(&args.name).map_or_else(|| ask(&request), Ok).map_err(|found| {
        if let Ok(names) = ask(&Request::new("schemas").done()) {
            let mut names = crate::words::cell(Some(&read(&names)));
            for (name, _) in wuzhang::analyse::SCHEMAS {
                names.push_str(shell.lang.pick("、", ", "));
                names.push_str(name);
            }
            shell.note(&shell.lang.pick(format!("有这些：{names}"), format!("there are: {names}")));
        }
        shell.refuse_question(found)
    })?;
    let mut out = shell.out();
    writeln!(out, "{answer}")?;
    out.flush()?;
    Ok(WELL)
}
