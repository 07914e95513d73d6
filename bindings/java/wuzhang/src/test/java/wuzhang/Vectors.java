package wuzhang;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts the shared cases to this face, and writes the log that every face has to give. */
final class Vectors {
    private final StringBuilder log = new StringBuilder();
    private int count;

    /** The log of cases as {@code xtask cases} writes them. */
    static Vectors run(String cases) {
        String[] lines = cases.split("\n");
        Map<String, Object> documents = Json.object(Json.object(Json.read(lines[0])).get("documents"));
        Vectors vectors = new Vectors();
        for (int line = 1; line < lines.length; line++) {
            vectors.one(Json.object(Json.read(lines[line])), documents);
        }
        return vectors;
    }

    String log() {
        return log.toString();
    }

    int count() {
        return count;
    }

    private void one(Map<String, Object> vector, Map<String, Object> documents) {
        count++;
        say("# " + vector.get("name"));
        String rules = (String) documents.get(vector.get("policy"));
        String roster = (String) documents.get(vector.get("roster"));
        try (Policy policy = Policy.of(rules); Case now = new Case(policy, roster)) {
            for (Object step : Json.array(vector.get("steps"))) {
                Map<String, Object> fields = Json.object(step);
                String text = (String) fields.get("text");
                try {
                    now.step((String) fields.get("to"), text, fields);
                } catch (InvalidException error) {
                    say(error.json());
                }
            }
        } catch (InvalidException error) {
            say(error.json());
        }
    }

    private void say(String line) {
        log.append(line).append('\n');
    }

    private final class Case implements AutoCloseable {
        private final Policy policy;
        private final String roster;
        private Book book;
        private Engine engine;

        Case(Policy policy, String roster) {
            this.policy = policy;
            this.roster = roster;
            book = Book.open(policy, roster);
        }

        void step(String to, String text, Map<String, Object> fields) {
            switch (to) {
                case "apply":
                    say(book.apply(text).json());
                    break;
                case "book":
                    say(book.call(text));
                    break;
                case "library":
                    say(Wuzhang.call(text));
                    break;
                case "engine":
                    say(engine().call(text));
                    break;
                case "lines":
                    Block block = book.applyLines(text);
                    log.append(block.outcomes());
                    if (block.stopped() != null) {
                        say(block.stopped());
                    }
                    break;
                case "journal":
                    log.append(new String(book.journal(Long.parseLong(text)), StandardCharsets.UTF_8));
                    break;
                case "restore":
                    become(Book.restore(book.snapshot()));
                    say(book.status());
                    break;
                case "reopen":
                    String journal = new String(book.journal(1), StandardCharsets.UTF_8) + text;
                    become(Book.open(policy, roster, Samples.utf8(journal)));
                    say(Long.toString(book.dropped()));
                    break;
                case "visits":
                    say(engine().visitDuties(columns(Json.object(fields.get("visits"))), text));
                    break;
                default:
                    throw new AssertionError("unknown kind of step: " + to);
            }
        }

        private void become(Book other) {
            book.close();
            book = other;
        }

        private Engine engine() {
            if (engine == null) {
                engine = new Engine(policy, roster);
            }
            return engine;
        }

        @Override
        public void close() {
            book.close();
            if (engine != null) {
                engine.close();
            }
        }
    }

    private static VisitColumns columns(Map<String, Object> of) {
        return new VisitColumns(texts(of.get("cadres")), texts(of.get("targets")),
                ints(of.get("cadre")), ints(of.get("target")), longs(of.get("on")))
                .entered(longs(of.get("entered"))).remote(bytes(of.get("remote"))).visit(longs(of.get("visit")));
    }

    private static List<String> texts(Object list) {
        List<String> texts = new ArrayList<>();
        for (Object item : Json.array(list)) {
            texts.add((String) item);
        }
        return texts;
    }

    private static long[] longs(Object list) {
        return list == null ? null : Json.array(list).stream().mapToLong(item -> (Long) item).toArray();
    }

    private static int[] ints(Object list) {
        return Json.array(list).stream().mapToInt(item -> ((Long) item).intValue()).toArray();
    }

    private static byte[] bytes(Object list) {
        if (list == null) {
            return null;
        }
        long[] values = longs(list);
        byte[] bytes = new byte[values.length];
        for (int row = 0; row < values.length; row++) {
            bytes[row] = (byte) values[row];
        }
        return bytes;
    }
}
