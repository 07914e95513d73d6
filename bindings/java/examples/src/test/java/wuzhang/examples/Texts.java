package wuzhang.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/** Whole texts of files and streams, and the small county of the documentation. */
final class Texts {
    static final Path ROOT = Paths.get(System.getProperty("wuzhang.root"));

    private Texts() {}

    static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            text.write(part, 0, read);
        }
        return new String(text.toByteArray(), StandardCharsets.UTF_8);
    }

    static String roster() throws IOException {
        String source = read(ROOT.resolve("core/src/doc.rs"));
        int begin = source.indexOf("r#\"") + 3;
        return source.substring(begin, source.indexOf("\"#;", begin));
    }
}
