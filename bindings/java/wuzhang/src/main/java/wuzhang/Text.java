package wuzhang;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text on its way into the library. */
final class Text {
    private Text() {}

    /** The UTF-8 of a text. Half a surrogate pair is no text, and Java's own encoder would make a question mark of it. */
    static byte[] utf8(String text, String what) {
        Objects.requireNonNull(text, what);
        for (int at = 0, end = text.length(); at < end; at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                if (Character.isLowSurrogate(unit) || at + 1 == end || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    throw new TextException(Status.UTF8, "the " + what + " has half a surrogate pair at index " + at
                            + ", which is no character");
                }
                at++;
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
