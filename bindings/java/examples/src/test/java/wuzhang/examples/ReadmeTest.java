package wuzhang.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs every Java example of the READMEs, beside a roster, in a JVM of its own. */
class ReadmeTest {
    @TempDir
    Path folder;

    private static List<String> examples(String readme) throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Texts.read(Texts.ROOT.resolve(readme)));
        while (block.find()) {
            examples.add(block.group(1));
        }
        return examples;
    }

    @Test
    void examplesCompileAndRun() throws Exception {
        List<String> all = examples("bindings/java/README.md");
        assertFalse(all.isEmpty());
        all.addAll(examples("README.md"));
        Texts.write(folder.resolve("roster.json"), Texts.roster());
        for (String example : all) {
            String said = run(example);
            assertTrue(said.contains("\"state\":\"met\""), example + said);
        }
    }

    private String run(String example) throws Exception {
        Path source = folder.resolve("Example.java");
        Texts.write(source, "import java.nio.charset.*;\nimport java.nio.file.*;\nimport wuzhang.*;\n"
                + "class Example {\n    public static void main(String[] arguments) throws Exception {\n" + example + "    }\n}\n");
        String path = System.getProperty("java.class.path");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(
                null, null, null, "-encoding", "UTF-8", "-cp", path, "-d", folder.toString(), source.toString()));
        Process process = new ProcessBuilder(Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", folder + File.pathSeparator + path, "Example")
                .directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = Texts.read(process.getInputStream());
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
