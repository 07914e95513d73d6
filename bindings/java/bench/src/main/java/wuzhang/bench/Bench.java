package wuzhang.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import wuzhang.Book;
import wuzhang.Policy;
import wuzhang.Wuzhang;

/**
 * What a call costs through Java and through C: the same work, turn and turn about in one run, medians and their ratio.
 * What is measured is the processor time of the whole process, the compiler and the garbage collector included, because a
 * clock on the wall would measure what else the machine does.
 * Its arguments are {@code DRIVER ROSTER FOLDER COMMANDS ROUNDS}; the driver is {@code driver.c}.
 */
public final class Bench {
    private static final String POLICY = "dayi-2014";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String driver;
    private final String roster;
    private final Path file;
    private final String[] commands;
    private final int rounds;

    private Bench(String[] arguments) throws IOException {
        driver = arguments[0];
        roster = arguments[1];
        file = Paths.get(arguments[2], "commands.jsonl");
        commands = new String[Integer.parseInt(arguments[3])];
        rounds = Integer.parseInt(arguments[4]);
        for (int number = 0; number < commands.length; number++) {
            commands[number] = "{\"id\":\"c" + number + "\",\"at\":\"2014-03-03T17:40:00+08:00\",\"actor\":\"k1\","
                    + "\"do\":\"record_visit\",\"visit\":\"v" + number + "\",\"cadres\":[\"k1\"],\"target\":\"h1\","
                    + "\"on\":\"2014-03-03T16:10:00+08:00\",\"diary\":\"巷道积水,老人出行不便\"}";
        }
        Files.write(file, (String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What one turn took, and how many bytes came out of it. */
    private static final class Turn {
        final long nanos;
        final long bytes;

        Turn(long nanos, long bytes) {
            this.nanos = nanos;
            this.bytes = bytes;
        }
    }

    private Turn c(String kind) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(driver, POLICY, roster, file.toString(), kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String[] words = String.valueOf(said.readLine()).split(" ");
            if (process.waitFor() != 0 || words.length != 2) {
                throw new IllegalStateException("the driver failed");
            }
            return new Turn(Long.parseLong(words[0]), Long.parseLong(words[1]));
        }
    }

    private Turn java(String kind) throws IOException {
        String document = new String(Files.readAllBytes(Paths.get(roster)), StandardCharsets.UTF_8);
        String[] answers = new String[commands.length];
        try (Policy policy = Policy.of(POLICY); Book book = Book.open(policy, document)) {
            long start = SYSTEM.getProcessCpuTime();
            if (kind.equals("block")) {
                // As the commands come to a host: texts that it has, and outcomes that it reads.
                answers = book.applyLines(String.join("\n", commands)).outcomes().split("\n");
            } else if (kind.equals("apply")) {
                for (int number = 0; number < commands.length; number++) {
                    answers[number] = book.apply(commands[number]).json();
                }
            } else {
                for (int number = 0; number < commands.length; number++) {
                    answers[number] = Wuzhang.call("{\"op\":\"version\"}");
                }
            }
            long nanos = SYSTEM.getProcessCpuTime() - start;
            long bytes = 0;
            for (String answer : answers) {
                bytes += answer.getBytes(StandardCharsets.UTF_8).length + 1;
            }
            return new Turn(nanos, bytes);
        }
    }

    private void compare(String kind, String what) throws IOException, InterruptedException {
        long[] java = new long[rounds];
        long[] c = new long[rounds];
        java(kind); // The first turn compiles.
        for (int round = 0; round < rounds; round++) {
            Turn ours = java(kind);
            Turn theirs = c(kind);
            if (ours.bytes != theirs.bytes) {
                throw new IllegalStateException(kind + ": Java got " + ours.bytes + " bytes, C " + theirs.bytes);
            }
            java[round] = ours.nanos / commands.length;
            c[round] = theirs.nanos / commands.length;
        }
        Arrays.sort(java);
        Arrays.sort(c);
        System.out.printf("%-26s Java %7d ns   C %7d ns   %5.2f x%n", what, java[rounds / 2], c[rounds / 2],
                (double) java[rounds / 2] / c[rounds / 2]);
    }

    /**
     * Prints the table.
     *
     * @param arguments the driver, the roster, a folder to write to, how many commands, how many rounds
     * @throws IOException when a file cannot be read or written
     * @throws InterruptedException when somebody interrupts
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench bench = new Bench(arguments);
        bench.compare("apply", "a command");
        bench.compare("block", "a command of a block");
        bench.compare("call", "a call that does nothing");
    }
}
