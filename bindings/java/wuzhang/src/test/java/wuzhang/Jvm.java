package wuzhang;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with our class path. */
final class Jvm {
    static final class Result {
        final int code;
        final String output;

        Result(int code, String output) {
            this.code = code;
            this.output = output;
        }
    }

    private Jvm() {}

    static Result run(Class<?> main, List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        for (String name : new String[] {"wuzhang.root", "wuzhang.build", "wuzhang.cases"}) {
            command.add("-D" + name + "=" + System.getProperty(name));
        }
        command.addAll(options);
        command.add(main.getName());
        for (String argument : arguments) {
            command.add(argument);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        InputStream in = process.getInputStream();
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            output.write(part, 0, read);
        }
        return new Result(process.waitFor(), new String(output.toByteArray(), StandardCharsets.UTF_8));
    }
}
