package wuzhang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A violation, a warning or advice: with its rule, its source, its place and its words in two languages. */
public final class Finding {
    private final Map<String, Object> fields;

    private Finding(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** The findings of a list in the library's JSON. */
    static List<Finding> list(Object value) {
        List<Finding> findings = new ArrayList<>();
        for (Object item : Json.array(value)) {
            findings.add(new Finding(Json.object(item)));
        }
        return Collections.unmodifiableList(findings);
    }

    /** The findings of <code>{"error":{"findings":[…]}}</code>. */
    static List<Finding> ofError(String json) {
        Map<String, Object> answer = Json.object(Json.read(json));
        return list(Json.object(answer.get("error")).get("findings"));
    }

    /**
     * The stable code as the library writes it.
     *
     * @return such as {@code plan.cap}
     */
    public String code() {
        return text("code");
    }

    /**
     * The stable code, to switch over.
     *
     * @return the code; {@code null} for one that a later library may have added
     */
    public Code known() {
        return Code.of(code());
    }

    /**
     * How grave it is.
     *
     * @return {@code error}, {@code warning} or {@code advice}
     */
    public String severity() {
        return text("severity");
    }

    /**
     * The rule that it rests on.
     *
     * @return such as {@code meeting.chair}; {@code null} where there is none
     */
    public String rule() {
        return text("rule");
    }

    /**
     * How strongly the rule binds.
     *
     * @return such as {@code must}; {@code null} where there is no rule
     */
    public String modality() {
        return text("modality");
    }

    /**
     * What the rule rests on: the text, a statute, or an assumption with its grounding.
     *
     * @return {@code kind} and what belongs to it; empty where there is no rule
     */
    public Map<String, Object> source() {
        return Json.object(fields.get("source"));
    }

    /**
     * Where in the text the mistake is.
     *
     * @return a JSON Pointer; empty for the whole
     */
    public String path() {
        return text("path");
    }

    /**
     * The message in Chinese.
     *
     * @return a sentence for a clerk
     */
    public String zh() {
        return Json.string(Json.object(fields.get("message")).get("zh"));
    }

    /**
     * The message in English.
     *
     * @return a sentence for a clerk
     */
    public String en() {
        return Json.string(Json.object(fields.get("message")).get("en"));
    }

    /**
     * What the message was made of.
     *
     * @return strings, longs, lists and maps by name
     */
    public Map<String, Object> params() {
        return Json.object(fields.get("params"));
    }

    private String text(String name) {
        return Json.string(fields.get(name));
    }

    @Override
    public String toString() {
        return code() + (path().isEmpty() ? "" : " at " + path()) + ": " + en();
    }
}
