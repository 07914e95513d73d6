package wuzhang;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A request in the making, for those who have no JSON at hand:
 * {@code Request.of("duties").with("from", "2014-03-03").with("to", "2014-03-09").with("state", "missed")}. It checks
 * nothing; the library does.
 */
public final class Request {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private Request() {}

    /**
     * A request of an operation.
     *
     * @param op the operation's name
     * @return a request without fields
     */
    public static Request of(String op) {
        return new Request().with("op", Objects.requireNonNull(op, "op"));
    }

    /**
     * Adds a field.
     *
     * @param name the field's name
     * @param value its text; {@code null} leaves the field out
     * @return this request
     */
    public Request with(String name, String value) {
        return put(name, value);
    }

    /**
     * Adds a number.
     *
     * @param name the field's name
     * @param value its value
     * @return this request
     */
    public Request with(String name, long value) {
        return put(name, value);
    }

    /**
     * Adds a value that is JSON already, such as a command, a case or a policy.
     *
     * @param name the field's name
     * @param json its value; {@code null} leaves the field out
     * @return this request
     */
    public Request withJson(String name, String json) {
        return put(name, json == null ? null : new Raw(json));
    }

    private Request put(String name, Object value) {
        Objects.requireNonNull(name, "name");
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /**
     * The request as JSON.
     *
     * @return the text that {@code call} takes
     */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = Json.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Object> field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                if (field.getValue() instanceof Raw) {
                    json.writeRawValue(((Raw) field.getValue()).json);
                } else if (field.getValue() instanceof Long) {
                    json.writeNumber((Long) field.getValue());
                } else {
                    json.writeString((String) field.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException error) {
            throw new IllegalStateException("text cannot be written to memory", error);
        }
        return text.toString();
    }

    private static final class Raw {
        final String json;

        Raw(String json) {
            this.json = json;
        }
    }
}
