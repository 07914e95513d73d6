package wuzhang;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** The repository's files, and the small county of its documentation. */
final class Samples {
    static final Path ROOT = Paths.get(System.getProperty("wuzhang.root")).toAbsolutePath().normalize();
    static final Path BUILD = Paths.get(System.getProperty("wuzhang.build"));
    static final String POLICY = "dayi-2014";
    static final String ROSTER = roster();

    private Samples() {}

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static String roster() {
        String source = read(ROOT.resolve("core/src/doc.rs"));
        int begin = source.indexOf("r#\"") + 3;
        return source.substring(begin, source.indexOf("\"#;", begin));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Book book() {
        try (Policy policy = Policy.of(POLICY)) {
            return Book.open(policy, ROSTER);
        }
    }

    static Engine engine() {
        try (Policy policy = Policy.of(POLICY)) {
            return new Engine(policy, ROSTER);
        }
    }

    /** A visit that the rules accept; each number makes another one. */
    static String visit(int number) {
        return "{\"id\":\"c" + number + "\",\"at\":\"2014-03-03T17:40:00+08:00\",\"actor\":\"k1\",\"do\":\"record_visit\","
                + "\"visit\":\"v" + number + "\",\"cadres\":[\"k1\"],\"target\":\"h1\","
                + "\"on\":\"2014-03-03T16:10:00+08:00\",\"diary\":\"巷道积水\"}";
    }

    /** The same by a household that is not in the roster: refused. */
    static String refused(int number) {
        return visit(number).replace("\"h1\"", "\"h9\"");
    }

    static String visits(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int number = from; number < to; number++) {
            lines.append(visit(number)).append('\n');
        }
        return lines.toString();
    }
}
